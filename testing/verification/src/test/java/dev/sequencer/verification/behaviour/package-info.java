/** What hosts see of the engine: faults that happened elsewhere, told as tests, on each store. */
@NullMarked
package dev.sequencer.verification.behaviour;

import org.jspecify.annotations.NullMarked;
