package dev.sequencer.internal.definition;

import dev.sequencer.Attributes;
import dev.sequencer.EmailAddress;
import dev.sequencer.MailContent;
import dev.sequencer.MailKind;
import dev.sequencer.Mailbox;
import dev.sequencer.MailboxLimits;
import dev.sequencer.OnFailure;
import dev.sequencer.Pace;
import dev.sequencer.Sequence;
import dev.sequencer.Step;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Definitions as trees of maps, lists, texts, numbers and booleans, members in a fixed order. What
 * has its default is left out, except a retry policy, whose pauses stay what they were when a
 * release changes the default.
 */
final class Trees {
  private final Function<EmailAddress, String> address;
  private final boolean sorted;

  private Trees(Function<EmailAddress, String> address, boolean sorted) {
    this.address = address;
    this.sorted = sorted;
  }

  /** Gives trees that say everything as it was given. */
  static Trees lossless() {
    return new Trees(EmailAddress::toString, false);
  }

  /** Gives trees that are the same for definitions that are equal. */
  static Trees comparable() {
    return new Trees(address -> address.name().orElse("") + "<" + address.normalized() + ">", true);
  }

  Map<String, Object> rules(Sequence sequence) {
    Sequence.Rules rules = sequence.rules();
    Map<String, Object> tree = new LinkedHashMap<>();
    if (rules.kind() != MailKind.PERSONAL) {
      tree.put("kind", Fields.name(rules.kind()));
    }
    rules.window().ifPresent(window -> tree.put("window", Windows.tree(window)));
    rules.defaultZone().map(ZoneId::getId).ifPresent(zone -> tree.put("defaultZone", zone));
    putAddresses(tree, "pool", rules.pool());
    tree.put("retry", rules.retry().pauses().stream().map(DurationText::write).toList());
    if (rules.onFailure() != OnFailure.FAIL) {
      tree.put("onFailure", Fields.name(rules.onFailure()));
    }
    rules.inDoubt().ifPresent(policy -> tree.put("inDoubt", Fields.name(policy)));
    return tree;
  }

  Map<String, Object> terms(Sequence.Terms terms) {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (!terms.description().isEmpty()) {
      tree.put("description", terms.description());
    }
    terms.pace().ifPresent(pace -> tree.put("pace", pace(pace)));
    terms.endsAt().ifPresent(instant -> tree.put("endsAt", instant.toString()));
    return tree;
  }

  private static Map<String, Object> pace(Pace pace) {
    Map<String, Object> tree = new LinkedHashMap<>();
    pace.perHour().ifPresent(mails -> tree.put("perHour", mails));
    if (!pace.minGap().isZero()) {
      tree.put("minGap", DurationText.write(pace.minGap()));
    }
    return tree;
  }

  List<Object> steps(Sequence sequence) {
    List<Object> steps = new ArrayList<>();
    sequence.steps().forEach(step -> steps.add(step(step)));
    return steps;
  }

  private Map<String, Object> step(Step step) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("key", step.key());
    if (step instanceof Step.Email email) {
      tree.put("type", StepReader.EMAIL);
      mail(tree, email.mail());
    } else if (step instanceof Step.Wait waiting) {
      tree.put("type", StepReader.WAIT);
      tree.put("delay", waiting.delay().toText());
    } else {
      throw new IllegalStateException("a kind of step has no stored form: " + step.getClass());
    }
    step.next().ifPresent(next -> tree.put("next", next));
    return tree;
  }

  void mail(Map<String, Object> tree, MailContent mail) {
    mail.source().template().ifPresent(name -> tree.put("template", name));
    mail.source().subject().ifPresent(line -> tree.put("subject", line));
    mail.source().text().ifPresent(body -> tree.put("text", body));
    mail.source().html().ifPresent(body -> tree.put("html", body));
    mail.kind().ifPresent(kind -> tree.put("kind", Fields.name(kind)));
    if (mail.inThread()) {
      tree.put("inThread", true);
    }
    putAddresses(tree, "cc", mail.addresses().cc());
    putAddresses(tree, "bcc", mail.addresses().bcc());
    putAddresses(tree, "replyTo", mail.addresses().replyTo());
    if (!mail.headers().isEmpty()) {
      tree.put("headers", sorted ? new TreeMap<>(mail.headers()) : mail.headers());
    }
    if (!mail.attachments().isEmpty()) {
      tree.put("attachments", mail.attachments().stream().map(Trees::attachment).toList());
    }
    if (!mail.defaults().isEmpty()) {
      tree.put("defaults", values(mail.defaults()));
    }
  }

  private static Object attachment(MailContent.AttachmentName attachment) {
    if (attachment.contentId().isEmpty()) {
      return attachment.name();
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("file", attachment.name());
    tree.put("contentId", attachment.contentId().get());
    return tree;
  }

  private Object values(Attributes attributes) {
    return sorted ? sorted(attributes.asMap()) : attributes.asMap();
  }

  private static Object sorted(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new TreeMap<>();
      map.forEach((name, member) -> copy.put(String.valueOf(name), sorted(member)));
      return copy;
    }
    return value instanceof List<?> list ? list.stream().map(Trees::sorted).toList() : value;
  }

  Map<String, Object> mailbox(Mailbox mailbox) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("address", address.apply(mailbox.address()));
    if (!mailbox.transport().isEmpty()) {
      tree.put("via", mailbox.transport());
    }
    mailbox.credentials().ifPresent(reference -> tree.put("credentials", reference));
    limits(tree, mailbox.limits());
    mailbox.hours().ifPresent(hours -> tree.put("hours", Windows.tree(hours)));
    mailbox.zone().map(ZoneId::getId).ifPresent(zone -> tree.put("zone", zone));
    tree.put("concurrency", mailbox.concurrency());
    return tree;
  }

  private static void limits(Map<String, Object> tree, MailboxLimits limits) {
    limits.perDay().ifPresent(mails -> tree.put("perDay", mails));
    if (limits.day() != MailboxLimits.Counting.CALENDAR) {
      tree.put("day", Fields.name(limits.day()));
    }
    limits.perHour().ifPresent(mails -> tree.put("perHour", mails));
    if (limits.hour() != MailboxLimits.Counting.CALENDAR) {
      tree.put("hour", Fields.name(limits.hour()));
    }
    if (!limits.minGap().isZero()) {
      tree.put("minGap", DurationText.write(limits.minGap()));
    }
    if (limits.spread() != MailboxLimits.Spread.AS_IT_COMES) {
      tree.put("spread", Fields.name(limits.spread()));
    }
    limits
        .rampUp()
        .ifPresent(
            ramp -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("start", ramp.start());
              fields.put("step", ramp.step());
              fields.put("upTo", ramp.upTo());
              tree.put("rampUp", fields);
            });
  }

  private void putAddresses(Map<String, Object> tree, String name, List<EmailAddress> addresses) {
    if (!addresses.isEmpty()) {
      tree.put(name, addresses.stream().map(address).toList());
    }
  }
}
