package dev.sequencer.verification.rules.straight.jdbc;

import java.sql.Connection;

/** SQL in its place. */
public final class Rows {
  static Class<?> connection() {
    return Connection.class;
  }
}
