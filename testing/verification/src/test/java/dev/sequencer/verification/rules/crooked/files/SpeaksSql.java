package dev.sequencer.verification.rules.crooked.files;

import java.sql.Connection;

/** SQL outside the store. */
final class SpeaksSql {
  private SpeaksSql() {}

  static Class<?> connection() {
    return Connection.class;
  }
}
