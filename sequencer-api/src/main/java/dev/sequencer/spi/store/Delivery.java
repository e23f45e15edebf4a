package dev.sequencer.spi.store;

import dev.sequencer.DeliveryStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The stored outcome of one step of one enrollment; unique by enrollment and step. Written when the
 * outcome is final or in doubt.
 *
 * @param enrollment the enrollment
 * @param step the step's number
 * @param status the outcome
 * @param attempt the attempt that led to it; 0 when none had begun
 * @param mailbox the document id of the mailbox; 0 when none was chosen
 * @param at when the outcome was recorded
 * @param begunAt when its last attempt began
 * @param leftAt when it left
 * @param ids Message-IDs and the provider's ids
 * @param detail the reason of a skip or failure, the text of the acceptance, and what is kept of
 *     the mail, as a JSON object
 */
public record Delivery(
    long enrollment,
    int step,
    DeliveryStatus status,
    int attempt,
    int mailbox,
    Instant at,
    Optional<Instant> begunAt,
    Optional<Instant> leftAt,
    Ids ids,
    String detail) {
  /** Checks that nothing is missing. */
  public Delivery {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(begunAt, "begunAt");
    Objects.requireNonNull(leftAt, "leftAt");
    Objects.requireNonNull(ids, "ids");
    Objects.requireNonNull(detail, "detail");
  }

  /**
   * The names of the mail.
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
    /** No names. */
    public static final Ids NONE =
        new Ids("", Optional.empty(), Optional.empty(), Optional.empty());

    /** Checks that nothing is missing. */
    public Ids {
      Objects.requireNonNull(requested, "requested");
      Objects.requireNonNull(actual, "actual");
      Objects.requireNonNull(provider, "provider");
      Objects.requireNonNull(thread, "thread");
    }

    /** Gives the Message-ID that recipients see. */
    public String visible() {
      return actual.orElse(requested);
    }
  }
}
