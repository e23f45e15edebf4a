package dev.sequencer.internal.mail;

import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;

/**
 * The text of a template while it is read: knows how far it was read and on which line and column a
 * position is. Every end of line is {@code \n}.
 */
final class MustacheText extends StringReader {
  private final String text;
  private final int[] lineStarts;
  private int at;
  private int marked;
  private boolean ended;

  private MustacheText(String text) {
    super(text);
    this.text = text;
    lineStarts = new int[(int) text.chars().filter(c -> c == '\n').count() + 1];
    int line = 0;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      lineStarts[++line] = i + 1;
    }
  }

  static MustacheText of(String template) {
    return new MustacheText(template.replace("\r\n", "\n").replace('\r', '\n'));
  }

  @Override
  public int read() throws IOException {
    int c = super.read();
    ended = c < 0;
    at += ended ? 0 : 1;
    return c;
  }

  @Override
  public void mark(int limit) throws IOException {
    super.mark(limit);
    marked = at;
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    at = marked;
    ended = false;
  }

  /** Says whether the last character that was asked for did not exist. */
  boolean ended() {
    return ended;
  }

  /** Gives how far it was read. */
  int position() {
    return at;
  }

  int length() {
    return text.length();
  }

  /** Gives where something begins that was just read, up to a tag's end behind it. */
  int startOf(String content) {
    return Math.max(text.lastIndexOf(content, at - content.length()), 0);
  }

  String between(int from, int to) {
    return text.substring(from, to);
  }

  /** Gives the start of the line when only blanks stand between it and a position; else -1. */
  int blankBefore(int position) {
    int start = position;
    while (start > 0 && isBlank(text.charAt(start - 1))) {
      start--;
    }
    return start == 0 || text.charAt(start - 1) == '\n' ? start : -1;
  }

  /** Gives the start of the next line when only blanks stand between a position and it; else -1. */
  int blankAfter(int position) {
    int end = position;
    while (end < text.length() && isBlank(text.charAt(end))) {
      end++;
    }
    if (end == text.length()) {
      return end;
    }
    return text.charAt(end) == '\n' ? end + 1 : -1;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  int line(int position) {
    int found = Arrays.binarySearch(lineStarts, position);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** Gives {@code line 3, column 7}, both from 1. */
  String place(int position) {
    int line = line(position);
    return "line " + line + ", column " + (position - lineStarts[line - 1] + 1);
  }
}
