package dev.sequencer.spi.store;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The newest attempt of an enrollment, of the step it stands at or an earlier one.
 *
 * @param number counts the attempts of the enrollment; 0 before the first
 * @param tries deferred attempts of this step
 * @param strikes mailbox troubles of this step
 * @param mailbox the document id of the mailbox it is bound to; 0 when it is not
 * @param times when it began and when it is decided; present once an attempt has begun
 * @param messageId the requested Message-ID of the newest attempt; empty before the first
 * @param stageReference the transport's reference of a staged mail, until its outcome is final
 */
public record Attempt(
    int number,
    int tries,
    int strikes,
    int mailbox,
    Optional<Times> times,
    String messageId,
    Optional<String> stageReference) {
  /** Nothing has been tried and no mailbox is bound. */
  public static final Attempt NONE =
      new Attempt(0, 0, 0, 0, Optional.empty(), "", Optional.empty());

  /** Checks that nothing is missing. */
  public Attempt {
    Objects.requireNonNull(times, "times");
    Objects.requireNonNull(messageId, "messageId");
    Objects.requireNonNull(stageReference, "stageReference");
  }

  /** Gives the same with other counts for the step. */
  public Attempt counts(int newTries, int newStrikes) {
    return new Attempt(number, newTries, newStrikes, mailbox, times, messageId, stageReference);
  }

  /** Gives the same bound to another mailbox; 0 for none. */
  public Attempt boundTo(int newMailbox) {
    return new Attempt(number, tries, strikes, newMailbox, times, messageId, stageReference);
  }

  /** Gives the same with another stage reference. */
  public Attempt staged(Optional<String> reference) {
    return new Attempt(number, tries, strikes, mailbox, times, messageId, reference);
  }

  /**
   * The instants of an attempt.
   *
   * @param begunAt when begin committed
   * @param notAfter the permit's end
   * @param decideAt when an attempt without outcome is in doubt
   */
  public record Times(Instant begunAt, Instant notAfter, Instant decideAt) {
    /** Checks that nothing is missing. */
    public Times {
      Objects.requireNonNull(begunAt, "begunAt");
      Objects.requireNonNull(notAfter, "notAfter");
      Objects.requireNonNull(decideAt, "decideAt");
    }
  }
}
