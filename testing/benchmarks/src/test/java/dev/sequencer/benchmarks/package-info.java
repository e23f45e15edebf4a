/** Tests of the benchmarks: that they run, not what they measure. */
@NullMarked
package dev.sequencer.benchmarks;

import org.jspecify.annotations.NullMarked;
