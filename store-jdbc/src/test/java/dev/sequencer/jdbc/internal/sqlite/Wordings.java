package dev.sequencer.jdbc.internal.sqlite;

import dev.sequencer.jdbc.internal.Wording;

/** Gives the tests of other packages the wording of SQLite. */
public final class Wordings {
  private Wordings() {}

  public static Wording sqlite() {
    return new Wording(new SqliteDialect(), Wording.PREFIX);
  }
}
