package dev.sequencer.internal.text;

/**
 * Makes a text from outside (a server's reply, a header, an event) fit for every store: no NUL, no
 * lone surrogate, not longer than a limit.
 */
public final class OutsideText {
  private OutsideText() {}

  /**
   * Gives the text with each NUL and each lone surrogate replaced by U+FFFD, cut to at most {@code
   * longest} characters without splitting a pair.
   */
  public static String clean(String text, int longest) {
    int end = Math.min(text.length(), longest);
    if (end < text.length() && end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    StringBuilder cleaned = null;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < end
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (c == '\0' || Character.isSurrogate(c)) {
        if (cleaned == null) {
          cleaned = new StringBuilder(text.substring(0, end));
        }
        cleaned.setCharAt(i, '\uFFFD');
      }
    }
    return cleaned == null ? text.substring(0, end) : cleaned.toString();
  }
}
