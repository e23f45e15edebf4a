package dev.sequencer.internal.mail;

import dev.sequencer.Problem;
import dev.sequencer.internal.text.DidYouMean;
import dev.sequencer.spi.Attachment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what is probably a mistake in a mail: an empty subject, HTML without text, placeholders
 * that were left over, links that are not https or lead to the reader's own machine, {@code cid:}
 * without its image, images without alternative text, HTML that is cut by Gmail.
 *
 * <p>Stateless; safe for use by several threads. Any text can be looked at.
 */
public final class MailLint {
  /** Gmail cuts the HTML of a mail behind so many bytes. */
  public static final int LONGEST_HTML = 102 * 1024;

  private static final int MOST_OF_A_KIND = 20;
  private static final Pattern SILENT_TAGS = Pattern.compile("\\{\\{[#^/!][^{}]{0,300}}}");
  private static final Pattern CID_IN_STYLE =
      Pattern.compile("url\\(\\s{0,9}['\"]?cid:([^'\")\\s]{1,200})", Pattern.CASE_INSENSITIVE);

  private final List<Problem> problems = new ArrayList<>();

  private final boolean filled;

  private MailLint(boolean filled) {
    this.filled = filled;
  }

  /**
   * Looks at a mail as it would be sent; places are {@code subject}, {@code text}, {@code html}.
   */
  public static List<Problem> of(ComposedMail mail) {
    return of(
        true,
        Optional.of(new Looked("subject", "the subject", mail.content().subject())),
        mail.content().text().map(text -> new Looked("text", "the text", text)),
        mail.content().html().map(html -> new Looked("html", "the HTML", html)),
        mail.content().attachments().stream()
            .map(Attachment::contentId)
            .flatMap(Optional::stream)
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  /**
   * Looks at the texts of a mail.
   *
   * @param filled whether they are filled; else the tags of a template are no mistake
   * @param subject its subject
   * @param text its plain text
   * @param html its HTML
   * @param contentIds the content ids of its inline images
   */
  static List<Problem> of(
      boolean filled,
      Optional<Looked> subject,
      Optional<Looked> text,
      Optional<Looked> html,
      Set<String> contentIds) {
    MailLint lint = new MailLint(filled);
    subject.ifPresent(lint::subject);
    text.ifPresent(lint::text);
    html.ifPresent(page -> lint.html(page, text.isPresent(), contentIds));
    return List.copyOf(lint.problems);
  }

  /**
   * A text to look at.
   *
   * @param place where it is
   * @param called what messages call it
   * @param content the text, filled or not
   */
  record Looked(String place, String called, String content) {
    void add(List<Problem> problems, String what) {
      problems.add(Problem.lint(place, called + " " + what));
    }
  }

  /** Says whether a text or HTML, filled or not, has a link to unsubscribe. */
  static boolean unsubscribes(Optional<String> text, Optional<String> html) {
    return text.filter(Links::unsubscribes).isPresent()
        || html.filter(page -> Links.unsubscribes(page(page))).isPresent();
  }

  private static HtmlPage page(String html) {
    return HtmlPage.of(SILENT_TAGS.matcher(html).replaceAll(""));
  }

  private void subject(Looked subject) {
    if (subject.content().isBlank()) {
      subject.add(problems, "is empty: write what the mail is about");
    }
    placeholders(subject, subject.content());
  }

  private void text(Looked text) {
    placeholders(text, text.content());
    links(text, Links.of(text.content()));
  }

  private void html(Looked html, boolean hasText, Set<String> contentIds) {
    if (!hasText) {
      html.add(
          problems, "has no text beside it: add one for readers and filters that show no HTML");
    }
    int bytes = html.content().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST_HTML) {
      html.add(
          problems,
          "should have at most "
              + LONGEST_HTML
              + " bytes (102 kB), behind which Gmail cuts it, but has "
              + bytes);
    }
    HtmlPage page = page(html.content());
    placeholders(html, page.shown() + " " + shownAttributes(page));
    links(html, Links.of(page));
    contentIds(html, page, contentIds);
    images(html, page);
  }

  private void placeholders(Looked where, String content) {
    for (String found : Placeholders.in(filled ? content : Placeholders.withoutTags(content))) {
      where.add(
          problems,
          "has "
              + MailRules.quoted(found)
              + ", which looks like a placeholder that was left over: put a variable such as"
              + " {{name}} or the real text there");
    }
  }

  private static String shownAttributes(HtmlPage page) {
    return page.tags().stream()
        .flatMap(
            tag -> Stream.of(tag.attribute("href"), tag.attribute("alt"), tag.attribute("title")))
        .filter(value -> !value.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private void links(Looked where, Set<String> links) {
    Set<String> local = new LinkedHashSet<>();
    Set<String> plain = new LinkedHashSet<>();
    for (String link : links) {
      if (Links.isLocal(link)) {
        local.add(Links.shown(link));
      } else if (Links.isPlain(link)) {
        plain.add(Links.shown(link));
      }
    }
    local.stream()
        .limit(MOST_OF_A_KIND)
        .forEach(
            link ->
                where.add(
                    problems,
                    "has the link "
                        + link
                        + ", which leads to the reader's own machine: use a public address"));
    plain.stream()
        .limit(MOST_OF_A_KIND)
        .forEach(
            link -> where.add(problems, "has the link " + link + ", which is not safe: use https"));
  }

  private void contentIds(Looked where, HtmlPage page, Set<String> known) {
    Set<String> shown = new LinkedHashSet<>();
    for (String link : Links.of(page)) {
      if (link.regionMatches(true, 0, "cid:", 0, 4)) {
        shown.add(link.substring(4));
      }
    }
    Matcher styles = CID_IN_STYLE.matcher(page.styles());
    while (styles.find()) {
      shown.add(styles.group(1));
    }
    shown.removeAll(known);
    shown.stream()
        .filter(id -> !id.contains("{{"))
        .limit(MOST_OF_A_KIND)
        .forEach(
            id ->
                where.add(
                    problems,
                    "shows "
                        + MailRules.quoted("cid:" + id)
                        + ", but no inline image has that content id: add it"
                        + DidYouMean.among(id, known)
                            .map(near -> ", or did you mean 'cid:" + near + "'?")
                            .orElse("")));
  }

  private void images(Looked where, HtmlPage page) {
    List<HtmlPage.Tag> silent =
        page.tags().stream()
            .filter(tag -> tag.name().equals("img") && !tag.attributes().containsKey("alt"))
            .toList();
    if (!silent.isEmpty()) {
      where.add(
          problems,
          "has "
              + (silent.size() == 1 ? "an image" : silent.size() + " images")
              + " without alternative text, the first is "
              + Links.shown(silent.get(0).attribute("src"))
              + ": add alt=\"...\", empty for mere decoration");
    }
  }
}
