package dev.sequencer.internal.mail;

/** Text inside HTML. */
final class HtmlText {
  private HtmlText() {}

  /**
   * Gives a text as it can stand between tags and in attributes, quoted or not: those characters
   * are written as references that could end a text, an attribute's value or the attribute.
   */
  static String escape(String text) {
    StringBuilder escaped = null;
    for (int i = 0; i < text.length(); i++) {
      String reference = reference(text.charAt(i));
      if (!reference.isEmpty() && escaped == null) {
        escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (escaped != null) {
        if (reference.isEmpty()) {
          escaped.append(text.charAt(i));
        } else {
          escaped.append(reference);
        }
      }
    }
    return escaped == null ? text : escaped.toString();
  }

  private static String reference(char c) {
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      case '\'' -> "&#39;";
      case '`' -> "&#96;";
      case '=' -> "&#61;";
      default -> "";
    };
  }

  /** Gives a text with the references of {@link #escape} read back. */
  static String unescape(String escaped) {
    if (escaped.indexOf('&') < 0) {
      return escaped;
    }
    return escaped
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#96;", "`")
        .replace("&#61;", "=")
        .replace("&amp;", "&");
  }
}
