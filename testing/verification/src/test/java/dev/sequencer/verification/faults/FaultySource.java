package dev.sequencer.verification.faults;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A source whose statements fail now and then, before or after the server has carried them out:
 * which ones follows from a seed.
 */
final class FaultySource implements DataSource {
  private final DataSource source;
  private final String state;
  private final Random random;
  private final int oneIn;
  private final AtomicInteger faults = new AtomicInteger();
  private volatile boolean healthy;

  /**
   * Makes one.
   *
   * @param state the SQLSTATE of the faults
   * @param oneIn how many statements go well for one that fails
   */
  FaultySource(DataSource source, String state, long seed, int oneIn) {
    this.source = source;
    this.state = state;
    this.random = new Random(seed);
    this.oneIn = oneIn;
  }

  /** Ends all faults. */
  void heal() {
    healthy = true;
  }

  int faults() {
    return faults.get();
  }

  private synchronized boolean strikes() {
    return !healthy && random.nextInt(oneIn) == 0;
  }

  private synchronized boolean after() {
    // Whoever refuses a statement has not carried it out; only a connection is cut at any time.
    return state.startsWith("08") && random.nextBoolean();
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection real = source.getConnection();
    return around(Connection.class, real);
  }

  private <T> T around(Class<T> type, T target) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              boolean runs = method.getName().startsWith("execute");
              boolean struck = runs && strikes();
              boolean after = struck && after();
              if (struck && !after) {
                throw fault();
              }
              Object answer = call(() -> method.invoke(target, arguments));
              if (after) {
                throw fault();
              }
              return answer instanceof PreparedStatement prepared
                  ? around(PreparedStatement.class, prepared)
                  : answer instanceof Statement plain ? around(Statement.class, plain) : answer;
            });
    return type.cast(proxy);
  }

  private SQLException fault() {
    faults.incrementAndGet();
    return new SQLException("a fault of the test", state);
  }

  /** A call by reflection. */
  private interface Call {
    @Nullable Object run() throws IllegalAccessException, InvocationTargetException;
  }

  private static @Nullable Object call(Call call) throws Throwable {
    try {
      return call.run();
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      throw cause == null ? e : cause;
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return source.getConnection(user, password);
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return source.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    source.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    source.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return source.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return source.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return source.isWrapperFor(type);
  }
}
