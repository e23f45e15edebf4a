package dev.sequencer.internal.dispatch;

import dev.sequencer.DeliveryId;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.MailKind;
import dev.sequencer.SequencerEvent.DeliveryRef;
import dev.sequencer.Step;
import dev.sequencer.internal.catalog.SequenceInfo;
import dev.sequencer.internal.catalog.Version;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Work;
import java.util.Optional;

/**
 * A claimed row at an e-mail with its definitions.
 *
 * @param sequence its sequence
 * @param version its version
 * @param step the number of the step
 * @param email the step
 * @param facts the enrollment, and what its contact and data say
 */
record Item(SequenceInfo sequence, Version version, int step, Step.Email email, Facts facts) {

  static Item of(
      Subject subject, SequenceInfo sequence, Version version, int step, Step.Email email) {
    return new Item(sequence, version, step, email, new Facts(subject));
  }

  Subject subject() {
    return facts.subject();
  }

  Work work() {
    return facts.work();
  }

  MailKind kind() {
    return version.kind(email);
  }

  boolean transactional() {
    return kind() == MailKind.TRANSACTIONAL;
  }

  /** Gives the attempt in doubt that this one repeats; 0 when it repeats none. */
  int resendOf() {
    return subject().deliveries().stream()
        .filter(d -> d.step() == step && d.status() == DeliveryStatus.IN_DOUBT)
        .map(Delivery::attempt)
        .findFirst()
        .orElse(0);
  }

  /** Says whether a mail of this enrollment was accepted, or may have been. */
  boolean hasThread() {
    return subject().deliveries().stream()
        .anyMatch(d -> d.status() == DeliveryStatus.SENT || d.status() == DeliveryStatus.IN_DOUBT);
  }

  DeliveryRef ref(Optional<String> mailbox, int attempt) {
    return new DeliveryRef(
        work().origin().tenant(),
        DeliveryId.of(work().enrollment(), step),
        sequence.name(),
        email.key(),
        mailbox.orElse(""),
        attempt);
  }
}
