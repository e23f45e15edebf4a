/** What a store implements: set-based calls for work, compare-and-set documents, and views. */
@NullMarked
package dev.sequencer.spi.store;

import org.jspecify.annotations.NullMarked;
