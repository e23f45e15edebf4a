/** A PostgreSQL server for tests. */
@NullMarked
package dev.sequencer.tck.postgres;

import org.jspecify.annotations.NullMarked;
