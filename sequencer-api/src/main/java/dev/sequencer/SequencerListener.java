package dev.sequencer;

/**
 * Hears events as they happen, for telemetry: a crash may lose some. What it throws is logged with
 * its name and changes nothing. Called on the engine's threads; must be quick and safe for use by
 * several threads.
 */
@FunctionalInterface
public interface SequencerListener {
  /** Hears an event. */
  void on(SequencerEvent event);
}
