package dev.sequencer.internal.mail;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a lint needs to know of HTML: its start tags with their attributes, the text that is shown
 * and the styles. Comments, declarations and scripts are passed over; what is never closed ends the
 * page, as in a browser. Any text can be scanned, in a time that grows with its length only.
 */
final class HtmlPage {
  private final String html;
  private final List<Tag> tags = new ArrayList<>();
  private final StringBuilder shown = new StringBuilder();
  private final StringBuilder styles = new StringBuilder();
  private final List<Integer> anchorEnds = new ArrayList<>();
  private int at;

  private HtmlPage(String html) {
    this.html = html;
  }

  /**
   * A start tag.
   *
   * @param name its name in lower case
   * @param attributes its attributes by name in lower case; the first of a name counts
   * @param shownFrom how many characters are shown before it
   */
  record Tag(String name, Map<String, String> attributes, int shownFrom) {
    Tag {
      attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    String attribute(String attribute) {
      return attributes.getOrDefault(attribute, "");
    }
  }

  static HtmlPage of(String html) {
    HtmlPage page = new HtmlPage(html);
    page.scan();
    return page;
  }

  List<Tag> tags() {
    return Collections.unmodifiableList(tags);
  }

  /** Gives the text between the tags, a blank for each tag. */
  String shown() {
    return shown.toString();
  }

  /** Gives the text that an {@code a} holds, at most so many characters. */
  String label(Tag anchor, int most) {
    int found = Collections.binarySearch(anchorEnds, anchor.shownFrom());
    int next = found >= 0 ? found : -found - 1;
    int end = next < anchorEnds.size() ? anchorEnds.get(next) : shown.length();
    return shown.substring(anchor.shownFrom(), Math.min(end, anchor.shownFrom() + most));
  }

  /** Gives the style sheets and the style attributes. */
  String styles() {
    return styles.toString();
  }

  private void scan() {
    while (at < html.length()) {
      int open = html.indexOf('<', at);
      shown.append(html, at, open < 0 ? html.length() : open);
      if (open < 0) {
        return;
      }
      at = open;
      char next = open + 1 < html.length() ? html.charAt(open + 1) : ' ';
      if (html.startsWith("<!--", open)) {
        // From the second hyphen on: <!--> is a whole comment.
        skipBehind("-->", open + 2);
      } else if (next == '!' || next == '?' || next == '/') {
        if (html.regionMatches(true, open, "</a>", 0, 4)) {
          anchorEnds.add(shown.length());
        }
        skipBehind(">", open);
        shown.append(' ');
      } else if (isLetter(next)) {
        startTag();
      } else {
        shown.append('<');
        at = open + 1;
      }
    }
  }

  private void skipBehind(String end, int from) {
    int found = html.indexOf(end, from);
    at = found < 0 ? html.length() : found + end.length();
  }

  private void startTag() {
    at++;
    String name = word("/>").toLowerCase(Locale.ROOT);
    Map<String, String> attributes = new LinkedHashMap<>();
    while (at < html.length()) {
      skip("/");
      if (at < html.length() && html.charAt(at) == '>') {
        at++;
        shown.append(' ');
        tags.add(new Tag(name, attributes, shown.length()));
        styles.append(attributes.getOrDefault("style", "")).append('\n');
        if (name.equals("style") || name.equals("script")) {
          rawContent(name);
        }
        return;
      }
      attribute(attributes);
    }
  }

  private void attribute(Map<String, String> attributes) {
    int start = at;
    if (at < html.length() && html.charAt(at) == '=') {
      at++;
    }
    word("=/>");
    String name = html.substring(start, at).toLowerCase(Locale.ROOT);
    skip("");
    String value = "";
    if (at < html.length() && html.charAt(at) == '=') {
      at++;
      skip("");
      value = value();
    }
    if (!name.isEmpty()) {
      attributes.putIfAbsent(name, HtmlText.unescape(value));
    }
  }

  private String value() {
    if (at == html.length()) {
      return "";
    }
    char quote = html.charAt(at);
    if (quote != '"' && quote != '\'') {
      return word(">");
    }
    int start = at + 1;
    skipBehind(String.valueOf(quote), start);
    return html.substring(start, Math.max(start, at - 1));
  }

  private void rawContent(String name) {
    int start = at;
    String end = "</" + name;
    while (at < html.length() && !html.regionMatches(true, at, end, 0, end.length())) {
      at++;
    }
    if (name.equals("style")) {
      styles.append(html, start, at).append('\n');
    }
  }

  /** Goes to the next blank or one of some characters; gives what it passes. */
  private String word(String ends) {
    int start = at;
    while (at < html.length() && !isBlank(html.charAt(at)) && ends.indexOf(html.charAt(at)) < 0) {
      at++;
    }
    return html.substring(start, at);
  }

  private void skip(String also) {
    while (at < html.length() && (isBlank(html.charAt(at)) || also.indexOf(html.charAt(at)) >= 0)) {
      at++;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
