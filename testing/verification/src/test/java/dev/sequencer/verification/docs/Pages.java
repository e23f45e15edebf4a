package dev.sequencer.verification.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages of the source tree around this module, and the sources that they quote. */
final class Pages {
  private static final String SOURCES = "testing/verification/src/test/java";

  private static final Pattern LINK =
      Pattern.compile("\\]\\((?![a-z]+:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");

  private final Path root;

  private Pages(Path root) {
    this.root = root;
  }

  /**
   * A block of a page.
   *
   * @param place file and line
   * @param text what stands in it
   */
  record Block(String place, String text) {
    List<String> parts() {
      return Stream.of(text.split("\\n\\h*\\n"))
          .map(Pages::dense)
          .filter(p -> !p.isEmpty())
          .toList();
    }
  }

  /**
   * A source file.
   *
   * @param text what stands in it
   */
  record Source(String text) {
    Source {
      text = dense(text);
    }

    boolean has(Block block) {
      int from = 0;
      for (String part : block.parts()) {
        int found = text.indexOf(part, from);
        if (found < 0) {
          return false;
        }
        from = found + part.length();
      }
      return true;
    }
  }

  static Pages ofThisTree() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(here.resolve(SOURCES))) {
      here = here.getParent();
      if (here == null) {
        throw new IllegalStateException("no " + SOURCES + " above " + Path.of("").toAbsolutePath());
      }
    }
    return new Pages(here);
  }

  List<Block> javaBlocks() {
    return blocks("java");
  }

  /** Gives the blocks that are marked as of a language. */
  List<Block> blocks(String language) {
    Pattern marked =
        Pattern.compile(
            "^( *)```" + language + "\\h*\\n(.*?)^ *```\\h*$", Pattern.MULTILINE | Pattern.DOTALL);
    List<Block> blocks = new ArrayList<>();
    for (Path page : pages()) {
      String text = read(page);
      String name = root.relativize(page).toString().replace('\\', '/');
      Matcher matcher = marked.matcher(text);
      while (matcher.find()) {
        long line = text.substring(0, matcher.start()).lines().count() + 1;
        blocks.add(new Block(name + ":" + line, matcher.group(2)));
      }
    }
    return blocks;
  }

  /** Gives the README and the pages of the guide. */
  private List<Path> pages() {
    List<Path> pages = new ArrayList<>(files(root.resolve("docs"), ".md"));
    Path readme = root.resolve("README.md");
    if (Files.isRegularFile(readme)) {
      pages.add(readme);
    }
    return pages;
  }

  /** Gives the links to other pages and headings that lead nowhere, each with its page. */
  List<String> brokenLinks() {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(read(page));
      while (link.find()) {
        String file = link.group(1);
        Path target = file.isEmpty() ? page : page.resolveSibling(file);
        boolean there = Files.exists(target);
        boolean found = there && (link.group(2) == null || anchors(target).contains(link.group(2)));
        if (!found) {
          broken.add(root.relativize(page) + ": " + link.group());
        }
      }
    }
    return broken;
  }

  /** Gives the headings of a page as links name them. */
  private static List<String> anchors(Path page) {
    return read(page)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .toList();
  }

  List<Source> sources() {
    return files(root.resolve(SOURCES), ".java").stream().map(f -> new Source(read(f))).toList();
  }

  private static List<Path> files(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(file -> file.toString().endsWith(ending)).sorted().toList();
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

  private static String dense(String text) {
    return text.replaceAll("\\s+", "");
  }
}
