package dev.sequencer.internal.mail;

import dev.sequencer.MailContent;
import dev.sequencer.spi.Template;
import dev.sequencer.spi.TemplateSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The template texts of a mail: those of the definition, which win, else those of its template.
 *
 * @param subject the subject
 * @param text the plain text
 * @param html the HTML
 * @param mark what is kept of them
 */
record MailTexts(
    Optional<MailText> subject,
    Optional<MailText> text,
    Optional<MailText> html,
    ComposedMail.TemplateMark mark) {

  private static final int HASH_BYTES = 8;

  /**
   * Reads them.
   *
   * @throws NotComposed when there is no such template or the source fails
   */
  static MailTexts of(MailContent.Source source, Locale locale, TemplateSource templates) {
    Optional<Template> template = source.template().map(name -> read(name, locale, templates));
    Optional<MailText> subject =
        text("subject", source, source.subject(), template, Template::subject);
    Optional<MailText> text = text("text", source, source.text(), template, Template::text);
    Optional<MailText> html = text("HTML", source, source.html(), template, Template::html);
    return new MailTexts(
        subject,
        text,
        html,
        new ComposedMail.TemplateMark(
            source.template(),
            template.map(Template::locale).orElse(""),
            hash(subject, text, html)));
  }

  private static Template read(String name, Locale locale, TemplateSource templates) {
    Optional<Template> found;
    try {
      found = templates.template(name, locale);
      if (found.isPresent()) {
        return found.get();
      }
    } catch (IllegalArgumentException refused) {
      throw NotComposed.refused(
          "the template source takes no template named '" + name + "': name one that it has");
    } catch (RuntimeException e) {
      throw NotComposed.unavailable("the template source", "template '" + name + "'", e);
    }
    throw NotComposed.missing(
        "there is no template '" + name + "'" + inLocale(locale) + ": add it to the source");
  }

  static String inLocale(Locale locale) {
    return locale.equals(Locale.ROOT)
        ? ""
        : " for locale " + locale.toLanguageTag() + " or a more general one";
  }

  private static Optional<MailText> text(
      String what,
      MailContent.Source source,
      Optional<String> own,
      Optional<Template> template,
      Function<Template, Optional<String>> part) {
    if (own.isPresent()) {
      return own.map(text -> new MailText(text, "the " + what + " of the definition", false));
    }
    String name = source.template().orElse("");
    return template
        .flatMap(part)
        .map(text -> new MailText(text, "the " + what + " of " + called(name, template), true));
  }

  private static String called(String name, Optional<Template> template) {
    String locale = template.map(Template::locale).orElse("");
    return "template '" + name + "'" + (locale.isEmpty() ? "" : " for locale " + locale);
  }

  @SafeVarargs
  private static String hash(Optional<MailText>... texts) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
    for (Optional<MailText> text : texts) {
      // The length first: the same characters split otherwise give another hash.
      byte[] bytes = text.map(MailText::source).orElse("").getBytes(StandardCharsets.UTF_8);
      digest.update((text.isPresent() ? bytes.length + ":" : "-").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
  }
}
