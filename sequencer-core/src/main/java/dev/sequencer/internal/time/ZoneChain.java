package dev.sequencer.internal.time;

import dev.sequencer.TimeRuleException;
import dev.sequencer.TimeRuleException.Code;
import dev.sequencer.Zones;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Chooses the zone in which a contact's local times are read (R0.2, KERNEL S9): the contact's own,
 * else the sequence's default, else the engine's default. Never the mailbox's, which is unknown
 * before an enrollment is bound to one, and never UTC because nothing was said.
 *
 * <p>Stateless; safe for use by several threads.
 */
public final class ZoneChain {

  /** Whose zone was chosen. */
  public enum Source {
    /** The contact's own. */
    CONTACT,
    /** The default of the sequence. */
    SEQUENCE,
    /** The default of the engine. */
    ENGINE
  }

  /**
   * A chosen zone.
   *
   * @param zone the zone
   * @param source whose it is
   */
  public record Choice(ZoneId zone, Source source) {}

  private ZoneChain() {}

  /**
   * Chooses a zone. Blank is the same as missing; whatever is present must be valid, also where
   * another one is chosen.
   *
   * @param contact the contact's zone id
   * @param sequence the id of the sequence's default zone
   * @param engine the id of the engine's default zone
   * @return the zone and whose it is; empty when nobody has one
   * @throws TimeRuleException with {@code INVALID_ZONE} when an id is present and not valid
   */
  public static Optional<Choice> choose(
      Optional<String> contact, Optional<String> sequence, Optional<String> engine) {
    Optional<Choice> byContact = choice(contact, Source.CONTACT);
    Optional<Choice> bySequence = choice(sequence, Source.SEQUENCE);
    Optional<Choice> byEngine = choice(engine, Source.ENGINE);
    return byContact.or(() -> bySequence).or(() -> byEngine);
  }

  /**
   * Chooses a zone where a local time is needed.
   *
   * @param contact the contact's zone id
   * @param sequence the id of the sequence's default zone
   * @param engine the id of the engine's default zone
   * @return the zone
   * @throws TimeRuleException with {@code INVALID_ZONE} when an id is not valid or nobody has one
   */
  public static ZoneId require(
      Optional<String> contact, Optional<String> sequence, Optional<String> engine) {
    return choose(contact, sequence, engine)
        .map(Choice::zone)
        .orElseThrow(
            () ->
                new TimeRuleException(
                    Code.INVALID_ZONE,
                    "A local time needs a time zone, but neither contact, sequence nor engine has"
                        + " one; set defaultZone on the sequence or the engine"));
  }

  private static Optional<Choice> choice(Optional<String> id, Source source) {
    return id.filter(text -> !text.isBlank()).map(text -> new Choice(Zones.of(text), source));
  }
}
