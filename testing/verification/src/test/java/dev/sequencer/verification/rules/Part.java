package dev.sequencer.verification.rules;

import java.util.List;

/**
 * One row of the table of the house.
 *
 * @param folder the last name of the module's folder
 * @param packages its packages below the root: "" is the root itself, "spi" includes what is below
 * @param uses the folders of the modules it may use, beside itself
 * @param libraries prefixes of the packages of others that it may use, beside the JDK's
 */
record Part(String folder, List<String> packages, List<String> uses, List<String> libraries) {
  Part {
    packages = List.copyOf(packages);
    uses = List.copyOf(uses);
    libraries = List.copyOf(libraries);
  }

  static Part part(String folder, String... packages) {
    return new Part(folder, List.of(packages), List.of(), List.of());
  }

  Part using(String... folders) {
    return new Part(folder, packages, List.of(folders), libraries);
  }

  Part on(String... prefixes) {
    return new Part(folder, packages, uses, List.of(prefixes));
  }
}
