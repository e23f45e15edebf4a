/** A real store for one process: everything in memory, one transaction at a time. */
@NullMarked
package dev.sequencer.inmemory;

import org.jspecify.annotations.NullMarked;
