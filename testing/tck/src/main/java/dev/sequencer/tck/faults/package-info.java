/** Faults on purpose: a store that fails, loses answers, or whose process ends, at any call. */
@NullMarked
package dev.sequencer.tck.faults;

import org.jspecify.annotations.NullMarked;
