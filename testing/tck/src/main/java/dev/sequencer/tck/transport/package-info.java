/** The contract that every transport keeps, as tests that a plug-in's own test extends. */
@NullMarked
package dev.sequencer.tck.transport;

import org.jspecify.annotations.NullMarked;
