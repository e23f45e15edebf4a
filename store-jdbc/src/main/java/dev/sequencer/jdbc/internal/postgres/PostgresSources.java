package dev.sequencer.jdbc.internal.postgres;

import javax.sql.DataSource;

/**
 * Where the connections of one engine come from.
 *
 * @param pool gives those for transactions
 * @param listening gives the one to listen on, which is kept
 * @param end gives up what was made for this engine
 */
public record PostgresSources(DataSource pool, DataSource listening, Runnable end)
    implements AutoCloseable {
  @Override
  public void close() {
    end.run();
  }
}
