package dev.sequencer.cli.demo;

import dev.sequencer.Contact;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentView;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * What happened in a demo.
 *
 * @param plan what was to happen
 * @param start its first instant
 * @param end its last instant
 * @param enrollments whom the sequence went to
 * @param sent what the store says was sent, in its order
 * @param failed what the store says has failed
 * @param replies who answered, and when
 * @param arrived what arrived at the server
 * @param comparison what is the difference
 */
record Story(
    Plan plan,
    Instant start,
    Instant end,
    List<EnrollmentView> enrollments,
    List<SentMail> sent,
    List<Failed> failed,
    List<Reply> replies,
    List<ArrivedMail> arrived,
    Comparison comparison) {

  /**
   * What was to happen.
   *
   * @param zone the zone of the mailboxes
   * @param mailboxes the mailboxes by address, each with its mails per day
   * @param steps the keys of the e-mail steps in their order
   */
  record Plan(ZoneId zone, Map<String, Integer> mailboxes, List<String> steps) {}

  /**
   * A mail that the server refused.
   *
   * @param delivery what the store says of it
   * @param contact to whom
   */
  record Failed(DeliveryView delivery, Contact contact) {}

  /**
   * An answer.
   *
   * @param email of whom
   * @param at when
   */
  record Reply(String email, Instant at) {}

  ZoneId zone() {
    return plan.zone();
  }

  Map<String, Integer> mailboxes() {
    return plan.mailboxes();
  }

  List<String> steps() {
    return plan.steps();
  }

  /** Gives the zone in which somebody lives. */
  ZoneId zoneOf(Contact contact) {
    return contact.zone().orElse(zone());
  }
}
