package dev.sequencer.internal.operations;

import dev.sequencer.Act;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.MailKind;
import dev.sequencer.internal.catalog.SequenceInfo;
import dev.sequencer.internal.dispatch.Details;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.util.List;
import java.util.Optional;

/** Ends enrollments because of something that happened. */
final class Stops {
  private static final int TRANSACTIONAL = 1;

  private final Context context;

  Stops(Context context) {
    this.context = context;
  }

  /** Ends an enrollment that a suppression blocks; nothing for others. */
  Optional<Transition> suppressed(Subject subject, Suppression suppression, Act act) {
    Work row = subject.work();
    boolean blocked =
        row.state().status() != EnrollmentStatus.ENDED
            && suppression.blocks(row.origin().sequence(), transactional(row));
    if (!blocked) {
      return Optional.empty();
    }
    Work next = row.state(row.state().ended(Ending.STOPPED, suppression.reason()));
    return Optional.of(Steering.transition(next, row, context.now(), "stopped", act));
  }

  /** Says whether what an enrollment waits for is transactional. */
  boolean transactional(Work row) {
    if (!row.lane().isControl()) {
      return row.lane().priority() == TRANSACTIONAL;
    }
    return context
        .catalog()
        .snapshot()
        .sequence(row.origin().sequence())
        .map(SequenceInfo::current)
        .filter(version -> version.definition().rules().kind() == MailKind.TRANSACTIONAL)
        .isPresent();
  }

  /** Gives a line for the log that belongs to no enrollment. */
  LogEntry line(String kind, Act act) {
    return line(kind, act, "", "");
  }

  /** Writes such a line about something with a name. */
  void note(String kind, Act act, String what, String name) {
    context
        .store()
        .steer(
            SteerCall.of(
                    context.tenant(), new SteerCall.Target.Nobody(), subject -> Optional.empty())
                .logging(List.of(line(kind, act, what, name))));
  }

  private LogEntry line(String kind, Act act, String what, String name) {
    return new LogEntry(
        0,
        context.tenant(),
        context.now(),
        0,
        0,
        kind,
        Details.of("who", act.who(), "why", act.why(), what, name));
  }
}
