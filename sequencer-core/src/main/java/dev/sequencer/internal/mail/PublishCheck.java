package dev.sequencer.internal.mail;

import dev.sequencer.MailContent;
import dev.sequencer.MailKind;
import dev.sequencer.Problem;
import dev.sequencer.Sequence;
import dev.sequencer.Step;
import dev.sequencer.spi.MailRenderer;
import dev.sequencer.spi.TemplateSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds all that is wrong or doubtful with the mails of a definition before it is published: reads
 * each template and file and fills nothing.
 *
 * <p>Template source and renderer are called on the caller's thread; what they throw becomes a
 * fault. Safe for use by several threads when these are.
 */
public final class PublishCheck {
  private final TextCheck texts;
  private final PartCheck parts;
  private final TemplateSource templates;
  private final List<Locale> locales;

  /**
   * Makes one.
   *
   * @param templates where templates and files are
   * @param renderer what reads the texts
   * @param locales the locales whose templates are looked at, beside those of the root and those
   *     that the source says it has
   */
  public PublishCheck(TemplateSource templates, MailRenderer renderer, Collection<Locale> locales) {
    this.templates = templates;
    this.texts = new TextCheck(templates, renderer);
    this.parts = new PartCheck(templates, texts);
    Set<Locale> all = new LinkedHashSet<>(List.of(Locale.ROOT));
    all.addAll(locales);
    this.locales = List.copyOf(all);
  }

  /** Checks the mails of a sequence; places begin with {@code steps.} and the key of the step. */
  public List<Problem> check(Sequence sequence) {
    List<Problem> problems = new ArrayList<>();
    boolean follows = false;
    for (Step step : path(sequence.steps())) {
      if (step instanceof Step.Email email) {
        MailKind kind = email.mail().kind().orElse(sequence.rules().kind());
        problems.addAll(check("steps." + step.key(), email.mail(), kind, follows));
        follows = true;
      }
    }
    return List.copyOf(problems);
  }

  /**
   * Checks one mail.
   *
   * @param place where it is
   * @param mail the mail
   * @param kind its kind
   * @param follows whether a mail comes before it whose thread it can answer
   */
  public List<Problem> check(String place, MailContent mail, MailKind kind, boolean follows) {
    Set<Problem> problems = new LinkedHashSet<>();
    thread(place, mail, follows, problems);
    parts.check(place, mail, problems);
    boolean needsLink = kind == MailKind.BULK && !PartCheck.hasUnsubscribeHeader(mail);
    for (Locale locale : locales(mail)) {
      // Of a template that cannot be read nothing more is said.
      texts
          .check(place, mail, locale, problems)
          .filter(found -> needsLink && !unsubscribes(found))
          .ifPresent(found -> problems.add(noWayOut(place, found)));
    }
    return List.copyOf(problems);
  }

  private static Problem noWayOut(String place, MailTexts texts) {
    String locale = texts.mark().locale();
    return Problem.fault(
        place,
        "bulk mail needs a way to unsubscribe, but "
            + (locale.isEmpty() ? "" : "that for locale " + locale + " ")
            + "has neither a List-Unsubscribe header nor a link that is called so: add the header"
            + " with an https address in angle brackets, or a link");
  }

  private Set<Locale> locales(MailContent mail) {
    Set<Locale> all = new LinkedHashSet<>(locales);
    Optional<String> name = mail.source().template();
    if (name.isPresent()) {
      try {
        all.addAll(templates.locales(name.get()));
      } catch (RuntimeException e) {
        // A source that fails says so when the template itself is read.
        return all;
      }
    }
    return all;
  }

  private static boolean unsubscribes(MailTexts texts) {
    return MailLint.unsubscribes(
        texts.text().map(MailText::source), texts.html().map(MailText::source));
  }

  private static void thread(
      String place, MailContent mail, boolean follows, Set<Problem> problems) {
    if (mail.inThread() && !follows) {
      problems.add(
          Problem.fault(
              place + ".inThread",
              "a mail in a thread answers an earlier e-mail, but none comes before it: take"
                  + " inThread out"));
    } else if (mail.inThread() && mail.source().subject().isPresent()) {
      problems.add(
          Problem.lint(
              place + ".subject",
              "a mail in a thread is called 'Re: ' and the subject of the first, so its own is not"
                  + " shown: take it or inThread out"));
    }
  }

  /** Gives the steps in the order in which they are reached. */
  private static List<Step> path(List<Step> steps) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      places.put(steps.get(i).key(), i);
    }
    List<Step> path = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    int at = 0;
    while (at < steps.size() && seen.add(at)) {
      Step step = steps.get(at);
      path.add(step);
      int following = at + 1;
      at = step.next().map(key -> places.getOrDefault(key, steps.size())).orElse(following);
    }
    return path;
  }
}
