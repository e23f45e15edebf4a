package dev.sequencer.cli.demo;

import dev.sequencer.Contact;
import dev.sequencer.DeliveryView;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * A mail that the store says was sent.
 *
 * @param delivery what the store says of it
 * @param contact who got it
 * @param zone the zone of who got it
 */
record SentMail(DeliveryView delivery, Contact contact, ZoneId zone) {
  String messageId() {
    return delivery.ids().actual().orElse(delivery.messageId());
  }

  Instant leftAt() {
    return delivery.leftAt().orElse(delivery.times().recordedAt());
  }

  ZonedDateTime local() {
    return leftAt().atZone(zone);
  }

  String mailbox() {
    return delivery.mailbox();
  }

  String step() {
    return delivery.step();
  }
}
