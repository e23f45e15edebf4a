package dev.sequencer.internal.definition;

import dev.sequencer.Delay;
import dev.sequencer.MailContent;
import dev.sequencer.MailSpec;
import dev.sequencer.Step;
import dev.sequencer.internal.text.DidYouMean;
import java.util.List;
import java.util.Optional;

/**
 * Reads the steps of one sequence: {@code {type: email, key: welcome, ...}}, or short {@code
 * {email: welcome, ...}} and {@code {wait: 2d}}.
 */
final class StepReader {
  static final String EMAIL = "email";
  static final String WAIT = "wait";
  private static final List<String> TYPES = List.of(EMAIL, WAIT);
  private static final MailContent NO_MAIL = MailSpec.describe(mail -> {});

  private final Faults faults;
  private int waits;

  StepReader(Faults faults) {
    this.faults = faults;
  }

  /** Gives the step, or an e-mail of nothing in its place; its key is empty when it has none. */
  Step read(Node node) {
    Fields fields = Fields.of(node, "a step", faults);
    if (!(node instanceof Node.Members object)) {
      return instead("");
    }
    boolean typed = object.members().containsKey("type");
    List<String> starts = TYPES.stream().filter(object.members()::containsKey).toList();
    if (starts.size() + (typed ? 1 : 0) > 1) {
      faults.add(
          fields.namePlace(starts.get(starts.size() - 1)),
          "a step is of one type, but this has "
              + (typed ? "'type' and " : "")
              + String.join(" and ", starts.stream().map(start -> "'" + start + "'").toList())
              + ": split it in two, or leave one out");
      return instead("");
    }
    if (typed) {
      return typed(fields);
    }
    if (starts.isEmpty()) {
      startMissing(object, fields);
      return instead(fields.text("key").orElse(""));
    }
    return starts.get(0).equals(EMAIL)
        ? email(fields, key(fields, EMAIL))
        : waiting(fields, WAIT, Optional.empty());
  }

  private Step typed(Fields fields) {
    Optional<String> type = fields.text("type");
    if (type.isPresent() && type.get().equals(EMAIL)) {
      return email(fields, key(fields, "key"));
    }
    if (type.isPresent() && type.get().equals(WAIT)) {
      fields.require("delay", "a step that waits");
      return waiting(fields, "delay", Optional.of(key(fields, "key")));
    }
    type.ifPresent(
        wrong -> faults.unknown(fields.place("type"), "the type of a step", wrong, TYPES));
    return instead(fields.text("key").orElse(""));
  }

  private void startMissing(Node.Members object, Fields fields) {
    for (String name : object.members().keySet()) {
      boolean near = DidYouMean.among(name, TYPES).isPresent() && !MailReader.FIELDS.contains(name);
      if (near) {
        faults.unknown(fields.namePlace(name), "the type of a step", name, TYPES);
        return;
      }
    }
    faults.add(
        object.place(),
        "a step begins with its type, such as 'email: welcome' or 'wait: 2d', but this has "
            + (object.members().isEmpty()
                ? "nothing"
                : "only " + String.join(", ", object.members().keySet())));
  }

  private String key(Fields fields, String name) {
    fields.require(name, "a step");
    return fields.word(name).orElse("");
  }

  private Step email(Fields fields, String key) {
    Optional<String> next = fields.word("next");
    MailContent mail = MailReader.read(fields, faults);
    fields.done();
    return new Step.Email(key, next, mail);
  }

  /** A wait may go without key: it is named by its place among the waits, as the builder does. */
  private Step waiting(Fields fields, String delayField, Optional<String> givenKey) {
    waits++;
    String key = givenKey.orElseGet(() -> fields.word("key").orElse("wait-" + waits));
    Optional<String> next = fields.word("next");
    Delay delay = fields.value(delayField, Delay::parse).orElse(Delay.none());
    fields.done();
    return new Step.Wait(key, next, delay);
  }

  /** An e-mail of nothing stands in for what cannot be read; it does not count as a wait. */
  private static Step instead(String key) {
    return new Step.Email(key, Optional.empty(), NO_MAIL);
  }
}
