package dev.sequencer.jdbc.internal.postgres;

import dev.sequencer.spi.store.StoreException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * Refuses servers that are not PostgreSQL, and those that are too old. Others speak its protocol,
 * but do not keep what the store relies on: that an advisory lock is held until the transaction
 * ends, and that a guarded update is checked again after it has waited.
 */
final class ServerVersion {
  private static final int OLDEST = 14;
  private static final Pattern POSTGRES = Pattern.compile("(PostgreSQL|EnterpriseDB) (\\d+)\\b.*");
  private static final Pattern YUGABYTE = Pattern.compile("-YB-");
  private static final int LONGEST = 60;

  private ServerVersion() {}

  static void check(Handle handle, String store) {
    check(handle.createQuery("select version()").mapTo(String.class).one(), store);
  }

  /**
   * Checks what a server says that it is.
   *
   * @throws StoreException when it cannot keep a store
   */
  static void check(String said, String store) {
    Matcher known = POSTGRES.matcher(said);
    if (!known.matches()
        || YUGABYTE.matcher(said).find()
        || Integer.parseInt(known.group(2)) < OLDEST) {
      throw new StoreException(
          "the server must be PostgreSQL "
              + OLDEST
              + " or newer, but that of "
              + store
              + " says '"
              + (said.length() > LONGEST ? said.substring(0, LONGEST) : said)
              + "': name another one");
    }
  }
}
