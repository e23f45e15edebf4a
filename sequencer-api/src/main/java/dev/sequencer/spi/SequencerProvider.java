package dev.sequencer.spi;

import dev.sequencer.Sequencer;
import dev.sequencer.SequencerConfig;

/**
 * Makes the engine; found through {@link java.util.ServiceLoader}. There is one, in {@code
 * sequencer-core}.
 */
public interface SequencerProvider {
  /**
   * Makes an engine that is not started.
   *
   * @throws RuntimeException when the configuration does not fit together or the store cannot be
   *     opened
   */
  Sequencer create(SequencerConfig config);
}
