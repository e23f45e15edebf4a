package dev.sequencer.jdbc.internal.postgres;

import javax.sql.DataSource;

/** Where a store gets connections for each engine that opens it. */
@FunctionalInterface
public interface PostgresOrigin {
  /** Gives the sources of one engine. */
  PostgresSources open(PostgresOptions options);

  /** Gives the origin that is a source of the host, which stays open. */
  static PostgresOrigin given(DataSource source) {
    return options -> new PostgresSources(source, source, () -> {});
  }

  /** Gives the origin that makes a pool for each engine, closed with it. */
  static PostgresOrigin own(String url, String user, String password) {
    return new OwnPool(url, user, password);
  }

  /** Gives the same with another source of the connection to listen on. */
  default PostgresOrigin listeningOn(DataSource direct) {
    return options -> {
      PostgresSources own = open(options);
      return new PostgresSources(own.pool(), direct, own.end());
    };
  }
}
