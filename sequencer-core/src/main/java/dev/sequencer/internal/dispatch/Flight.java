package dev.sequencer.internal.dispatch;

import dev.sequencer.SequencerEvent.DeliveryRef;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.internal.catalog.SequenceInfo;
import dev.sequencer.internal.catalog.Version;
import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An attempt that has begun.
 *
 * @param item the row as it was claimed, or as it is for an attempt of somebody else
 * @param mailbox the mailbox
 * @param row the row as begin stored it
 * @param kept what is kept of the mail
 * @param leftAt the last instant at which the permit was given
 * @param permitRefused whether the permit was asked for and not given
 * @param rest the mailbox's rest when the outcome came
 * @param rested whether the mailbox had a rest when it began, over or not, or may have had one
 */
record Flight(
    Item item,
    MailboxInfo mailbox,
    Work row,
    Map<String, Object> kept,
    Optional<Instant> leftAt,
    boolean permitRefused,
    Ledger.Rest rest,
    boolean rested) {

  static Flight begun(Prepared prepared, Work row, boolean rested) {
    return new Flight(
        prepared.item(),
        prepared.mailbox(),
        row,
        prepared.kept(),
        Optional.empty(),
        false,
        Ledger.Rest.NONE,
        rested);
  }

  Flight permit(Optional<Instant> given, boolean refused) {
    return new Flight(item, mailbox, row, kept, given, refused, rest, rested);
  }

  Flight rest(Ledger.Rest newRest) {
    return new Flight(item, mailbox, row, kept, leftAt, permitRefused, newRest, rested);
  }

  /** Gives the same whose departure is not known, for one that counts as sent. */
  Flight leftUnknown() {
    return permit(Optional.empty(), permitRefused);
  }

  /** Gives the enrollment with the row as begin stored it. */
  Facts factsAfterBegin() {
    return item.facts().with(row);
  }

  Subject subject() {
    return item.subject();
  }

  Version version() {
    return item.version();
  }

  SequenceInfo sequence() {
    return item.sequence();
  }

  int step() {
    return item.step();
  }

  int attempt() {
    return row.attempt().number();
  }

  boolean hasThread() {
    return item.hasThread();
  }

  Instant begunAt() {
    return row.attempt().times().map(Attempt.Times::begunAt).orElse(row.due());
  }

  Instant notAfter() {
    return row.attempt().times().map(Attempt.Times::notAfter).orElse(row.due());
  }

  DeliveryRef ref() {
    return item.ref(Optional.of(mailbox.address()), attempt());
  }
}
