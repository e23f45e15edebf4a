package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.Cursor;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.LedgerKey;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.Origin;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Work;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;

/** Makes values of rows; each reader reads the columns of {@link Columns} by their place. */
final class Readers {
  static final RowMapper<Work> WORK = (row, context) -> work(row);
  static final RowMapper<Delivery> DELIVERY = (row, context) -> delivery(row);
  static final RowMapper<StoredContact> CONTACT = (row, context) -> contact(row, 1);
  static final RowMapper<Document> DOCUMENT = (row, context) -> document(row);
  static final RowMapper<Suppression> SUPPRESSION = (row, context) -> suppression(row);
  static final RowMapper<Ledger> LEDGER = (row, context) -> ledger(row);
  static final RowMapper<LogEntry> EVENT = (row, context) -> event(row);

  private Readers() {}

  /**
   * Reads an enrollment with its contact.
   *
   * @param deliveries its deliveries, by enrollment
   */
  static RowMapper<Subject> subject(Map<Long, List<Delivery>> deliveries) {
    return (row, context) ->
        new Subject(
            work(row),
            contact(row, 32),
            row.getString(31),
            deliveries.getOrDefault(row.getLong(1), List.of()));
  }

  private static Work work(ResultSet row) throws SQLException {
    return new Work(
        row.getLong(1),
        new Origin(
            row.getString(25),
            row.getInt(26),
            row.getInt(27),
            row.getLong(28),
            row.getString(29),
            Millis.read(row, 30)),
        row.getLong(2),
        lane(row, 20),
        Millis.read(row, 3),
        new Cursor(row.getInt(6), row.getInt(7), Millis.read(row, 8)),
        new State(
            Codes.status(row.getString(4)),
            Codes.phase(row.getString(5)),
            Codes.ending(row.getString(18)),
            row.getString(19)),
        attempt(row));
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    Optional<Attempt.Times> times =
        Millis.optional(row, 13).isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Attempt.Times(
                    Millis.read(row, 13), Millis.read(row, 14), Millis.read(row, 15)));
    return new Attempt(
        row.getInt(9),
        row.getInt(10),
        row.getInt(11),
        row.getInt(12),
        times,
        row.getString(16),
        Optional.ofNullable(row.getString(17)));
  }

  /** Reads owner, sequence, calendar, priority, bound. */
  static Lane lane(ResultSet row, int first) throws SQLException {
    return new Lane(
        row.getInt(first),
        row.getInt(first + 1),
        row.getString(first + 2),
        row.getInt(first + 3),
        row.getInt(first + 4) != 0);
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getLong(1),
        row.getInt(2),
        Codes.delivery(row.getString(3)),
        row.getInt(4),
        row.getInt(5),
        Millis.read(row, 6),
        Millis.optional(row, 7),
        Millis.optional(row, 8),
        new Delivery.Ids(
            row.getString(9),
            Optional.ofNullable(row.getString(10)),
            Optional.ofNullable(row.getString(11)),
            Optional.ofNullable(row.getString(12))),
        row.getString(13));
  }

  private static StoredContact contact(ResultSet row, int first) throws SQLException {
    return new StoredContact(
        row.getLong(first),
        row.getString(first + 1),
        Optional.ofNullable(row.getString(first + 2)),
        row.getString(first + 3),
        row.getString(first + 4),
        Optional.ofNullable(row.getString(first + 5)),
        Optional.ofNullable(row.getString(first + 6)),
        row.getString(first + 7));
  }

  private static Document document(ResultSet row) throws SQLException {
    return new Document(
        Document.Kind.valueOf(row.getString(1)),
        row.getString(2),
        row.getString(3),
        row.getInt(4),
        row.getLong(5),
        row.getString(6));
  }

  private static Suppression suppression(ResultSet row) throws SQLException {
    return new Suppression(
        row.getString(1),
        row.getString(2),
        row.getInt(3),
        Codes.blocks(row.getString(4)),
        row.getString(5),
        Millis.read(row, 6));
  }

  private static Ledger ledger(ResultSet row) throws SQLException {
    return new Ledger(
        new LedgerKey(Codes.ledger(row.getString(1)), row.getInt(2)),
        new Ledger.Bucket(row.getString(3), row.getInt(4)),
        new Ledger.Bucket(row.getString(5), row.getInt(6)),
        Millis.optional(row, 7),
        Millis.optional(row, 8),
        Millis.optional(row, 9),
        new Ledger.Rest(
            Millis.optional(row, 10), Millis.optional(row, 11), row.getString(12), row.getInt(13)),
        new Ledger.Ramp(row.getInt(14), row.getString(15)),
        Millis.optional(row, 16));
  }

  private static LogEntry event(ResultSet row) throws SQLException {
    return new LogEntry(
        row.getLong(1),
        row.getString(2),
        Millis.read(row, 3),
        row.getLong(4),
        row.getInt(5),
        row.getString(6),
        row.getString(7));
  }
}
