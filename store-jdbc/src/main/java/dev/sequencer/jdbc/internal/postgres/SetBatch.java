package dev.sequencer.jdbc.internal.postgres;

import dev.sequencer.jdbc.internal.Batch;
import dev.sequencer.jdbc.internal.SqlFault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rows that go as one array per column, so that one statement writes them all. Its text holds
 * {@code {rows a bigint, b text}} where the rows stand: a table {@code r} of these columns and of
 * {@code n}, the number of the row.
 */
final class SetBatch implements Batch {
  private static final Pattern ROWS = Pattern.compile("\\{rows ([^}]*)}");
  private static final Map<String, Shape> SHAPES = new ConcurrentHashMap<>();

  private final Connection connection;
  private final Shape shape;
  private final List<List<@Nullable Object>> columns = new ArrayList<>();
  private final List<Integer> order = new ArrayList<>();
  private int size;
  private int next;

  SetBatch(Connection connection, String text) {
    this.connection = connection;
    this.shape = SHAPES.computeIfAbsent(text, Shape::of);
    shape.names.forEach(name -> columns.add(new ArrayList<>()));
  }

  @Override
  public Batch bind(String name, long value) {
    return put(name, value);
  }

  @Override
  public Batch bind(String name, @Nullable Long value) {
    return put(name, value);
  }

  @Override
  public Batch bind(String name, @Nullable String value) {
    return put(name, value);
  }

  private Batch put(String name, @Nullable Object value) {
    columns.get(column(name)).add(value);
    return this;
  }

  /** Finds a column; rows are mostly bound in one order, so that the next one is tried first. */
  private int column(String name) {
    int found = next < order.size() ? order.get(next) : -1;
    if (found < 0 || !shape.names.get(found).equals(name)) {
      found = shape.names.indexOf(name);
      if (found < 0) {
        throw new IllegalArgumentException("the statement has no column " + name);
      }
      if (size == 0) {
        order.add(found);
      }
    }
    next++;
    return found;
  }

  @Override
  public Batch add() {
    size++;
    next = 0;
    for (List<@Nullable Object> column : columns) {
      if (column.size() != size) {
        throw new IllegalStateException("a row must bind each column once");
      }
    }
    return this;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int execute() {
    if (size == 0) {
      return 0;
    }
    try (PreparedStatement statement = prepared()) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new SqlFault(e);
    }
  }

  @Override
  public List<Long> written(List<Long> keys) {
    List<Long> written = new ArrayList<>();
    forEach(row -> written.add(row.getLong(1)));
    return written;
  }

  /** Runs a statement that gives rows and hands each to a reader; without rows it does not. */
  void forEach(Reader reader) {
    if (size == 0) {
      return;
    }
    try (PreparedStatement statement = prepared();
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        reader.read(row);
      }
    } catch (SQLException e) {
      throw new SqlFault(e);
    }
  }

  /** Reads the row at which a result stands. */
  @FunctionalInterface
  interface Reader {
    void read(ResultSet row) throws SQLException;
  }

  private PreparedStatement prepared() throws SQLException {
    PreparedStatement statement = connection.prepareStatement(shape.text);
    for (int i = 0; i < columns.size(); i++) {
      String type = shape.types.get(i);
      statement.setArray(i + 1, connection.createArrayOf(type, values(type, columns.get(i))));
    }
    return statement;
  }

  /** Gives an array of the element's own class, which the driver sends as bytes, not as text. */
  private static @Nullable Object[] values(String type, List<@Nullable Object> column) {
    return type.equals("bigint") ? column.toArray(new Long[0]) : column.toArray(new String[0]);
  }

  /** A text with its columns. */
  private record Shape(String text, List<String> names, List<String> types) {
    static Shape of(String text) {
      Matcher rows = ROWS.matcher(text);
      if (!rows.find()) {
        throw new IllegalArgumentException("a statement for rows must say where they stand");
      }
      List<String> names = new ArrayList<>();
      List<String> types = new ArrayList<>();
      List<String> arrays = new ArrayList<>();
      for (String column : rows.group(1).split(",", -1)) {
        String[] parts = column.strip().split("\\s+", -1);
        names.add(parts[0]);
        types.add(parts[1]);
        arrays.add("?::" + parts[1] + "[]");
      }
      String table =
          "unnest("
              + String.join(", ", arrays)
              + ") with ordinality as r("
              + String.join(", ", names)
              + ", n)";
      return new Shape(
          rows.replaceFirst(Matcher.quoteReplacement(table)),
          List.copyOf(names),
          List.copyOf(types));
    }
  }
}
