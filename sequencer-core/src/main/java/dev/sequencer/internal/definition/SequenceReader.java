package dev.sequencer.internal.definition;

import dev.sequencer.DefinitionException;
import dev.sequencer.EmailAddress;
import dev.sequencer.InDoubt;
import dev.sequencer.MailKind;
import dev.sequencer.OnFailure;
import dev.sequencer.Pace;
import dev.sequencer.Problem;
import dev.sequencer.Retry;
import dev.sequencer.Sequence;
import dev.sequencer.Step;
import dev.sequencer.Zones;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads a sequence from a node.
 *
 * <p>What is wrong is reported, all of it. A step that cannot be read keeps its place as an e-mail
 * of nothing, so that keys and followers are still checked.
 */
public final class SequenceReader {
  private static final List<String> POLICIES = List.of("standard", "patient", "never");

  private final Node node;
  private final Fields fields;
  private final Faults faults;

  private SequenceReader(Node node, Faults faults) {
    this.node = node;
    this.fields = Fields.of(node, "a sequence", faults);
    this.faults = faults;
  }

  /** Reads a sequence; empty when something is wrong. */
  public static Optional<Sequence> read(Node node, Faults faults) {
    int before = faults.count();
    Optional<Sequence> sequence = new SequenceReader(node, faults).sequence();
    return faults.count() > before ? Optional.empty() : sequence;
  }

  private Optional<Sequence> sequence() {
    fields.format("a sequence");
    fields.require("name", "a sequence");
    Optional<String> name = fields.text("name");
    Sequence.Builder builder = Sequence.named(name.orElse("unnamed"));
    fields.text("description").ifPresent(builder::description);
    rules(builder);
    pace().ifPresent(builder::pace);
    fields.value("endsAt", SequenceReader::instant).ifPresent(builder::endsAt);
    Optional<List<Step>> steps = steps();
    fields.done();
    return steps.flatMap(all -> build(builder, all));
  }

  private void rules(Sequence.Builder builder) {
    fields.oneOf("kind", MailKind.class).ifPresent(builder::kind);
    fields
        .node("window")
        .flatMap(window -> Windows.read(window, "'window'", faults))
        .ifPresent(builder::window);
    fields.value("defaultZone", Zones::of).ifPresent(zone -> builder.defaultZone(zone.getId()));
    fields.values("pool", EmailAddress::of).forEach(mailbox -> builder.pool(mailbox.toString()));
    retry().ifPresent(builder::retry);
    fields.oneOf("onFailure", OnFailure.class).ifPresent(builder::onFailure);
    fields.oneOf("inDoubt", InDoubt.class).ifPresent(builder::inDoubt);
  }

  private Optional<Retry> retry() {
    Optional<Node> value = fields.node("retry");
    if (value.isPresent() && value.get() instanceof Node.Text word) {
      return policy(word);
    }
    int before = faults.count();
    List<Duration> pauses = fields.values("retry", DurationText::parse);
    if (value.isEmpty() || faults.count() > before) {
      return Optional.empty();
    }
    return faults.make(value.get().place(), () -> Retry.of(pauses));
  }

  private Optional<Retry> policy(Node.Text word) {
    return switch (word.value()) {
      case "standard" -> Optional.of(Retry.standard());
      case "patient" -> Optional.of(Retry.patient());
      case "never" -> Optional.of(Retry.never());
      default -> {
        faults.unknown(word, "'retry', where it is no list of times,", POLICIES);
        yield Optional.empty();
      }
    };
  }

  private Optional<Pace> pace() {
    Optional<Node> value = fields.node("pace");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    int before = faults.count();
    Fields pace = Fields.of(value.get(), "'pace'", faults);
    OptionalInt perHour = pace.integer("perHour", 1, Integer.MAX_VALUE);
    Optional<Pace> every =
        pace.value(
            "minGap",
            text -> {
              Duration gap = DurationText.parse(text);
              return perHour.isPresent()
                  ? Pace.perHour(perHour.getAsInt()).minGap(gap)
                  : Pace.every(gap);
            });
    pace.done();
    if (faults.count() == before && perHour.isEmpty() && every.isEmpty()) {
      faults.add(value.get().place(), "'pace' needs 'perHour', 'minGap' or both, but has none");
    }
    return every.isPresent() || perHour.isEmpty()
        ? every
        : Optional.of(Pace.perHour(perHour.getAsInt()));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'endsAt' must be an instant such as 2026-12-31T22:59:00Z or 2026-12-31T23:59:00+01:00,"
              + " but is '"
              + text
              + "'",
          e);
    }
  }

  private Optional<List<Step>> steps() {
    fields.require("steps", "a sequence");
    Optional<Node> value = fields.node("steps");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!(value.get() instanceof Node.Items list)) {
      faults.add(
          value.get().place(), "'steps' must be a list of steps, but is " + value.get().kind());
      return Optional.empty();
    }
    List<Step> steps = new ArrayList<>();
    StepReader reader = new StepReader(faults);
    list.items().forEach(item -> steps.add(reader.read(item)));
    return Optional.of(steps);
  }

  private Optional<Sequence> build(Sequence.Builder builder, List<Step> steps) {
    if (steps.stream().anyMatch(step -> step.key().isEmpty())) {
      // A step without a key was reported; without it, what follows what cannot be judged.
      return Optional.empty();
    }
    steps.forEach(builder::step);
    try {
      return Optional.of(builder.build());
    } catch (DefinitionException e) {
      SourcePlaces places = new SourcePlaces(node);
      for (Problem fault : e.faults()) {
        faults.add(places.of(fault.place()), fault.message());
      }
      return Optional.empty();
    }
  }
}
