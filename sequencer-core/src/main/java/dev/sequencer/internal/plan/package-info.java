/**
 * Where an enrollment goes next: the graph of steps, the walk over it, the lane it waits in. Pure.
 */
@NullMarked
package dev.sequencer.internal.plan;

import org.jspecify.annotations.NullMarked;
