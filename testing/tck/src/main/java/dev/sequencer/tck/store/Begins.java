package dev.sequencer.tck.store;

import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.BeginCall.Capacity;
import dev.sequencer.spi.store.BeginCall.Take;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.Ledger.Bucket;
import dev.sequencer.spi.store.LedgerKey;
import dev.sequencer.spi.store.LedgerKey.Kind;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mail that wants to leave, made of the row as claimed: from the mailbox that owns its lane,
 * bound to it from then on, drawing on that mailbox's ledger. Immutable; each method gives a new
 * one.
 */
public final class Begins {
  /** How long a permit is good. */
  public static final Duration HAND_OVER = Duration.ofMinutes(2);

  /** After how long an attempt without outcome is in doubt. */
  public static final Duration DECIDE = Duration.ofMinutes(5);

  private final BeginCall.Row row;

  private Begins(BeginCall.Row row) {
    this.row = row;
  }

  /** Gives the mail of a row, from the owner of its lane. */
  public static Begins of(Work work) {
    return of(work, work.lane().owner());
  }

  /** Gives the mail of a row from a mailbox. */
  public static Begins of(Work work, int mailbox) {
    Lane waits = work.lane();
    Lane lane = new Lane(mailbox, waits.sequence(), waits.calendar(), waits.priority(), true);
    return new Begins(
        new BeginCall.Row(
            work,
            "",
            mailbox,
            lane,
            false,
            0,
            "<" + work.enrollment() + "." + work.cursor().step() + "@mail.example>",
            Optional.empty(),
            List.of(ledger(mailbox))));
  }

  /** Gives the mail of an enrollment to its contact, from the owner of its lane. */
  public static Begins of(Subject subject) {
    return of(subject.work()).to(subject.contact().normalized());
  }

  /** Gives the key of a mailbox's ledger. */
  public static LedgerKey ledger(int mailbox) {
    return new LedgerKey(Kind.MAILBOX, mailbox);
  }

  /** Gives the same by another rev. */
  public Begins rev(long rev) {
    Work old = row.seen();
    return with(
        new Work(
            old.enrollment(),
            old.origin(),
            rev,
            old.lane(),
            old.due(),
            old.cursor(),
            old.state(),
            old.attempt()),
        row.address(),
        row.transactional(),
        row.resendOf(),
        row.stageReference(),
        row.ledgers());
  }

  /** Gives the same to an address; without one it is for nobody who could be suppressed. */
  public Begins to(String address) {
    return with(
        row.seen(),
        address,
        row.transactional(),
        row.resendOf(),
        row.stageReference(),
        row.ledgers());
  }

  /** Gives the same ignoring marketing suppressions. */
  public Begins transactional() {
    return with(
        row.seen(), row.address(), true, row.resendOf(), row.stageReference(), row.ledgers());
  }

  /** Gives the same repeating an attempt that is in doubt. */
  public Begins resendOf(int attempt) {
    return with(
        row.seen(),
        row.address(),
        row.transactional(),
        attempt,
        row.stageReference(),
        row.ledgers());
  }

  /** Gives the same staged at the transport. */
  public Begins staged(String reference) {
    return with(
        row.seen(),
        row.address(),
        row.transactional(),
        row.resendOf(),
        Optional.of(reference),
        row.ledgers());
  }

  /** Gives the same drawing on other ledgers. */
  public Begins ledgers(LedgerKey... keys) {
    return with(
        row.seen(),
        row.address(),
        row.transactional(),
        row.resendOf(),
        row.stageReference(),
        List.of(keys));
  }

  private Begins with(
      Work seen,
      String address,
      boolean transactional,
      int resendOf,
      Optional<String> stage,
      List<LedgerKey> ledgers) {
    return new Begins(
        new BeginCall.Row(
            seen,
            address,
            row.mailbox(),
            row.lane(),
            transactional,
            resendOf,
            row.messageId(),
            stage,
            ledgers));
  }

  /** Gives the row. */
  public BeginCall.Row row() {
    return row;
  }

  /** Gives a capacity without end that changes no ledger. */
  public static Capacity unlimited() {
    return (row, work, ledgers, rolling, now) -> taken(List.of(), now);
  }

  /** Gives a capacity of so many mails of each ledger in a day, counted in its day bucket. */
  public static Capacity perDay(int limit) {
    return (row, work, ledgers, rolling, now) -> {
      for (Ledger ledger : ledgers.values()) {
        if (used(ledger, day(now)) >= limit) {
          return new Take.NotNow(now.plus(Duration.ofDays(1)), "the day's quota");
        }
      }
      return taken(debited(ledgers, now), now);
    };
  }

  /** Gives what a ledger has used of a day. */
  public static int used(Ledger ledger, String day) {
    return ledger.day().key().equals(day) ? ledger.day().used() : 0;
  }

  /** Gives the day of an instant as the ledgers here name it. */
  public static String day(Instant now) {
    return now.toString().substring(0, 10);
  }

  private static List<Ledger> debited(Map<LedgerKey, Ledger> ledgers, Instant now) {
    return ledgers.values().stream().map(ledger -> debited(ledger, now)).toList();
  }

  private static Ledger debited(Ledger ledger, Instant now) {
    Bucket day = new Bucket(day(now), used(ledger, day(now)) + 1);
    return ledger.buckets(day, ledger.hour()).begun(now);
  }

  /** Gives a take that begins with these ledgers. */
  public static Take taken(List<Ledger> ledgers, Instant now) {
    return new Take.Taken(ledgers, now.plus(HAND_OVER), now.plus(DECIDE));
  }
}
