package dev.sequencer.verification.simulation;

import dev.sequencer.spi.OutgoingMail;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A mail as the other side sees it.
 *
 * @param tenant whose
 * @param to the recipient
 * @param sequence as its text says
 * @param step as its text says
 * @param version as its text says
 * @param mailbox who sends it
 * @param messageId the requested one
 */
record Mailing(
    String tenant,
    String to,
    String sequence,
    String step,
    String version,
    String mailbox,
    String messageId) {

  static Mailing of(OutgoingMail mail) {
    String[] parts = mail.content().text().orElseThrow().strip().split("/", 3);
    return new Mailing(
        mail.sender().tenant(),
        mail.to().normalized(),
        parts[0],
        parts[1],
        parts[2],
        mail.sender().address().address(),
        mail.messageId());
  }

  /** Gives what may be accepted once: this step to this contact. */
  String once() {
    return run() + "/" + step;
  }

  /** Gives whose run it belongs to. */
  String run() {
    return tenant + ":" + to + "/" + sequence;
  }

  /** Gives the zone of its contact. */
  Optional<ZoneId> zone() {
    int number = Integer.parseInt(to.substring(1, to.indexOf('@')));
    String zone = Scene.zone(number);
    return zone.isEmpty() ? Optional.empty() : Optional.of(ZoneId.of(zone));
  }

  @Override
  public String toString() {
    return once() + " from " + mailbox;
  }
}
