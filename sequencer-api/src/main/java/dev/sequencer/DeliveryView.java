package dev.sequencer;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A delivery with its outcome.
 *
 * @param id its id
 * @param sequence the name of its sequence
 * @param step the key of its step
 * @param status its outcome
 * @param mailbox the address of its mailbox; empty when none was chosen
 * @param attempt its newest attempt; 0 when none had begun
 * @param times when
 * @param ids the names of the mail
 * @param reason why it was skipped or failed, or what the other side said
 */
public record DeliveryView(
    DeliveryId id,
    String sequence,
    String step,
    DeliveryStatus status,
    String mailbox,
    int attempt,
    Times times,
    Ids ids,
    String reason) {
  /** Checks that nothing is missing. */
  public DeliveryView {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(sequence, "sequence");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(mailbox, "mailbox");
    Objects.requireNonNull(times, "times");
    Objects.requireNonNull(ids, "ids");
    Objects.requireNonNull(reason, "reason");
  }

  /** Gives the requested Message-ID with its angle brackets; empty when no attempt began. */
  public String messageId() {
    return ids.requested();
  }

  /** Gives when its last attempt began. */
  public Optional<Instant> begunAt() {
    return times.begunAt();
  }

  /** Gives when it left. */
  public Optional<Instant> leftAt() {
    return times.leftAt();
  }

  /**
   * The instants of a delivery.
   *
   * @param recordedAt when the outcome was recorded
   * @param begunAt when its last attempt began
   * @param leftAt when it left
   */
  public record Times(Instant recordedAt, Optional<Instant> begunAt, Optional<Instant> leftAt) {
    /** Checks that nothing is missing. */
    public Times {
      Objects.requireNonNull(recordedAt, "recordedAt");
      Objects.requireNonNull(begunAt, "begunAt");
      Objects.requireNonNull(leftAt, "leftAt");
    }
  }

  /**
   * The names of a mail.
   *
   * @param requested the Message-ID we gave; empty when none was made
   * @param actual the Message-ID that the provider made instead
   * @param provider the provider's id of the message
   * @param thread the provider's id of its thread
   */
  public record Ids(
      String requested,
      Optional<String> actual,
      Optional<String> provider,
      Optional<String> thread) {
    /** Checks that nothing is missing. */
    public Ids {
      Objects.requireNonNull(requested, "requested");
      Objects.requireNonNull(actual, "actual");
      Objects.requireNonNull(provider, "provider");
      Objects.requireNonNull(thread, "thread");
    }
  }
}
