package dev.sequencer.internal.mail;

import dev.sequencer.MailContent;
import dev.sequencer.Problem;
import dev.sequencer.internal.text.DidYouMean;
import dev.sequencer.spi.MailRenderer;
import dev.sequencer.spi.MailRenderer.RenderException;
import dev.sequencer.spi.TemplateSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks subject and bodies of a mail before they are filled. */
final class TextCheck {
  private final TemplateSource templates;
  private final MailRenderer renderer;

  TextCheck(TemplateSource templates, MailRenderer renderer) {
    this.templates = Objects.requireNonNull(templates, "templates");
    this.renderer = Objects.requireNonNull(renderer, "renderer");
  }

  /** Gives the texts, when they could be read, and adds what is wrong with them. */
  Optional<MailTexts> check(String place, MailContent mail, Locale locale, Set<Problem> problems) {
    MailTexts texts;
    try {
      texts = MailTexts.of(mail.source(), locale, templates);
    } catch (NotComposed e) {
      problems.add(Problem.fault(place + ".template", e.getMessage() + nearby(mail.source())));
      return Optional.empty();
    }
    if (texts.subject().isEmpty() && !mail.inThread()) {
      problems.add(
          Problem.fault(
              place + ".subject", "the mail has no subject: give it or its template one"));
    }
    if (texts.text().isEmpty() && texts.html().isEmpty()) {
      problems.add(
          Problem.fault(place, "the mail has neither text nor HTML: give it or its template one"));
    }
    Optional<MailLint.Looked> subject = looked(place, ".subject", texts.subject(), problems);
    Optional<MailLint.Looked> text = looked(place, ".text", texts.text(), problems);
    Optional<MailLint.Looked> html = looked(place, ".html", texts.html(), problems);
    problems.addAll(MailLint.of(false, subject, text, html, contentIds(mail)));
    return Optional.of(texts);
  }

  private static Set<String> contentIds(MailContent mail) {
    return mail.attachments().stream()
        .map(MailContent.AttachmentName::contentId)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  private Optional<MailLint.Looked> looked(
      String place, String part, Optional<MailText> text, Set<Problem> problems) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String where = place + (text.get().template() ? ".template" : part);
    Optional<Problem> fault =
        part.equals(".subject") ? lineFault(where, text.get()) : fault(where, text.get());
    fault.ifPresent(problems::add);
    return fault.isPresent()
        ? Optional.empty()
        : text.map(found -> new MailLint.Looked(where, found.called(), found.source()));
  }

  /** Says why a text cannot be filled; empty when it can. */
  Optional<Problem> fault(String place, MailText text) {
    if (text.source().indexOf('\uFFFD') >= 0) {
      return Optional.of(
          Problem.fault(
              place,
              text.called()
                  + " has the character U+FFFD, which stands for one that could not be read: save"
                  + " it as UTF-8"));
    }
    try {
      renderer.variables(text.source());
      return Optional.empty();
    } catch (RenderException e) {
      return Optional.of(Problem.fault(place, text.called() + ": " + e.getMessage()));
    } catch (RuntimeException e) {
      return Optional.of(
          Problem.fault(
              place,
              "the renderer failed on " + text.called() + " with " + e.getClass().getName()));
    }
  }

  /** Says why a text cannot be filled to one line, whatever the values; empty when it can. */
  Optional<Problem> lineFault(String place, MailText text) {
    return fault(place, text)
        .or(
            () ->
                MailRules.lineFault(text.called(), Placeholders.withoutTags(text.source().strip()))
                    .map(fault -> Problem.fault(place, fault)));
  }

  private String nearby(MailContent.Source source) {
    String wanted = source.template().orElse("");
    List<String> names;
    try {
      names = List.copyOf(templates.names());
    } catch (RuntimeException e) {
      // The fault that is told anyway is the one that counts.
      return "";
    }
    Optional<String> localised = names.stream().filter(n -> n.startsWith(wanted + ".")).findFirst();
    return localised
        .map(name -> "; there is '" + name + "', but other locales need one without a locale")
        .or(() -> DidYouMean.among(wanted, names).map(near -> ", or did you mean '" + near + "'?"))
        .orElse("");
  }
}
