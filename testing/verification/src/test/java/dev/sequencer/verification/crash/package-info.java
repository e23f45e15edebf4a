/** Crashes, lost answers and failing calls at every place, on each store. */
@NullMarked
package dev.sequencer.verification.crash;

import org.jspecify.annotations.NullMarked;
