package dev.sequencer;

import java.util.List;
import java.util.Optional;

/**
 * What can be done with the enrollments of a tenant. Every act is decided on the state at that
 * moment, in one transaction, and leaves who and why in the history. Safe for use by several
 * threads.
 */
public interface Enrollments {
  /** Gives one. */
  Optional<EnrollmentView> find(EnrollmentId id);

  /** Lists them by id. */
  Page<EnrollmentView> find(EnrollmentQuery query);

  /** Gives what happened to one, the oldest first, at most the newest 1,000. */
  List<HistoryEntry> history(EnrollmentId id);

  /** Pauses it; a mail in flight may still leave. */
  ActResult pause(EnrollmentId id, Act act);

  /** Ends its pause, or lets a held one that is not in doubt go on. */
  ActResult resume(EnrollmentId id, Act act);

  /** Ends it as cancelled; a mail in flight may still leave. */
  ActResult cancel(EnrollmentId id, Act act);

  /** Ends it as completed. */
  ActResult complete(EnrollmentId id, Act act);

  /** Holds it for a decision. */
  ActResult hold(EnrollmentId id, Act act);

  /** Skips the e-mail it waits at and goes on, a held one too; the next delay counts from now. */
  ActResult skip(EnrollmentId id, Act act);

  /** Revives a failed one at the step that failed, due now. */
  ActResult retry(EnrollmentId id, Act act);

  /** Moves it to a step that has no outcome yet, due now; a held one goes on. */
  ActResult move(EnrollmentId id, String step, Act act);

  /** Makes the e-mail it waits at due now, before all others; gates still hold. */
  ActResult runNow(EnrollmentId id, Act act);
}
