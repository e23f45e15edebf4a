/** Measures the engine beside what others do, on one machine and in one run. */
@NullMarked
package dev.sequencer.benchmarks;

import org.jspecify.annotations.NullMarked;
