package dev.sequencer.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The least that a durable queue reads and writes for one step on a database: claim a batch of due
 * rows, then complete it, which moves the rows to their next step. No rules, no outcome, no event.
 */
final class Floor {
  static final int BATCH = 500;
  static final long NEXT_STEP = 3 * 86_400_000L;

  private Floor() {}

  /** Claims and completes batches over one connection until nothing is due. */
  interface Lane extends AutoCloseable {
    /** Does one batch; gives how many rows it had. */
    int batch() throws SQLException;

    @Override
    void close() throws SQLException;
  }

  /** Opens a connection's work. */
  interface Opener {
    Lane open(Connection connection) throws SQLException;
  }

  /** Gives a connection. */
  interface Connector {
    Connection connect() throws SQLException;
  }

  /** Runs as many lanes as wanted, each on a thread; gives what the rows took. */
  static Measured run(int connections, int rows, Connector connector, Opener opener)
      throws Exception {
    List<Lane> lanes = new ArrayList<>();
    List<Connection> open = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      for (int i = 0; i < connections; i++) {
        Connection connection = connector.connect();
        open.add(connection);
        lanes.add(opener.open(connection));
      }
      Measured.Stopwatch watch = new Measured.Stopwatch();
      List<Future<Integer>> running = new ArrayList<>();
      lanes.forEach(lane -> running.add(threads.submit(() -> all(lane))));
      int done = 0;
      for (Future<Integer> one : running) {
        done += one.get();
      }
      Measured measured = watch.stop(rows);
      if (done != rows) {
        throw new IllegalStateException("the floor did " + done + " of " + rows + " rows");
      }
      return measured;
    } finally {
      threads.shutdownNow();
      for (Lane lane : lanes) {
        lane.close();
      }
      for (Connection connection : open) {
        connection.close();
      }
    }
  }

  private static int all(Lane lane) throws SQLException {
    int done = 0;
    for (int batch = lane.batch(); batch > 0; batch = lane.batch()) {
      done += batch;
    }
    return done;
  }
}
