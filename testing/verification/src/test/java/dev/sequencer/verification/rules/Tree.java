package dev.sequencer.verification.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The source tree around this module: what is there to be seen. */
final class Tree {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern MODULE_NAME =
      Pattern.compile("<automatic\\.module\\.name>([^<]+)</automatic\\.module\\.name>");
  private static final Pattern LOCATION = Pattern.compile("/([^/]+)/target/classes/");

  private final Path root;

  private Tree(Path root) {
    this.root = root;
  }

  static Tree aroundHere() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(here.resolve("sequencer-api"))) {
      here = here.getParent();
      if (here == null) {
        throw new IllegalStateException("no sequencer-api above " + Path.of("").toAbsolutePath());
      }
    }
    return new Tree(here);
  }

  /** The modules of the build as folders below the root, in the order of the parent's pom. */
  List<String> modules() {
    return MODULE.matcher(read(root.resolve("pom.xml"))).results().map(r -> r.group(1)).toList();
  }

  /** The Automatic-Module-Name of the module, "" when its pom has none. */
  String moduleName(String module) {
    Matcher matcher = MODULE_NAME.matcher(read(root.resolve(module).resolve("pom.xml")));
    return matcher.find() ? matcher.group(1) : "";
  }

  /** The folders that the jars are made of, of modules that have been compiled, but for some. */
  List<Path> classesBut(List<String> folders) {
    return modules().stream()
        .filter(m -> !folders.contains(lastName(m)))
        .map(m -> root.resolve(m).resolve("target/classes"))
        .filter(Files::isDirectory)
        .toList();
  }

  Path classesOf(String folder) {
    return modules().stream()
        .filter(m -> lastName(m).equals(folder))
        .map(m -> root.resolve(m).resolve("target/classes"))
        .findFirst()
        .orElseThrow();
  }

  boolean hasSources(String module, String packageName) {
    Path folder =
        root.resolve(module).resolve("src/main/java").resolve(packageName.replace('.', '/'));
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(f -> f.toString().endsWith(".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String lastName(String module) {
    return module.substring(module.lastIndexOf('/') + 1);
  }

  /** The folder of the module whose classes the type was read from. */
  static String folderOf(JavaClass type) {
    String uri = type.getSource().orElseThrow().getUri().toString();
    Matcher matcher = LOCATION.matcher(uri);
    return matcher.find() ? matcher.group(1) : uri;
  }
}
