package dev.sequencer.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The example and fault files, and the environment that they are read in. */
final class Examples {
  static final Path GOOD = Path.of("src/test/resources/examples");
  static final Path FAULTS = Path.of("src/test/resources/faults");
  static final String SECRET = "s3cret-value";
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "SMTP_PASSWORD", SECRET,
          "BEN_TOKEN", "t0ken",
          "EMPTY", "",
          "WRONG", SECRET,
          "SEQUENCER_DAN_PASSWORD", "dans");

  private Examples() {}

  static List<Path> in(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isSequence(Path file) {
    return file.getParent().endsWith("sequences")
        || file.getFileName().toString().startsWith("sequence-");
  }

  static void read(Path file) {
    if (isSequence(file)) {
      SequenceFile.read(file);
    } else {
      ConfigurationFile.read(file, ENVIRONMENT);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
