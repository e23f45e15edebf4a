package dev.sequencer.verification.rules;

import static dev.sequencer.verification.rules.Part.part;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which packages each module has, and which modules and libraries it may use. A new module, package
 * or library gets its place here.
 *
 * @param root the package above all others
 * @param modules the rows
 */
record House(String root, List<Part> modules) {
  /** Annotations that leave nothing behind at run time. */
  private static final List<String> EVERYWHERE = List.of("org.jspecify");

  House {
    modules = List.copyOf(modules);
  }

  /** The house as it is meant, below the given root package. */
  static House below(String root) {
    return new House(
        root,
        List.of(
            // internal.text is the one internal package that others share: words for messages.
            part("sequencer-api", "", "spi", "internal.text"),
            part("store-inmemory", "inmemory").using("sequencer-api"),
            // core -> store-inmemory is the one exception: the forecast's store, and the default.
            part("sequencer-core", "internal")
                .using("sequencer-api", "store-inmemory")
                .on(
                    "org.slf4j",
                    "com.cronutils",
                    "com.fasterxml.jackson.core",
                    "com.github.mustachejava"),
            part("store-jdbc", "jdbc")
                .using("sequencer-api")
                .on(
                    "org.slf4j",
                    "java.sql",
                    "javax.sql",
                    "org.jdbi",
                    "org.sqlite",
                    "org.postgresql",
                    "com.zaxxer"),
            part("transport-mime", "mime")
                .using("sequencer-api")
                .on("jakarta.mail", "jakarta.activation", "org.eclipse.angus"),
            part("transport-smtp", "smtp")
                .using("sequencer-api", "transport-mime")
                .on("org.slf4j", "jakarta.mail", "jakarta.activation", "org.eclipse.angus"),
            part("files", "files")
                .using("sequencer-api", "sequencer-core")
                .on("org.snakeyaml.engine", "de.siegmar.fastcsv"),
            part("testkit", "testkit").using("sequencer-api").on("org.junit.jupiter.api"),
            part("tck", "tck")
                .using("sequencer-api", "testkit")
                .on(
                    "org.junit.jupiter",
                    "org.assertj",
                    // A server for the contract on PostgreSQL.
                    "io.zonky.test",
                    "com.zaxxer.hikari",
                    "java.sql",
                    "javax.sql"),
            part("cli", "cli")
                .using("sequencer-api", "store-jdbc", "transport-mime", "transport-smtp", "files")
                .on("picocli", "org.subethamail", "org.slf4j")));
  }

  Part module(String folder) {
    return modules.stream()
        .filter(m -> m.folder().equals(folder))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no module " + folder + " in the house"));
  }

  /** The module that the package belongs to, empty for a package that is not ours or homeless. */
  Optional<Part> owner(String packageName) {
    return modules.stream()
        .filter(m -> closeness(m, packageName) > 0)
        .max(Comparator.comparingInt(m -> closeness(m, packageName)));
  }

  boolean owns(Part module, String packageName) {
    return owner(packageName).filter(module::equals).isPresent();
  }

  /** How much of the name the module claims: the longest claim wins, 0 is none. */
  private int closeness(Part module, String packageName) {
    return module.packages().stream()
        .filter(p -> isIn(p, packageName))
        .mapToInt(p -> root.length() + 1 + p.length())
        .max()
        .orElse(0);
  }

  private boolean isIn(String relative, String packageName) {
    if (relative.isEmpty()) {
      return packageName.equals(root);
    }
    return isOrIsBelow(packageName, root + "." + relative);
  }

  boolean isOurs(String packageName) {
    return isOrIsBelow(packageName, root);
  }

  boolean allowsLibrary(Part module, String packageName) {
    if (packageName.isEmpty()) {
      return true; // primitives
    }
    if (anyOf(EVERYWHERE, packageName) || anyOf(module.libraries(), packageName)) {
      return true;
    }
    boolean jdk = packageName.startsWith("java.") || packageName.startsWith("javax.");
    return jdk && !anyOf(List.of("java.sql", "javax.sql"), packageName);
  }

  private static boolean anyOf(List<String> prefixes, String packageName) {
    return prefixes.stream().anyMatch(p -> isOrIsBelow(packageName, p));
  }

  static boolean isOrIsBelow(String packageName, String prefix) {
    return packageName.equals(prefix) || packageName.startsWith(prefix + ".");
  }
}
