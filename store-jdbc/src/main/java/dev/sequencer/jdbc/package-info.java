/**
 * A store in an SQL database. {@link dev.sequencer.jdbc.JdbcStore#sqlite} keeps everything in one
 * file; {@link dev.sequencer.jdbc.JdbcTransaction} lets a host's own transaction enroll.
 */
@NullMarked
package dev.sequencer.jdbc;

import org.jspecify.annotations.NullMarked;
