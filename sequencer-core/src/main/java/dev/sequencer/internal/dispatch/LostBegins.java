package dev.sequencer.internal.dispatch;

import dev.sequencer.EnrollmentPhase;
import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Mails whose begin call did not answer: they may have begun, and were not handed over for sure
 * (KERNEL K17). Used by the one pass that runs at a time.
 *
 * <p>An attempt is known as ours by its number, its Message-ID and the instant at which begin asked
 * our capacity under its locks; one that another node began later has another instant.
 */
final class LostBegins {
  private final Map<Long, Lost> lost = new HashMap<>();

  private record Lost(Prepared mail, Instant begunAt) {
    boolean is(Work row) {
      Attempt attempt = row.attempt();
      return row.state().phase() == EnrollmentPhase.SENDING
          && attempt.number() == mail.work().attempt().number() + 1
          && attempt.messageId().equals(mail.mail().messageId())
          && attempt.times().filter(times -> times.begunAt().equals(begunAt)).isPresent();
    }

    /** Says whether the call may yet be carried out, as far as this node cares. */
    boolean isOpen(Work row, Instant now) {
      return row.state().phase() == EnrollmentPhase.WAITING
          && row.rev() == mail.work().rev()
          && now.isBefore(mail.until());
    }
  }

  /**
   * What a look found.
   *
   * @param begun attempts that did begin and were not handed over
   * @param not mails that did not begin by the lost call
   */
  record Look(List<Flight> begun, List<Prepared> not) {}

  void add(Prepared mail, Instant begunAt) {
    lost.put(mail.work().enrollment(), new Lost(mail, begunAt));
  }

  /** Forgets a mail that has begun by another call of this node. */
  Optional<Prepared> forget(long enrollment) {
    return Optional.ofNullable(lost.remove(enrollment)).map(Lost::mail);
  }

  /** Looks what became of them; each is answered once. */
  Look look(StoreHandle store, Instant now) {
    Look look = new Look(new ArrayList<>(), new ArrayList<>());
    if (lost.isEmpty()) {
      return look;
    }
    Map<Long, Work> rows = new HashMap<>();
    for (Subject subject : store.subjects(List.copyOf(lost.keySet()))) {
      rows.put(subject.work().enrollment(), subject.work());
    }
    for (Lost one : List.copyOf(lost.values())) {
      Prepared mail = one.mail();
      Optional<Work> row = Optional.ofNullable(rows.get(mail.work().enrollment()));
      if (row.filter(one::is).isPresent()) {
        look.begun().add(Flight.begun(mail, asBegun(row.get(), mail.work().rev()), true));
      } else if (row.filter(work -> one.isOpen(work, now)).isEmpty()) {
        look.not().add(mail);
      } else {
        continue;
      }
      lost.remove(mail.work().enrollment());
    }
    return look;
  }

  /** Its plan goes by the rev that was claimed, so that after an act meanwhile it is made anew. */
  private static Work asBegun(Work row, long rev) {
    return new Work(
        row.enrollment(),
        row.origin(),
        rev,
        row.lane(),
        row.due(),
        row.cursor(),
        row.state(),
        row.attempt());
  }
}
