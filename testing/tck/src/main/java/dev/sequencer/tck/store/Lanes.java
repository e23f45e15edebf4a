package dev.sequencer.tck.store;

import dev.sequencer.spi.store.Lane;

/** Lanes as tests need them: each method gives the lane with one thing changed. */
public final class Lanes {
  private static final int NORMAL = 2;

  private Lanes() {}

  /** Gives an always open lane of normal priority for enrollments that are bound to no mailbox. */
  public static Lane of(int owner, int sequence) {
    return new Lane(owner, sequence, Lane.ALWAYS, NORMAL, false);
  }

  /** Gives the same for enrollments that are bound to their mailbox. */
  public static Lane bound(Lane lane) {
    return new Lane(lane.owner(), lane.sequence(), lane.calendar(), lane.priority(), true);
  }

  /** Gives the same with another priority. */
  public static Lane priority(Lane lane, int priority) {
    return new Lane(lane.owner(), lane.sequence(), lane.calendar(), priority, lane.bound());
  }

  /** Gives the same with another calendar. */
  public static Lane calendar(Lane lane, String calendar) {
    return new Lane(lane.owner(), lane.sequence(), calendar, lane.priority(), lane.bound());
  }
}
