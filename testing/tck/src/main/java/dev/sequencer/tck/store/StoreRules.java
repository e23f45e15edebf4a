package dev.sequencer.tck.store;

/** A part of the contract; each of its tests has an empty store of its own. */
abstract class StoreRules {
  abstract StoreBench bench();
}
