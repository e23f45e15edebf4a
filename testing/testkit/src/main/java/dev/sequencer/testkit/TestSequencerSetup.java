package dev.sequencer.testkit;

/**
 * What the engine of each test has: templates, mailboxes, sequences. Named by {@link
 * SequencerTest#setup}; made for each test by its constructor without parameters, which may be
 * private.
 */
@FunctionalInterface
public interface TestSequencerSetup {
  /** Adds to what the annotation says. */
  void configure(TestSequencerBuilder builder);

  /** Adds nothing. */
  final class Nothing implements TestSequencerSetup {
    private Nothing() {}

    @Override
    public void configure(TestSequencerBuilder builder) {}
  }
}
