package dev.sequencer.spi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The template sources that come with the API: class path, folder, map. */
final class FileTemplates implements TemplateSource {
  private static final int MOST_FILES = 10_000;
  private static final String SUBJECT_LINE = "Subject:";

  private final Function<String, Optional<byte[]>> files;
  private final java.util.function.Supplier<List<String>> names;
  private final UnaryOperator<List<String>> siblings;

  /**
   * Makes one.
   *
   * @param siblings gives the names of all files in the folder of the first of some files that
   *     exists, in the form in which those are named
   */
  private FileTemplates(
      Function<String, Optional<byte[]>> files,
      java.util.function.Supplier<List<String>> names,
      UnaryOperator<List<String>> siblings) {
    this.files = files;
    this.names = names;
    this.siblings = siblings;
  }

  static TemplateSource classpath(String folder) {
    // Taken here, on a thread of the host: the one that prepares mails may see other classes.
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return classpath(folder, loader == null ? FileTemplates.class.getClassLoader() : loader);
  }

  static TemplateSource classpath(String folder, ClassLoader loader) {
    String relative = folder.startsWith("/") ? folder.substring(1) : folder;
    String base = relative.isEmpty() || relative.endsWith("/") ? relative : relative + "/";
    return new FileTemplates(
        name -> resource(loader, base + safe(name)),
        List::of,
        some -> ClassPathFolder.siblings(loader, base, some));
  }

  static TemplateSource folder(Path folder) {
    return new FileTemplates(
        name -> file(folder.resolve(safe(name))),
        () -> list(folder),
        some -> list(folder.resolve(parent(safe(some.get(0)))), parent(some.get(0))));
  }

  static TemplateSource inMemory(Map<String, Template> templates) {
    Map<String, Template> copy = Map.copyOf(templates);
    return new TemplateSource() {
      @Override
      public Optional<Template> template(String name, Locale locale) {
        return TemplateSource.chain(locale).stream()
            .map(each -> ofLocale(copy.get(base(name, each)), each))
            .flatMap(Optional::stream)
            .findFirst();
      }

      private Optional<Template> ofLocale(@Nullable Template found, Locale locale) {
        return Optional.ofNullable(found)
            .map(
                it ->
                    it.locale().isEmpty() && !locale.equals(Locale.ROOT)
                        ? new Template(it.subject(), it.text(), it.html(), locale.toLanguageTag())
                        : it);
      }

      @Override
      public Optional<byte[]> file(String name) {
        return Optional.empty();
      }

      @Override
      public List<String> names() {
        return List.copyOf(new TreeSet<>(copy.keySet()));
      }

      @Override
      public List<Locale> locales(String name) {
        return localesOf(name, names());
      }
    };
  }

  @Override
  public Optional<Template> template(String name, Locale locale) {
    List<Locale> chain = TemplateSource.chain(locale);
    for (int i = 0; i < chain.size(); i++) {
      String base = base(name, chain.get(i));
      Optional<String> text = text(base + ".txt");
      Optional<String> html = text(base + ".html");
      if (text.isPresent() || html.isPresent()) {
        return Optional.of(assemble(name, text, html, chain.subList(i, chain.size())));
      }
    }
    return Optional.empty();
  }

  private Template assemble(
      String name, Optional<String> text, Optional<String> html, List<Locale> chain) {
    Optional<String> subject = text.flatMap(FileTemplates::subjectLine);
    Optional<String> body = subject.isPresent() ? text.map(FileTemplates::afterSubject) : text;
    for (int i = 0; i < chain.size() && subject.isEmpty(); i++) {
      String base = base(name, chain.get(i));
      subject = text(base + ".subject").map(String::strip);
      if (subject.isEmpty()) {
        subject = text(base + ".txt").flatMap(FileTemplates::subjectLine);
      }
    }
    return new Template(
        subject,
        body.filter(b -> !b.isBlank()),
        html,
        chain.get(0).equals(Locale.ROOT) ? "" : chain.get(0).toLanguageTag());
  }

  private static Optional<String> subjectLine(String text) {
    if (!text.regionMatches(true, 0, SUBJECT_LINE, 0, SUBJECT_LINE.length())) {
      return Optional.empty();
    }
    return Optional.of(
        text.lines().findFirst().orElse("").substring(SUBJECT_LINE.length()).strip());
  }

  private static String afterSubject(String text) {
    int line = text.indexOf('\n');
    if (line < 0) {
      return "";
    }
    String rest = text.substring(line + 1);
    int start = rest.startsWith("\r\n") ? 2 : rest.startsWith("\n") ? 1 : 0;
    return rest.substring(start);
  }

  private static String base(String name, Locale locale) {
    return locale.equals(Locale.ROOT) ? name : name + "." + locale.toLanguageTag();
  }

  private Optional<String> text(String name) {
    return files.apply(name).map(FileTemplates::decode);
  }

  private static String decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  @Override
  public Optional<byte[]> file(String name) {
    return files.apply(name);
  }

  @Override
  public List<String> names() {
    return names.get();
  }

  @Override
  public List<Locale> locales(String name) {
    List<String> bodies =
        siblings.apply(List.of(name + ".txt", name + ".html")).stream()
            .filter(file -> file.endsWith(".txt") || file.endsWith(".html"))
            .map(file -> file.substring(0, file.lastIndexOf('.')))
            .toList();
    return localesOf(name, bodies);
  }

  /** Gives the locales by which a name is followed among others, in the order of their tags. */
  private static List<Locale> localesOf(String name, List<String> names) {
    TreeSet<String> tags = new TreeSet<>();
    for (String each : names) {
      if (each.startsWith(name + ".")) {
        String tag = each.substring(name.length() + 1);
        Locale locale = Locale.forLanguageTag(tag);
        if (!locale.getLanguage().isEmpty() && locale.toLanguageTag().equals(tag)) {
          tags.add(tag);
        }
      }
    }
    return tags.stream().map(Locale::forLanguageTag).toList();
  }

  /** Gives the folder in front of a name, with its slash. */
  static String parent(String name) {
    return name.substring(0, name.lastIndexOf('/') + 1);
  }

  private static List<String> list(Path folder, String prefix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(path -> prefix + path.getFileName())
          .limit(MOST_FILES)
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  // A name comes from a definition and must not lead out of the folder.
  private static String safe(String name) {
    if (name.startsWith("/")
        || name.contains(":")
        || name.contains("\\")
        || name.contains("\0")
        || List.of(name.split("/", -1)).contains("..")) {
      throw new IllegalArgumentException(
          "the name of a template or file must stay inside its folder, but is '" + name + "'");
    }
    return name;
  }

  private static Optional<byte[]> resource(ClassLoader loader, String path) {
    URL url = loader.getResource(path);
    if (url == null) {
      return Optional.empty();
    }
    try {
      URLConnection connection = url.openConnection();
      // Else a jar stays open and a changed one is not seen.
      connection.setUseCaches(false);
      try (InputStream in = connection.getInputStream()) {
        return isFolder(connection) ? Optional.empty() : Optional.of(in.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read '" + path + "' of the class path", e);
    }
  }

  // Class loaders find folders as well; their bytes are a list of names.
  private static boolean isFolder(URLConnection connection) throws IOException {
    if (connection instanceof JarURLConnection jar) {
      return jar.getJarEntry() == null || jar.getJarEntry().isDirectory();
    }
    URL url = connection.getURL();
    return url.getProtocol().equals("file")
        && Files.isDirectory(Path.of(URI.create(url.toString())));
  }

  private static Optional<byte[]> file(Path path) {
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the file '" + path + "'", e);
    }
  }

  private static List<String> list(Path folder) {
    try (Stream<Path> files = Files.walk(folder, 5)) {
      TreeSet<String> found = new TreeSet<>();
      files
          .filter(Files::isRegularFile)
          .map(path -> folder.relativize(path).toString().replace('\\', '/'))
          .filter(name -> name.endsWith(".txt") || name.endsWith(".html"))
          .map(name -> name.substring(0, name.lastIndexOf('.')))
          .limit(1000)
          .forEach(found::add);
      return List.copyOf(found);
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }
}
