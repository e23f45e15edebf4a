package dev.sequencer;

import java.util.List;
import java.util.Optional;

/** What can be done with the sequences of a tenant. Safe for use by several threads. */
public interface Sequences {
  /** Gives all of them by name. */
  List<SequenceView> list();

  /** Gives one by name. */
  Optional<SequenceView> find(String name);

  /**
   * Gives how its enrollments and deliveries stand.
   *
   * @throws IllegalArgumentException when there is no such sequence
   */
  SequenceView.Counts counts(String name);

  /**
   * Checks a sequence as {@link SequencerOperations#publish} would, and writes nothing.
   *
   * @return faults and lints
   */
  List<Problem> check(Sequence sequence);

  /**
   * Saves a sequence as a draft: checked as by publish, but contacts cannot be enrolled until
   * {@link #activate}. A published one keeps its state and gets no new version.
   *
   * @throws DefinitionException with everything that is wrong
   * @throws IllegalStateException when the sequence was published before
   */
  PublishResult draft(Sequence sequence);

  /** Opens a draft or an archived sequence. */
  ActResult activate(String name, Act act);

  /** Pauses a sequence: contacts can be enrolled, nothing leaves. */
  ActResult pause(String name, Act act);

  /** Ends the pause of a sequence. */
  ActResult resume(String name, Act act);

  /**
   * Closes a sequence: enrolling is refused, what runs goes on; what waits past the end date ends
   * as stopped.
   */
  ActResult archive(String name, Act act);
}
