package dev.sequencer.spi;

import java.time.Instant;
import java.util.List;

/**
 * A transport with a two-phase send, such as Gmail's drafts: {@link #stage} puts the mail where one
 * cheap call sends it, right before begin; {@link #send} of a mail with a stage reference sends
 * what was staged.
 *
 * <p>A crash between stage and begin leaves a staged mail that nobody knows, under the key of the
 * one that is sent in its place. So {@link #find} looks among the sent mails first: a staged mail
 * that is still there proves {@link Found#NOT_SENT} only when none of its key was sent.
 */
public interface StagedTransport extends MailTransport {
  /**
   * Stages a mail and gives its reference, or says why it could not.
   *
   * @throws InterruptedException when the engine stops
   */
  Staged stage(OutgoingMail mail) throws InterruptedException;

  /**
   * Removes a staged mail that will not be sent; idempotent, an unknown reference is no error.
   *
   * @throws InterruptedException when the engine stops
   */
  void discard(Sender sender, String reference) throws InterruptedException;

  /**
   * Lists staged mails of a mailbox that carry a send key, the oldest first: those that were staged
   * before an instant by the other side's clock and are neither sent nor discarded. The engine asks
   * each mailbox about once an hour and discards those that no enrollment needs, such as those of
   * crashes between stage and begin. What carries no send key was written by a person: leave it
   * out.
   *
   * @param before staged before this instant
   * @param limit at most so many; the others are asked for later
   * @throws InterruptedException when the engine stops
   */
  List<Draft> drafts(Sender sender, Instant before, int limit) throws InterruptedException;

  /**
   * A staged mail that is still there.
   *
   * @param reference the reference that {@link #stage} gave
   * @param key the value of its {@link SendKey}
   */
  record Draft(String reference, String key) {}

  /** The answer of {@link StagedTransport#stage}. */
  sealed interface Staged {
    /**
     * Staged.
     *
     * @param reference the transport's own reference, at most 500 characters
     */
    record Ready(String reference) implements Staged {}

    /**
     * Not staged; nothing was sent.
     *
     * @param result the reason, never {@link SendResult.Outcome#SENT} or {@link
     *     SendResult.Outcome#IN_DOUBT}
     */
    record Failed(SendResult result) implements Staged {}
  }
}
