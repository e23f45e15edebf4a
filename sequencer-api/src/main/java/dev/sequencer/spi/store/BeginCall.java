package dev.sequencer.spi.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The only gate: a group of mails that want to leave now, in one durable transaction. Rows that are
 * not answered with {@link Verdict#BEGUN} are not sent. Each row is asked in the order of the call,
 * and the first of the verdicts STALE, CHANGED, SETTLED, SUPPRESSED, NO_CAPACITY that applies is
 * its answer; only a row that begins takes anything.
 *
 * @param definitions the definitions' revision by which the caller decided; another one refuses all
 * @param rows the rows
 * @param capacity takes capacity; called inside the transaction with locked ledgers, must be pure
 */
public record BeginCall(long definitions, List<Row> rows, Capacity capacity) {
  /** Copies the list. */
  public BeginCall {
    rows = List.copyOf(rows);
    Objects.requireNonNull(capacity, "capacity");
  }

  /**
   * One mail that wants to leave.
   *
   * @param seen the row as it was prepared: begun only where it is still the same, which its rev,
   *     attempt, status and phase tell
   * @param address the normalized address of its contact as it was prepared; one that changes
   *     raises the rev of the row
   * @param mailbox the document id of the mailbox that sends it
   * @param lane the lane in which it waits once it is bound
   * @param transactional whether marketing suppressions are ignored
   * @param resendOf the attempt in doubt that it repeats; 0 when it repeats none. The step's
   *     delivery in doubt by that attempt is not {@link Verdict#SETTLED} then
   * @param messageId the requested Message-ID
   * @param stageReference the transport's reference of a staged mail
   * @param ledgers the ledgers that it draws on
   */
  public record Row(
      Work seen,
      String address,
      int mailbox,
      Lane lane,
      boolean transactional,
      int resendOf,
      String messageId,
      Optional<String> stageReference,
      List<LedgerKey> ledgers) {
    /** Copies the list. */
    public Row {
      Objects.requireNonNull(seen, "seen");
      Objects.requireNonNull(address, "address");
      Objects.requireNonNull(lane, "lane");
      Objects.requireNonNull(messageId, "messageId");
      Objects.requireNonNull(stageReference, "stageReference");
      ledgers = List.copyOf(ledgers);
    }

    /** Gives the enrollment. */
    public long enrollment() {
      return seen.enrollment();
    }

    /** Gives the rev by which it was prepared. */
    public long rev() {
      return seen.rev();
    }
  }

  /** Takes capacity. */
  @FunctionalInterface
  public interface Capacity {
    /**
     * Says whether a row may begin now and what its ledgers are afterwards. Called once for each
     * row that passed all other checks, in the order of the call; a row sees what earlier ones
     * took.
     *
     * @param row the row
     * @param work the row as it is stored
     * @param ledgers its ledgers, locked; fresh ones for unknown keys
     * @param rolling counts sends of a mailbox
     * @param now the store's now, read after the locks were taken
     */
    Take take(
        Row row, Work work, Map<LedgerKey, Ledger> ledgers, RollingCounter rolling, Instant now);
  }

  /** Counts what a mailbox sent, for rolling quotas. */
  @FunctionalInterface
  public interface RollingCounter {
    /**
     * How much older than the next one of its mailbox a mail that was sent again may have left and
     * still be counted: no rolling quota looks back so far, and what is older is not kept.
     */
    Duration KEPT = Duration.ofDays(2);

    /**
     * Gives the instant at which the n-th newest mail of a mailbox left or may have left, counting
     * deliveries sent and in doubt (at their begin when the departure is unknown) and attempts in
     * flight (at their begin), including those begun earlier in this call; empty when there are
     * fewer. A mail that was sent again counts twice: as the new attempt, and when the one whose
     * outcome was replaced left or may have; the latter is forgotten once another such mail of the
     * mailbox, which left more than {@link #KEPT} later, is counted.
     *
     * @param mailbox the document id
     * @param n 1 for the newest
     */
    Optional<Instant> nthNewest(int mailbox, int n);
  }

  /** The answer of {@link Capacity}. */
  public sealed interface Take {
    /**
     * It may begin.
     *
     * @param ledgers the ledgers after it
     * @param notAfter the permit's end
     * @param decideAt when it is in doubt without outcome
     */
    record Taken(List<Ledger> ledgers, Instant notAfter, Instant decideAt) implements Take {
      /** Copies the list. */
      public Taken {
        ledgers = List.copyOf(ledgers);
      }
    }

    /**
     * Not now.
     *
     * @param next when it may be asked again
     * @param reason the gate that binds
     */
    record NotNow(Instant next, String reason) implements Take {}
  }

  /** What begin says of a row. */
  public enum Verdict {
    /** The attempt is durable; send it. */
    BEGUN,
    /**
     * Its rev, status or phase is another one, it is locked by somebody else, or the inbox has an
     * entry that concerns it.
     */
    CHANGED,
    /** Its step has a delivery already, whatever its outcome. */
    SETTLED,
    /** Its address or domain is suppressed. */
    SUPPRESSED,
    /** Quota, spacing, pace or hours. */
    NO_CAPACITY,
    /** The caller's definitions are old; reload and ask again. */
    STALE
  }

  /**
   * What begin says of a row.
   *
   * @param enrollment the row
   * @param verdict what
   * @param begun the row as stored, when it began
   * @param notNow when and why not, with {@link Verdict#NO_CAPACITY}
   */
  public record Answer(
      long enrollment, Verdict verdict, Optional<Work> begun, Optional<Take.NotNow> notNow) {}
}
