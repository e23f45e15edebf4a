package dev.sequencer.internal.definition;

import dev.sequencer.Attributes;
import dev.sequencer.EmailAddress;
import dev.sequencer.MailContent;
import dev.sequencer.MailKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what one e-mail is made of from the fields of its step. */
final class MailReader {
  static final Set<String> FIELDS =
      Set.of(
          "template",
          "subject",
          "text",
          "html",
          "kind",
          "inThread",
          "cc",
          "bcc",
          "replyTo",
          "headers",
          "attachments",
          "defaults");
  private static final int LONGEST_NAME = 200;

  private MailReader() {}

  static MailContent read(Fields fields, Faults faults) {
    MailContent.Source source =
        new MailContent.Source(
            fields.word("template"),
            fields.text("subject"),
            fields.text("text"),
            fields.text("html"));
    return new MailContent(
        source,
        fields.oneOf("kind", MailKind.class),
        fields.flag("inThread").orElse(false),
        new MailContent.Addresses(
            fields.values("cc", EmailAddress::of),
            fields.values("bcc", EmailAddress::of),
            fields.values("replyTo", EmailAddress::of)),
        fields.node("headers").map(node -> headers(node, faults)).orElse(Map.of()),
        attachments(fields, faults),
        fields.node("defaults").map(node -> defaults(node, faults)).orElse(Attributes.none()));
  }

  private static Map<String, String> headers(Node node, Faults faults) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (node instanceof Node.Unreadable) {
      return headers;
    }
    if (!(node instanceof Node.Members object)) {
      faults.add(
          node.place(), "'headers' must be an object of names and texts, but is " + node.kind());
      return headers;
    }
    object
        .members()
        .forEach(
            (name, member) -> {
              if (name.isBlank()) {
                faults.add(member.name(), "the name of a header must not be blank");
              }
              Optional<String> unfit = UnfitText.in(name);
              unfit.ifPresent(found -> faults.add(member.name(), "the name of a header " + found));
              Scalars.text(member.value(), "each of 'headers'", faults)
                  .ifPresent(value -> headers.put(name, value));
            });
    return headers;
  }

  private static List<MailContent.AttachmentName> attachments(Fields fields, Faults faults) {
    List<MailContent.AttachmentName> attachments = new ArrayList<>();
    for (Node item : fields.items("attachments")) {
      if (item instanceof Node.Members) {
        Fields inline = Fields.of(item, "an attachment", faults);
        inline.require("file", "an attachment");
        Optional<String> file = inline.word("file");
        Optional<String> contentId = inline.word("contentId");
        inline.done();
        file.ifPresent(name -> attachments.add(new MailContent.AttachmentName(name, contentId)));
      } else {
        Scalars.text(item, "each of 'attachments'", faults)
            .filter(name -> notBlank(name, item, faults))
            .ifPresent(
                name -> attachments.add(new MailContent.AttachmentName(name, Optional.empty())));
      }
    }
    return attachments;
  }

  private static boolean notBlank(String name, Node item, Faults faults) {
    if (name.isBlank()) {
      faults.add(item.place(), "the name of an attachment must not be blank");
    }
    return !name.isBlank();
  }

  private static Attributes defaults(Node node, Faults faults) {
    if (node instanceof Node.Unreadable) {
      return Attributes.none();
    }
    if (!(node instanceof Node.Members object)) {
      faults.add(
          node.place(), "'defaults' must be an object of names and values, but is " + node.kind());
      return Attributes.none();
    }
    int before = faults.count();
    boolean readable = checkValues(node, faults);
    if (!readable || faults.count() > before) {
      return Attributes.none();
    }
    return faults.make(node.place(), () -> Attributes.of(plain(object))).orElse(Attributes.none());
  }

  private static Map<String, Object> plain(Node.Members object) {
    Map<String, Object> plain = new LinkedHashMap<>();
    object.members().forEach((name, member) -> plain.put(name, member.value().plain()));
    return plain;
  }

  /** Says whether nothing in it is unreadable; what is wrong is reported. */
  private static boolean checkValues(Node node, Faults faults) {
    boolean readable = !(node instanceof Node.Unreadable);
    if (node instanceof Node.Nothing) {
      faults.add(node.place(), "a default must have a value, but this is empty: leave it out");
    } else if (node instanceof Node.Text) {
      Scalars.text(node, "a default", faults);
    } else if (node instanceof Node.Items list) {
      for (Node item : list.items()) {
        readable &= checkValues(item, faults);
      }
    } else if (node instanceof Node.Members object) {
      for (Map.Entry<String, Node.Member> member : object.members().entrySet()) {
        checkName(member.getKey(), member.getValue().name(), faults);
        readable &= checkValues(member.getValue().value(), faults);
      }
    }
    return readable;
  }

  private static void checkName(String name, Place place, Faults faults) {
    if (name.length() > LONGEST_NAME) {
      faults.add(
          place,
          "a name must have at most " + LONGEST_NAME + " characters, but has " + name.length());
    }
    UnfitText.in(name).ifPresent(rule -> faults.add(place, "a name " + rule));
  }
}
