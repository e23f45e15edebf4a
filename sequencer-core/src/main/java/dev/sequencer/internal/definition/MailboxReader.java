package dev.sequencer.internal.definition;

import dev.sequencer.EmailAddress;
import dev.sequencer.Mailbox;
import dev.sequencer.MailboxLimits;
import dev.sequencer.RampUp;
import dev.sequencer.Zones;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a mailbox from the fields of a node. */
public final class MailboxReader {
  private static final List<String> PRESETS = List.of("gmail", "google-workspace");

  private final Fields fields;
  private final Faults faults;

  private MailboxReader(Fields fields, Faults faults) {
    this.fields = fields;
    this.faults = faults;
  }

  /**
   * Reads a mailbox; empty when something is wrong. The caller asks for further fields of its own
   * and then says {@link Fields#done()}.
   */
  public static Optional<Mailbox> read(Fields fields, Faults faults) {
    int before = faults.count();
    Optional<Mailbox> mailbox = new MailboxReader(fields, faults).mailbox();
    return faults.count() > before ? Optional.empty() : mailbox;
  }

  private Optional<Mailbox> mailbox() {
    fields.format("a mailbox");
    fields.require("address", "a mailbox");
    Optional<EmailAddress> address = fields.value("address", EmailAddress::of);
    // Everything is read, so that everything wrong is told, even when the address is not known.
    Mailbox mailbox = preset(address.map(EmailAddress::toString).orElse("unknown@invalid.example"));
    mailbox = fields.word("via").map(mailbox::via).orElse(mailbox);
    mailbox = fields.word("credentials").map(mailbox::credentials).orElse(mailbox);
    mailbox = mailbox.limits(limits(mailbox.limits()));
    mailbox =
        fields
            .node("hours")
            .flatMap(hours -> Windows.read(hours, "'hours'", faults))
            .map(mailbox::hours)
            .orElse(mailbox);
    mailbox = fields.value("zone", Zones::of).map(ZoneId::getId).map(mailbox::zone).orElse(mailbox);
    OptionalInt concurrency = fields.integer("concurrency", 1, 100);
    mailbox = concurrency.isPresent() ? mailbox.concurrency(concurrency.getAsInt()) : mailbox;
    return address.isPresent() ? Optional.of(mailbox) : Optional.empty();
  }

  private Mailbox preset(String address) {
    Optional<Node.Text> preset = fields.textNode("preset");
    if (preset.isEmpty()) {
      return Mailbox.of(address);
    }
    return switch (preset.get().value()) {
      case "gmail" -> Mailbox.gmail(address);
      case "google-workspace" -> Mailbox.googleWorkspace(address);
      default -> {
        faults.unknown(preset.get(), "'preset'", PRESETS);
        yield Mailbox.of(address);
      }
    };
  }

  private MailboxLimits limits(MailboxLimits base) {
    OptionalInt perDay = quota("perDay");
    OptionalInt perHour = quota("perHour");
    MailboxLimits.Counting day =
        fields.oneOf("day", MailboxLimits.Counting.class).orElse(base.day());
    MailboxLimits.Counting hour =
        fields.oneOf("hour", MailboxLimits.Counting.class).orElse(base.hour());
    Optional<Duration> gap = fields.value("minGap", MailboxReader::gap);
    MailboxLimits.Spread spread =
        fields.oneOf("spread", MailboxLimits.Spread.class).orElse(base.spread());
    return new MailboxLimits(
        perDay.isPresent() ? perDay : base.perDay(),
        day,
        perHour.isPresent() ? perHour : base.perHour(),
        hour,
        gap.orElse(base.minGap()),
        spread,
        fields.node("rampUp").flatMap(this::rampUp));
  }

  private OptionalInt quota(String name) {
    return fields.integer(name, 1, Integer.MAX_VALUE);
  }

  private static Duration gap(String text) {
    Duration gap = DurationText.parse(text);
    return gap.isZero() ? gap : Mailbox.of("any@invalid.example").minGap(gap).limits().minGap();
  }

  private Optional<RampUp> rampUp(Node node) {
    Fields ramp = Fields.of(node, "'rampUp'", faults);
    ramp.require("start", "'rampUp'");
    ramp.require("step", "'rampUp'");
    ramp.require("upTo", "'rampUp'");
    OptionalInt start = ramp.integer("start", 1, Integer.MAX_VALUE);
    OptionalInt step = ramp.integer("step", 1, Integer.MAX_VALUE);
    OptionalInt upTo = ramp.integer("upTo", 1, Integer.MAX_VALUE);
    ramp.done();
    if (start.isEmpty() || step.isEmpty() || upTo.isEmpty()) {
      return Optional.empty();
    }
    return faults.make(
        node.place(), () -> new RampUp(start.getAsInt(), step.getAsInt(), upTo.getAsInt()));
  }
}
