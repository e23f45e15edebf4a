package dev.sequencer.jdbc.internal.postgres;

import dev.sequencer.jdbc.internal.Wording;

/**
 * How a store on PostgreSQL is used.
 *
 * @param schema the schema of its tables
 * @param prefix what the names of its tables begin with
 * @param migrate whether tables are made when they are missing
 * @param connections how many connections are used at the same time, at the most
 * @param listen whether calls of other engines are listened to
 */
public record PostgresOptions(
    String schema, String prefix, boolean migrate, int connections, boolean listen) {
  /** What holds unless something else is said. */
  public static final PostgresOptions USUAL =
      new PostgresOptions("public", Wording.PREFIX, true, 3, true);

  public PostgresOptions withSchema(String other) {
    return new PostgresOptions(other, prefix, migrate, connections, listen);
  }

  public PostgresOptions withPrefix(String other) {
    return new PostgresOptions(schema, other, migrate, connections, listen);
  }

  public PostgresOptions withMigrate(boolean other) {
    return new PostgresOptions(schema, prefix, other, connections, listen);
  }

  public PostgresOptions withConnections(int other) {
    return new PostgresOptions(schema, prefix, migrate, other, listen);
  }

  public PostgresOptions withListen(boolean other) {
    return new PostgresOptions(schema, prefix, migrate, connections, other);
  }

  /** Gives the prefix as it stands in statements. */
  String qualified() {
    return '"' + schema + "\"." + prefix;
  }

  /** Gives the key of an advisory lock of this store; keys are one space for the database. */
  long key(String purpose) {
    String name = "sequencer " + purpose + ' ' + qualified();
    long key = 1_125_899_906_842_597L;
    for (int i = 0; i < name.length(); i++) {
      key = 31 * key + name.charAt(i);
    }
    return key;
  }

  /** Gives the store as it is named in messages. */
  String name() {
    return "schema " + schema + ", tables " + prefix + "*";
  }
}
