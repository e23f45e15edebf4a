package dev.sequencer.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.sequencer.inmemory.InMemoryStore;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.spi.store.Store;
import java.util.Locale;
import java.util.function.LongSupplier;

/** The stores that are measured. */
enum StoreKind {
  MEMORY {
    @Override
    Opened open() {
      return new Opened(InMemoryStore.create(), () -> 0, () -> {}, () -> {});
    }
  },
  SQLITE {
    @Override
    Opened open() {
      Scratch scratch = new Scratch();
      return new Opened(
          JdbcStore.sqlite(scratch.file("engine.db")), scratch::size, () -> {}, scratch::close);
    }
  },
  POSTGRES {
    @Override
    Opened open() {
      PostgresServer server = PostgresServer.start();
      Opened opened = on(server);
      return new Opened(opened.store(), opened.disk(), opened.settled(), () -> end(opened, server));
    }

    private void end(Opened opened, PostgresServer server) {
      opened.close();
      server.close();
    }
  };

  /** Connections for two nodes. */
  private static final int CONNECTIONS = 6;

  /** Makes an empty store and whatever it needs. */
  abstract Opened open();

  /** Makes an empty store in a database of its own of a server that runs. */
  static Opened on(PostgresServer server) {
    return on(server.database());
  }

  /** Makes an empty store in a database, which goes with it. */
  static Opened on(PostgresServer.Database database) {
    HikariDataSource pool = database.pool(CONNECTIONS);
    return new Opened(
        JdbcStore.postgres(pool),
        () -> Long.parseLong(database.text("select pg_database_size(current_database())")),
        database::settle,
        () -> {
          pool.close();
          database.close();
        });
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * A store with what is behind it.
   *
   * @param disk gives its size on the disk; 0 when it is on none
   * @param settled brings it into the state in which one that runs would be
   * @param end removes it
   */
  record Opened(Store store, LongSupplier disk, Runnable settled, Runnable end)
      implements AutoCloseable {
    long bytes() {
      return disk.getAsLong();
    }

    void settle() {
      settled.run();
    }

    @Override
    public void close() {
      end.run();
    }
  }
}
