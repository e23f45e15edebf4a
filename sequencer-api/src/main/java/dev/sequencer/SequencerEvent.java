package dev.sequencer;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that the engine tells its listeners, after it was written and outside locks. Names and
 * ids only; further kinds may come.
 */
public sealed interface SequencerEvent {
  /** Gives when it happened. */
  Instant at();

  /** An event about one delivery. */
  sealed interface AboutDelivery extends SequencerEvent {
    /** Gives which delivery. */
    DeliveryRef delivery();

    /** Gives the address of the mailbox; empty when none was chosen. */
    default String mailbox() {
      return delivery().mailbox();
    }
  }

  /**
   * Names a delivery for listeners.
   *
   * @param tenant its tenant
   * @param id its id
   * @param sequence the name of its sequence
   * @param step the key of its step
   * @param mailbox the address of its mailbox; empty when none was chosen
   * @param attempt the number of its newest attempt
   */
  record DeliveryRef(
      String tenant, DeliveryId id, String sequence, String step, String mailbox, int attempt) {}

  /**
   * A mail was accepted by the other side.
   *
   * @param at when it was recorded
   * @param delivery which
   * @param leftAt when it left
   */
  record MailSent(Instant at, DeliveryRef delivery, Instant leftAt) implements AboutDelivery {}

  /**
   * A mail failed for good.
   *
   * @param at when
   * @param delivery which
   * @param reason why
   */
  record MailFailed(Instant at, DeliveryRef delivery, String reason) implements AboutDelivery {}

  /**
   * A mail is not sent by a decision.
   *
   * @param at when
   * @param delivery which
   * @param reason why
   */
  record MailSkipped(Instant at, DeliveryRef delivery, String reason) implements AboutDelivery {}

  /**
   * A mail was not taken now and is tried again.
   *
   * @param at when
   * @param delivery which
   * @param reason why
   * @param next when it is tried again at the earliest
   */
  record MailDeferred(Instant at, DeliveryRef delivery, String reason, Instant next)
      implements AboutDelivery {}

  /**
   * A mail was handed over and its outcome is unknown.
   *
   * @param at when
   * @param delivery which
   * @param policy what happens now
   */
  record MailInDoubt(Instant at, DeliveryRef delivery, InDoubt policy) implements AboutDelivery {}

  /**
   * An outcome came for an attempt that is decided already; nothing was changed. A mail may have
   * gone twice when its resolution was wrong.
   *
   * @param at when
   * @param delivery which
   * @param outcome what came
   */
  record LateReceipt(Instant at, DeliveryRef delivery, String outcome) implements AboutDelivery {}

  /**
   * An enrollment ended.
   *
   * @param at when
   * @param tenant its tenant
   * @param enrollment its id
   * @param sequence the name of its sequence
   * @param ending how
   * @param reason why
   */
  record EnrollmentEnded(
      Instant at,
      String tenant,
      EnrollmentId enrollment,
      String sequence,
      Ending ending,
      String reason)
      implements SequencerEvent {}

  /**
   * An enrollment needs a decision.
   *
   * @param at when
   * @param tenant its tenant
   * @param enrollment its id
   * @param sequence the name of its sequence
   * @param reason why
   */
  record EnrollmentHeld(
      Instant at, String tenant, EnrollmentId enrollment, String sequence, String reason)
      implements SequencerEvent {}

  /**
   * A mailbox rests or is stopped.
   *
   * @param at when
   * @param tenant its tenant
   * @param mailbox its address
   * @param reason why
   * @param until when it goes on; empty: when it is reconnected
   */
  record MailboxResting(
      Instant at, String tenant, String mailbox, String reason, Optional<Instant> until)
      implements SequencerEvent {}

  /**
   * The store is behind what this engine has itself begun, or on another history: nothing is sent
   * until {@link Sequencer#acceptHistory}.
   *
   * @param at when it was seen
   * @param lostFrom the newest begin that the store knows
   * @param lostTo the newest begin that this engine knows
   */
  record StoreWentBack(Instant at, Optional<Instant> lostFrom, Instant lostTo)
      implements SequencerEvent {}
}
