package dev.sequencer.spi;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where templates and files come from, by name. Read when a mail is prepared, so a changed template
 * is used from the next mail. Must be safe for use by several threads.
 */
public interface TemplateSource {
  /**
   * Gives the template of a name for a locale, by the chain of {@link #chain}.
   *
   * @throws RuntimeException when it cannot be read now; the step is tried again later
   */
  Optional<Template> template(String name, Locale locale);

  /**
   * Gives the bytes of a file, for attachments and inline images.
   *
   * @throws RuntimeException when it cannot be read now; the step is tried again later
   */
  Optional<byte[]> file(String name);

  /** Gives the names that could be meant, for "did you mean"; may be empty. */
  default List<String> names() {
    return List.of();
  }

  /** Gives the locales to look in: {@code de-AT}, {@code de}, root. */
  static List<Locale> chain(Locale locale) {
    if (locale.getLanguage().isEmpty()) {
      return List.of(Locale.ROOT);
    }
    Locale language = Locale.forLanguageTag(locale.getLanguage());
    return locale.equals(language)
        ? List.of(language, Locale.ROOT)
        : List.of(locale, language, Locale.ROOT);
  }

  /** Gives a source that has nothing. */
  static TemplateSource none() {
    return new TemplateSource() {
      @Override
      public Optional<Template> template(String name, Locale locale) {
        return Optional.empty();
      }

      @Override
      public Optional<byte[]> file(String name) {
        return Optional.empty();
      }
    };
  }

  /**
   * Gives a source over a folder of the class path. A template {@code welcome} is {@code
   * welcome.html}, {@code welcome.txt} or both, with {@code welcome.subject} or a first line {@code
   * Subject: ...} and a blank line in the text; {@code welcome.de-AT.html} and {@code
   * welcome.de.txt} are those of a locale. The most specific locale that has a body wins as a
   * whole; a subject that it lacks is taken from further up the chain.
   */
  static TemplateSource classpath(String folder) {
    return FileTemplates.classpath(folder);
  }

  /** Gives a source over a folder of the file system, named as in {@link #classpath}. */
  static TemplateSource folder(java.nio.file.Path folder) {
    return FileTemplates.folder(folder);
  }

  /** Gives a source over templates by name, for tests and small hosts. */
  static TemplateSource of(java.util.Map<String, Template> templates) {
    return FileTemplates.inMemory(templates);
  }
}
