package dev.sequencer.files;

import dev.sequencer.DefinitionException;
import dev.sequencer.internal.definition.Faults;
import dev.sequencer.internal.definition.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Contacts as CSV (RFC 4180) in UTF-8, with or without byte order mark.
 *
 * <p>The first row names the columns, in any order: {@code email} (needed), {@code id}, {@code
 * name}, {@code zone} and {@code locale} in any case, all others are attributes under their name as
 * it is written. Fields are separated by comma, semicolon or tab, whichever the header has most
 * often outside quotes. A field in quotes may hold separators, line breaks and doubled quotes.
 * Blanks around the five are trimmed; a blank attribute is left out, so that a default counts.
 * Attributes are texts. Blank lines are skipped.
 *
 * <p>Rows are read one by one when the stream asks, in constant memory. A row that cannot be read
 * (wrong number of fields, quotes that do not fit, bytes that are not UTF-8, a line of more than a
 * million characters) is given as {@link ContactRow.Bad}, and the others go on. Where a quote is
 * not closed, the row is its first line, and reading goes on with the next line.
 *
 * <p>The streams are for one thread; close one to close the file.
 */
public final class ContactsCsv {
  private ContactsCsv() {}

  /**
   * Reads a file.
   *
   * @throws DefinitionException when there is no such file, it is empty, not UTF-8 at all (UTF-16,
   *     or Latin-1 with nothing of UTF-8 in its first 64 KiB), or its header is wrong
   * @throws UncheckedIOException when reading fails, also later, from the stream
   */
  public static Stream<ContactRow> read(Path file) {
    Faults faults = new Faults();
    Place place = new Place(file.toString(), "", 0, 0);
    if (!Files.isRegularFile(file)) {
      faults.add(place, "there is no such file: correct the path");
      faults.throwIfAny(place.source());
    }
    try {
      InputStream in = Files.newInputStream(file);
      try {
        return rows(ByteLines.of(in), place).onClose(() -> close(in));
      } catch (ByteLines.WrongEncodingException e) {
        close(in);
        faults.add(place, String.valueOf(e.getMessage()));
        throw faults.exception(place.source());
      } catch (IOException | RuntimeException e) {
        close(in);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a text. The reader is the caller's to close.
   *
   * @param name what to call it in messages, such as {@code contacts.csv}
   * @throws DefinitionException when it is empty or its header is wrong
   * @throws UncheckedIOException when reading fails, also later, from the stream
   */
  public static Stream<ContactRow> read(String name, Reader reader) {
    try {
      return rows(new CharLines(reader), new Place(name, "", 0, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<ContactRow> rows(CsvLines lines, Place place) throws IOException {
    Faults faults = new Faults();
    CsvRecords records = new CsvRecords(lines);
    CsvHeader header = header(records, place, faults);
    faults.throwIfAny(place.source());
    return StreamSupport.stream(new Rows(records, header), false);
  }

  private static CsvHeader header(CsvRecords records, Place place, Faults faults)
      throws IOException {
    Optional<CsvRecords.Row> first = records.next();
    if (first.isEmpty()) {
      faults.add(place, "the file is empty: it needs a header with a column 'email'");
      throw faults.exception(place.source());
    }
    CsvRecords.Row row = first.get();
    Place line = new Place(place.source(), "", Math.toIntExact(row.line()), 1);
    if (row.isBad()) {
      faults.add(line, row.fault());
      throw faults.exception(place.source());
    }
    return CsvHeader.of(row.fields(), line, faults);
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows behind the header, one at a time. */
  private static final class Rows extends Spliterators.AbstractSpliterator<ContactRow> {
    private final CsvRecords records;
    private final CsvHeader header;

    Rows(CsvRecords records, CsvHeader header) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
      this.records = records;
      this.header = header;
    }

    @Override
    public boolean tryAdvance(Consumer<? super ContactRow> action) {
      try {
        Optional<CsvRecords.Row> row = records.next();
        row.map(header::row).ifPresent(action);
        return row.isPresent();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
