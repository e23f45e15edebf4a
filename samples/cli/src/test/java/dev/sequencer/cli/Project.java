package dev.sequencer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The example project in a folder of its own, and the command line in it. */
final class Project {
  private final Path folder;
  private final boolean terminal;
  private final Map<String, String> environment;

  private Project(Path folder, boolean terminal, Map<String, String> environment) {
    this.folder = folder;
    this.terminal = terminal;
    this.environment = environment;
  }

  static Project empty(Path folder) {
    return new Project(folder, false, Map.of());
  }

  /** Copies the example project that users find. */
  static Project example(Path folder) {
    Path example = Path.of("example").toAbsolutePath();
    try (Stream<Path> files = Files.walk(example)) {
      for (Path file : files.toList()) {
        Path copy = folder.resolve(example.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return empty(folder);
  }

  /** Copies the example and enrolls its three contacts as 1, 2 and 3. */
  static Project enrolled(Path folder) {
    Project project = example(folder);
    Outcome outcome =
        project.run("enroll", "onboarding", "--contacts", project.file("contacts.csv"));
    if (outcome.code() != 0) {
      throw new IllegalStateException(outcome.err());
    }
    return project;
  }

  Project onTerminal() {
    return new Project(folder, true, environment);
  }

  Project with(String variable, String value) {
    return new Project(folder, terminal, Map.of(variable, value));
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  String file(String name) {
    return path(name).toString();
  }

  /** Writes a file, lines ended by line feeds. */
  Project write(String name, String... lines) {
    try {
      Files.createDirectories(path(name).getParent());
      Files.writeString(path(name), String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Replaces a text in a file that holds it. */
  Project replace(String name, String old, String with) {
    try {
      String text = Files.readString(path(name));
      if (!text.contains(old)) {
        throw new IllegalArgumentException("'" + old + "' does not stand in " + name);
      }
      Files.writeString(path(name), text.replace(old, with));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Runs a command as a user in this folder would. */
  Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Surroundings around =
        new Surroundings(folder, environment, InstantSource.system(), terminal, "tester");
    int code = Main.run(around, new PrintWriter(out), new PrintWriter(err), arguments);
    return new Outcome(code, out.toString(), err.toString());
  }

  /**
   * What a command did.
   *
   * @param code its exit code
   * @param out its standard output
   * @param err its standard error
   */
  record Outcome(int code, String out, String err) {
    /** Gives something of the JSON it wrote. */
    Object json(Object... path) {
      return JsonReader.get(JsonReader.read(out), path);
    }

    List<String> errors() {
      return err.lines().toList();
    }
  }
}
