package dev.sequencer.spi;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where templates and files come from, by name. Read when a mail is prepared, so a changed template
 * is used from the next mail. Must be safe for use by several threads.
 */
public interface TemplateSource {
  /**
   * Gives the template of a name for a locale, by the chain of {@link #chain}.
   *
   * @throws IllegalArgumentException when the name can never be one: the mail fails
   * @throws RuntimeException when it cannot be read now; the step is tried again later
   */
  Optional<Template> template(String name, Locale locale);

  /**
   * Gives the bytes of a file, for attachments and inline images.
   *
   * @throws IllegalArgumentException when the name can never be one: the mail fails
   * @throws RuntimeException when it cannot be read now; the step is tried again later
   */
  Optional<byte[]> file(String name);

  /** Gives the names that could be meant, for "did you mean"; may be empty. */
  default List<String> names() {
    return List.of();
  }

  /**
   * Gives the locales, without the root, that have a template of this name of their own, so that
   * publishing a sequence checks each; may be empty, then only the root's is checked.
   */
  default List<Locale> locales(String name) {
    return List.of();
  }

  /**
   * Gives the locales to look in, the nearest first: {@code de-AT}, {@code de}, root; {@code
   * zh-Hant-TW}, {@code zh-Hant}, {@code zh-TW}, {@code zh}, root.
   */
  static List<Locale> chain(Locale locale) {
    if (locale.getLanguage().isEmpty()) {
      return List.of(Locale.ROOT);
    }
    Locale plain = locale.stripExtensions();
    Locale.Builder language = new Locale.Builder().setLanguage(plain.getLanguage());
    Set<Locale> chain = new LinkedHashSet<>();
    chain.add(plain);
    chain.add(language.setScript(plain.getScript()).setRegion(plain.getCountry()).build());
    chain.add(language.setRegion("").build());
    chain.add(language.setScript("").setRegion(plain.getCountry()).build());
    chain.add(language.setRegion("").build());
    chain.add(Locale.ROOT);
    return List.copyOf(chain);
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
   * whole; a subject that it lacks is taken from further up the chain. Files are UTF-8. The class
   * loader is that of the calling thread's context. The locales of a template are those beside the
   * one without a locale, in the same folder or jar.
   */
  static TemplateSource classpath(String folder) {
    return FileTemplates.classpath(folder);
  }

  /** Gives a source over a folder of the file system, named as in {@link #classpath}. */
  static TemplateSource folder(java.nio.file.Path folder) {
    return FileTemplates.folder(folder);
  }

  /**
   * Gives a source over templates by name, for tests and small hosts; {@code welcome.de-AT} is the
   * {@code welcome} of a locale. It has no files.
   */
  static TemplateSource of(java.util.Map<String, Template> templates) {
    return FileTemplates.inMemory(templates);
  }
}
