/**
 * The contract of a store as tests, for authors of stores: extend {@link
 * dev.sequencer.tck.store.StoreContract}. Beside it the test data that it is made of.
 */
@NullMarked
package dev.sequencer.tck.store;

import org.jspecify.annotations.NullMarked;
