/** Faults of a PostgreSQL server under a running engine. */
@NullMarked
package dev.sequencer.verification.faults;

import org.jspecify.annotations.NullMarked;
