/** The engine as a host holds it: configuration, life cycle, threads, health. */
@NullMarked
package dev.sequencer.internal.engine;

import org.jspecify.annotations.NullMarked;
