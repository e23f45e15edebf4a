package dev.sequencer.spi;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Lists what lies beside a file of the class path, where class path and file system allow it. */
final class ClassPathFolder {
  private static final int MOST_FILES = 10_000;

  private ClassPathFolder() {}

  /**
   * Gives the names of the files in the folder of the first of some files that exists, each with
   * the folder of that file; empty when none exists or its folder cannot be listed.
   *
   * @param base goes before each name, ends with a slash or is empty
   */
  static List<String> siblings(ClassLoader loader, String base, List<String> files) {
    for (String file : files) {
      URL url = loader.getResource(base + file);
      if (url != null) {
        try {
          return list(url.openConnection(), base, FileTemplates.parent(file));
        } catch (IOException e) {
          // A list is for checks alone; what cannot be read is told where it is read.
          return List.of();
        }
      }
    }
    return List.of();
  }

  private static List<String> list(URLConnection connection, String base, String folder)
      throws IOException {
    if (connection instanceof JarURLConnection jar) {
      // Else a jar stays open and a changed one is not seen.
      connection.setUseCaches(false);
      String prefix = base + folder;
      try (JarFile file = jar.getJarFile()) {
        return file.stream()
            .map(entry -> entry.getName())
            .filter(name -> name.startsWith(prefix) && name.indexOf('/', prefix.length()) < 0)
            .map(name -> name.substring(base.length()))
            .limit(MOST_FILES)
            .toList();
      }
    }
    if (!connection.getURL().getProtocol().equals("file")) {
      return List.of();
    }
    Path parent = Path.of(URI.create(connection.getURL().toString())).getParent();
    if (parent == null) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(parent)) {
      return files
          .filter(Files::isRegularFile)
          .map(path -> folder + path.getFileName())
          .limit(MOST_FILES)
          .toList();
    }
  }
}
