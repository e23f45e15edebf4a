package dev.sequencer.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sequencer.DefinitionException;
import dev.sequencer.internal.definition.Definitions;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of a text: it is read, or refused with its faults, and nothing else happens. */
class SpoiltTextTest {
  private static final long SEED = 20_261_125L;
  private static final int RUNS = 500;
  private static final String[] PIECES = {
    "\"", "'", "{", "}", "[", "]", ":", ": ", ",", "- ", "\n", "\n  ", "\t", "#", "&a ", "*a",
    "!x ", "? ", "| ", "> ", "%", "@", "`", "\\", "\0", "\uD800", "\uFEFF", "${", "${A}", "$${",
    "~", "null", "1e9", ".nan", "0x", "<<: ", "---\n", "...\n", "\u2028", "\r", ";", "\\u0000"
  };

  @TempDir Path folder;

  private interface Reading {
    void read(String text) throws Exception;
  }

  private static void spoil(String text, Reading reading) {
    int refused = 0;
    for (long seed = SEED; seed < SEED + RUNS; seed++) {
      String spoilt = spoilt(text, new Random(seed));
      try {
        reading.read(spoilt);
      } catch (DefinitionException e) {
        refused++;
        assertThat(e.faults()).isNotEmpty();
      } catch (Throwable e) {
        fail("seed " + seed + " of\n" + spoilt, e);
      }
    }
    assertThat(refused).isBetween(RUNS / 20, RUNS);
  }

  private static String spoilt(String text, Random random) {
    StringBuilder spoilt = new StringBuilder(text);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int from = random.nextInt(spoilt.length());
      int to = Math.min(spoilt.length(), from + random.nextInt(6));
      spoilt.replace(from, to, random.nextInt(4) == 0 ? "" : PIECES[random.nextInt(PIECES.length)]);
    }
    return spoilt.toString();
  }

  @Test
  void aSequenceFile() {
    String text = Examples.text(Examples.GOOD.resolve("sequences/renewal.yml"));
    spoil(text, SequenceFile::parse);
  }

  @Test
  void aConfiguration() {
    String text = Examples.text(Examples.GOOD.resolve("full.yaml"));
    Path file = folder.resolve("spoilt.yaml");
    spoil(
        text.replace("./mail", "./").replace("- ./sequences\n", ""),
        spoilt -> {
          Files.write(file, spoilt.getBytes(StandardCharsets.UTF_8));
          ConfigurationFile.read(file, Examples.ENVIRONMENT);
        });
  }

  @Test
  void theJsonOfASequence() {
    String text =
        Definitions.toJson(SequenceFile.read(Examples.GOOD.resolve("sequences/renewal.yml")));
    spoil(text, Definitions::sequence);
  }

  @Test
  void aContactsFile() {
    String text =
        "email;name;note\nann@acme.example;Ann;\"a;\n\"\"b\"\"\"\nben@acme.example;Ben;x\n";
    spoil(
        text,
        spoilt -> {
          try (Stream<ContactRow> rows = ContactsCsv.read("x.csv", new StringReader(spoilt))) {
            List<Long> lines = rows.map(ContactRow::line).toList();
            assertThat(lines).isSorted().doesNotHaveDuplicates();
          }
        });
  }
}
