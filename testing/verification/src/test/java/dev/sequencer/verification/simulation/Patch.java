package dev.sequencer.verification.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A unified diff of one file. It applies where its lines stand, exactly, or not at all.
 *
 * @param name of the mutation, as its file without {@code .patch}
 * @param file the path of the source, from the root of the project
 * @param hunks what is replaced by what
 */
record Patch(String name, String file, List<Hunk> hunks) {
  /** Some lines and those in their place. */
  record Hunk(List<String> before, List<String> after) {}

  /** Gives the root of the project, which tests run two folders below. */
  static Path root() {
    return Path.of("").toAbsolutePath().getParent().getParent();
  }

  /** Gives all that are kept, by name. */
  static List<Patch> all() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src", "mutations"))) {
      List<Patch> patches = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        patches.add(read(file));
      }
      return patches;
    }
  }

  private static Patch read(Path path) throws IOException {
    String file = "";
    List<Hunk> hunks = new ArrayList<>();
    for (String line : Files.readAllLines(path)) {
      if (line.startsWith("--- a/")) {
        file = line.substring("--- a/".length());
      } else if (line.startsWith("@@")) {
        hunks.add(new Hunk(new ArrayList<>(), new ArrayList<>()));
      } else if (!line.startsWith("+++") && !hunks.isEmpty()) {
        add(hunks.get(hunks.size() - 1), line);
      }
    }
    return new Patch(path.getFileName().toString().replace(".patch", ""), file, hunks);
  }

  private static void add(Hunk hunk, String line) {
    char kind = line.isEmpty() ? ' ' : line.charAt(0);
    String text = line.isEmpty() ? "" : line.substring(1);
    if (kind != '+') {
      hunk.before().add(text);
    }
    if (kind != '-') {
      hunk.after().add(text);
    }
  }

  /**
   * Gives the source as it is changed.
   *
   * @throws IllegalStateException when a hunk does not stand there exactly once
   */
  String applied() throws IOException {
    String source = "\n" + Files.readString(root().resolve(file));
    for (Hunk hunk : hunks) {
      String before = "\n" + String.join("\n", hunk.before()) + "\n";
      int at = source.indexOf(before);
      if (at < 0 || source.indexOf(before, at + 1) >= 0) {
        throw new IllegalStateException(
            "mutation " + name + " applies no more to " + file + ": make it anew");
      }
      source =
          source.substring(0, at)
              + "\n"
              + String.join("\n", hunk.after())
              + "\n"
              + source.substring(at + before.length());
    }
    return source.substring(1);
  }
}
