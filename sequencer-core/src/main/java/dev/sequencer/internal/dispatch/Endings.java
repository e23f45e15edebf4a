package dev.sequencer.internal.dispatch;

import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.SequencerEvent;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.Optional;

/** What listeners hear when an enrollment stops going on by itself. */
public final class Endings {
  private Endings() {}

  /** Gives the event of a row that has ended or is held; empty for one that goes on. */
  public static Optional<SequencerEvent> event(Work row, String sequence, Instant now) {
    EnrollmentId id = new EnrollmentId(row.enrollment());
    String tenant = row.origin().tenant();
    if (row.state().status() == EnrollmentStatus.HELD) {
      return Optional.of(
          new SequencerEvent.EnrollmentHeld(now, tenant, id, sequence, row.state().reason()));
    }
    return row.state()
        .ending()
        .map(
            ending ->
                new SequencerEvent.EnrollmentEnded(
                    now, tenant, id, sequence, ending, row.state().reason()));
  }
}
