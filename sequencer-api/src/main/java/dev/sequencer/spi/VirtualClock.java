package dev.sequencer.spi;

import java.time.InstantSource;

/**
 * Marks a clock that moves only when somebody advances it. An engine on such a clock is driven by
 * {@code runDue()}; {@code start()} is refused.
 */
public interface VirtualClock extends InstantSource {}
