/**
 * Seeded runs of several engines on one store, in any interleaving, with everything that can go
 * wrong, after which the promises are checked by rules of their own.
 */
@NullMarked
package dev.sequencer.verification.simulation;

import org.jspecify.annotations.NullMarked;
