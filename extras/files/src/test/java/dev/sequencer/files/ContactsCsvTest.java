package dev.sequencer.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sequencer.Attributes;
import dev.sequencer.ContactInput;
import dev.sequencer.DefinitionException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactsCsvTest {
  private static final String FIELDS = "a row must have as many fields as the header, ";
  private static final String CHECK = ": check separators and quotes";
  private static final String UNCLOSED =
      "a field that begins with a quote must end with one, but this row's does not within 1000"
          + " lines: close it, or double the quotes inside it";

  @TempDir Path folder;

  private static List<ContactRow> rows(String csv) {
    try (Stream<ContactRow> rows = ContactsCsv.read("contacts.csv", new StringReader(csv))) {
      return rows.toList();
    }
  }

  private List<ContactRow> file(byte[] bytes) throws IOException {
    try (Stream<ContactRow> rows =
        ContactsCsv.read(Files.write(folder.resolve("contacts.csv"), bytes))) {
      return rows.toList();
    }
  }

  private static ContactRow good(long line, String email, Map<String, ?> attributes) {
    return new ContactRow.Good(
        line, new ContactInput(email, "", "", "", "", Attributes.of(attributes)));
  }

  private static ContactRow good(long line, String email) {
    return good(line, email, Map.of());
  }

  private static List<String> faults(String csv) {
    DefinitionException e = catchThrowableOfType(DefinitionException.class, () -> rows(csv));
    return e.faults().stream().map(Object::toString).toList();
  }

  @Nested
  class Columns {
    @Test
    void standInAnyOrderAndTheFiveInAnyCase() {
      assertThat(
              rows(
                  """
                  Plan,ZONE,Email,Name,Locale,ID
                  pro, Asia/Tokyo ,ann@acme.example,Ann Lee,de-AT,u-1
                  """))
          .containsExactly(
              new ContactRow.Good(
                  2,
                  new ContactInput(
                      "ann@acme.example",
                      "u-1",
                      "Ann Lee",
                      "Asia/Tokyo",
                      "de-AT",
                      Attributes.of(Map.of("Plan", "pro")))));
    }

    @Test
    void aBlankAttributeIsLeftOutSoThatADefaultCounts() {
      assertThat(rows("email,plan\nann@acme.example, \nben@acme.example,007\n"))
          .containsExactly(
              good(2, "ann@acme.example"), good(3, "ben@acme.example", Map.of("plan", "007")));
    }

    @Test
    void needAnEmail() {
      assertThat(faults("e-mail,name\n"))
          .containsExactly(
              "contacts.csv:1:1: a contacts file needs a header with a column 'email', but has"
                  + " e-mail, name: rename 'e-mail'?");
      assertThat(faults("id,plan\n")).singleElement().asString().endsWith("id, plan: add it");
    }

    @Test
    void thatAreMissingShowNoAddress() {
      assertThat(faults("ann@acme.example,Ann\n"))
          .containsExactly(
              "contacts.csv:1:1: a contacts file needs a header with a column 'email', but the"
                  + " first line is a contact: add a line of names before it");
    }

    @Test
    void standOnceAndHaveNames() {
      assertThat(faults("email,EMAIL,plan,,plan\n"))
          .containsExactly(
              "contacts.csv:1:1: each column stands once, but 'email' is column 1 and column 2",
              "contacts.csv:1:1: each column needs a name, but column 4 has none",
              "contacts.csv:1:1: each column stands once, but 'plan' is column 3 and column 5");
      assertThat(faults("email," + "x".repeat(201) + "\n"))
          .singleElement()
          .asString()
          .endsWith("at most 200 characters, but that of column 2 has 201");
    }

    @Test
    void areMissingInAnEmptyFile() {
      assertThat(faults(""))
          .containsExactly(
              "contacts.csv: the file is empty: it needs a header with a column 'email'");
      assertThat(faults("\n \n")).hasSize(1);
      assertThat(rows("email\n")).isEmpty();
    }

    @Test
    void withAQuoteThatIsNotClosedAreRefused() {
      assertThat(faults("email,\"name\n")).containsExactly("contacts.csv:1:1: " + UNCLOSED);
    }
  }

  @Nested
  class Separators {
    @Test
    void areFoundInTheHeader() {
      assertThat(rows("email;plan\nann@acme.example;a,b\n"))
          .containsExactly(good(2, "ann@acme.example", Map.of("plan", "a,b")));
      assertThat(rows("email\tplan\nann@acme.example\ta;b\n"))
          .containsExactly(good(2, "ann@acme.example", Map.of("plan", "a;b")));
      assertThat(rows("\"email\";\"a,b,c\"\n\"ann@acme.example\";\"x\"\n"))
          .containsExactly(good(2, "ann@acme.example", Map.of("a,b,c", "x")));
      assertThat(rows("email\nann@acme.example\n")).containsExactly(good(2, "ann@acme.example"));
    }

    @Test
    void areCommasWhereThereAreAsManyOfEach() {
      assertThat(rows("email,a;b\nann@acme.example,x\n"))
          .containsExactly(good(2, "ann@acme.example", Map.of("a;b", "x")));
    }
  }

  @Nested
  class Quotes {
    @Test
    void holdSeparatorsLineBreaksAndDoubledQuotes() {
      assertThat(
              rows(
                  "email,note\r\n\"ann@acme.example\",\"a, b\r\n\r\n\"\"c\"\"\"\r\n"
                      + "ben@acme.example,x"))
          .containsExactly(
              good(2, "ann@acme.example", Map.of("note", "a, b\r\n\r\n\"c\"")),
              good(5, "ben@acme.example", Map.of("note", "x")));
    }

    @Test
    void insideAPlainFieldAreText() {
      assertThat(rows("email,note\nann@acme.example,5\" pipe\n"))
          .containsExactly(good(2, "ann@acme.example", Map.of("note", "5\" pipe")));
    }

    @Test
    void thatAreNotClosedCostOneRow() {
      assertThat(
              rows("email,note\nann@acme.example,\"open\nben@acme.example,x\ncy@acme.example,y\n"))
          .containsExactly(
              new ContactRow.Bad(2, UNCLOSED),
              good(3, "ben@acme.example", Map.of("note", "x")),
              good(4, "cy@acme.example", Map.of("note", "y")));
    }

    @Test
    void thatSwallowTheNextQuoteCostTheRowsInvolved() {
      assertThat(
              rows(
                  """
                  email,note
                  ann@acme.example,"open
                  ben@acme.example,"x"
                  cy@acme.example,y
                  """))
          .containsExactly(
              new ContactRow.Bad(2, QuoteScan.BROKEN),
              good(3, "ben@acme.example", Map.of("note", "x")),
              good(4, "cy@acme.example", Map.of("note", "y")));
    }

    @Test
    void mayCloseAfterAThousandLinesAndNotAfterOneMore() {
      String thousand = "email,note\nann@acme.example,\"" + "\n".repeat(999) + "\"\n";
      assertThat(rows(thousand + "ben@acme.example,x\n"))
          .extracting(ContactRow::line)
          .containsExactly(2L, 1002L);
      String more = "email,note\nann@acme.example,\"" + "\n".repeat(1000) + "\",\n";
      assertThat(rows(more + "ben@acme.example,x\n"))
          .extracting(row -> row.line() + " " + row.getClass().getSimpleName())
          .containsExactly("2 Bad", "1002 Bad", "1003 Good");
    }
  }

  @Nested
  class Rows {
    @Test
    void withTooFewOrTooManyFieldsAreReportedAndTheOthersGoOn() {
      assertThat(rows("email,a\nann@acme.example\n\nben@acme.example,x\ncy@acme.example,x,y\n"))
          .containsExactly(
              new ContactRow.Bad(2, FIELDS + "2, but has 1" + CHECK),
              good(4, "ben@acme.example", Map.of("a", "x")),
              new ContactRow.Bad(5, FIELDS + "2, but has 3" + CHECK));
    }

    @Test
    void ofOneMillionCharactersAreReadAndLongerOnesSkipped() {
      String longest = "ann@acme.example," + "x".repeat(CsvLines.LONGEST - 18);
      List<ContactRow> rows =
          rows("email,a\n" + longest + "\n" + longest + "y\nben@acme.example,x\n");
      assertThat(rows).extracting(ContactRow::line).containsExactly(2L, 3L, 4L);
      assertThat(rows.get(0)).isInstanceOf(ContactRow.Good.class);
      assertThat(rows.get(1)).isEqualTo(new ContactRow.Bad(3, CsvLines.TOO_LONG));
      assertThat(rows.get(2)).isInstanceOf(ContactRow.Good.class);
    }

    @Test
    void endWithAnyLineBreakOrNone() {
      assertThat(rows("email\rann@acme.example\rben@acme.example"))
          .containsExactly(good(2, "ann@acme.example"), good(3, "ben@acme.example"));
    }

    @Test
    void thatAreBadShowNothingOfAPerson() {
      assertThat(rows("email,a\nann@acme.example\n").get(0).toString()).doesNotContain("ann");
      assertThat(rows("email\nann@acme.example\n").get(0).toString()).doesNotContain("ann");
    }

    @Test
    void areReadWhenTheStreamAsksForThem() {
      Endless reader = new Endless();
      Iterator<ContactRow> rows = ContactsCsv.read("endless", reader).iterator();
      assertThat(rows.next().line()).isEqualTo(2);
      assertThat(reader.given).isLessThan(100_000);
      for (long line = 3; line <= 200_000; line++) {
        assertThat(rows.next().line()).isEqualTo(line);
      }
    }

    @Test
    void failWithTheReaderWhenItFails() {
      Reader broken =
          new Reader() {
            private boolean first = true;

            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
              if (!first) {
                throw new IOException("disk gone");
              }
              first = false;
              "email\n".getChars(0, 6, buffer, offset);
              return 6;
            }

            @Override
            public void close() {}
          };
      Iterator<ContactRow> rows = ContactsCsv.read("broken", broken).iterator();
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(rows::next)
          .withMessageContaining("disk gone");
    }
  }

  @Nested
  class Encodings {
    private static final String CSV = "email,name\nann@acme.example,Jörg\nben@acme.example,Ünal\n";

    @Test
    void utf8IsReadWithAndWithoutByteOrderMark() throws IOException {
      List<ContactRow> without = file(CSV.getBytes(StandardCharsets.UTF_8));
      assertThat(file(("\uFEFF" + CSV).getBytes(StandardCharsets.UTF_8))).isEqualTo(without);
      assertThat(rows("\uFEFF" + CSV)).isEqualTo(without);
      assertThat(((ContactRow.Good) without.get(0)).contact().name()).isEqualTo("Jörg");
    }

    @Test
    void utf16IsNamed() {
      for (Charset charset :
          List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
        assertThatExceptionOfType(DefinitionException.class)
            .isThrownBy(() -> file(CSV.getBytes(charset)))
            .withMessageEndingWith(
                "contacts.csv: the file must be UTF-8, but is UTF-16: save it as UTF-8");
      }
    }

    @Test
    void latin1IsNamedWithItsFirstLine() {
      assertThatExceptionOfType(DefinitionException.class)
          .isThrownBy(() -> file(CSV.getBytes(StandardCharsets.ISO_8859_1)))
          .withMessageEndingWith(
              "contacts.csv: the file must be UTF-8, but looks like Latin-1 or Windows-1252 from"
                  + " line 2 on: save it as UTF-8");
    }

    @Test
    void oneStrayRowIsReportedAndTheOthersGoOn() throws IOException {
      byte[] bytes = (CSV + "cy@acme.example,J?rg\n").getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = bytes[i] == '?' ? (byte) 0xF6 : bytes[i];
      }
      assertThat(file(bytes))
          .hasSize(3)
          .endsWith(
              new ContactRow.Bad(
                  4,
                  "the text must be UTF-8, but has the byte 0xF6 here, as Latin-1 or Windows-1252"
                      + " have it: save it as UTF-8"));
    }

    @Test
    void aCharacterCutOffAtTheEndOfWhatIsLookedAtIsNoFault() throws IOException {
      // The first 64 KiB end in the middle of a character of two bytes, at either place.
      for (int shift = 0; shift < 2; shift++) {
        String csv = "email,name\n" + "x".repeat(shift) + "ö".repeat(40_000) + ",x\n";
        assertThat(file(csv.getBytes(StandardCharsets.UTF_8)))
            .singleElement()
            .isInstanceOf(ContactRow.Good.class);
      }
    }
  }

  @Test
  void aMissingFileAndAFolderAreNamed() {
    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> ContactsCsv.read(Path.of("nowhere.csv")))
        .withMessage(
            "nowhere.csv has a fault: nowhere.csv: there is no such file: correct the path");
    assertThatExceptionOfType(DefinitionException.class).isThrownBy(() -> ContactsCsv.read(folder));
  }

  /** Rows without end. */
  private static final class Endless extends Reader {
    private long given;
    private String rest = "email,name\n";

    @Override
    public int read(char[] buffer, int offset, int length) {
      if (rest.isEmpty()) {
        rest = "ann" + given + "@acme.example,\"Lee, Ann\"\n";
      }
      int count = Math.min(length, rest.length());
      rest.getChars(0, count, buffer, offset);
      rest = rest.substring(count);
      given += count;
      return count;
    }

    @Override
    public void close() {}
  }
}
