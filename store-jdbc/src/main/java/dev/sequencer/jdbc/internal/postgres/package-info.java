/** How a PostgreSQL database is used; no part of the API. */
@NullMarked
package dev.sequencer.jdbc.internal.postgres;

import org.jspecify.annotations.NullMarked;
