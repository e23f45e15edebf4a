package dev.sequencer.spi;

import java.util.Objects;
import java.util.Optional;

/**
 * A template as its source gives it; each part is a template text of the renderer's language.
 *
 * @param subject the subject
 * @param text the plain text
 * @param html the HTML
 * @param locale the locale it was found for as a BCP 47 tag; empty for the root
 */
public record Template(
    Optional<String> subject, Optional<String> text, Optional<String> html, String locale) {
  /** Checks that nothing is missing. */
  public Template {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(html, "html");
    Objects.requireNonNull(locale, "locale");
  }

  /** Gives a template for every locale. */
  public static Template of(String subject, String text) {
    return new Template(Optional.of(subject), Optional.of(text), Optional.empty(), "");
  }

  /** Gives the same with HTML. */
  public Template html(String body) {
    return new Template(subject, text, Optional.of(body), locale);
  }
}
