package dev.sequencer.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder that a demo leaves. */
final class DemoFolder {
  /** A folder with this file in it was made by a demo and may be made anew. */
  private static final String MARK = ".sequencer-demo";

  private static final List<String> RESOURCES =
      List.of(
          "sequencer.yaml",
          "contacts.csv",
          "mail/welcome.txt",
          "mail/welcome.html",
          "mail/welcome.de.txt",
          "mail/tips.txt",
          "mail/story.txt",
          "mail/story.html",
          "mail/offer.txt");

  private final Path root;

  private DemoFolder(Path root) {
    this.root = root;
  }

  /**
   * Makes the folder, or empties the one of an earlier demo.
   *
   * @throws IllegalArgumentException when it holds something else
   */
  static DemoFolder make(Path root) throws IOException {
    if (Files.exists(root)) {
      checkOurs(root);
      clear(root);
    }
    DemoFolder folder = new DemoFolder(root);
    Files.createDirectories(folder.mails());
    Files.writeString(root.resolve(MARK), "made by ./sequencer demo, which makes it anew\n");
    for (String name : RESOURCES) {
      Path file = root.resolve(name);
      Files.createDirectories(root.resolve("mail"));
      Files.write(file, resource(name));
    }
    return folder;
  }

  private static void checkOurs(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new IllegalArgumentException(
          "the demo needs a folder to write to, but '" + root + "' is a file: name another --out");
    }
    if (Files.exists(root.resolve(MARK))) {
      return;
    }
    try (Stream<Path> inside = Files.list(root)) {
      if (inside.findAny().isPresent()) {
        throw new IllegalArgumentException(
            "the demo empties only a folder of an earlier demo, but '"
                + root
                + "' holds something else: name another --out, or empty it yourself");
      }
    }
  }

  private static void clear(Path root) throws IOException {
    List<Path> old;
    try (Stream<Path> files = Files.walk(root)) {
      old = files.filter(file -> !file.equals(root)).sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : old) {
      Files.delete(file);
    }
  }

  /** Gives a file of the demo that travels in the jar. */
  static byte[] resource(String name) throws IOException {
    try (InputStream in = DemoFolder.class.getResourceAsStream("/demo/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks its resource demo/" + name);
      }
      return in.readAllBytes();
    }
  }

  Path root() {
    return root;
  }

  Path configuration() {
    return root.resolve("sequencer.yaml");
  }

  Path contacts() {
    return root.resolve("contacts.csv");
  }

  Path mails() {
    return root.resolve("mails");
  }

  Path page() {
    return root.resolve("index.html");
  }
}
