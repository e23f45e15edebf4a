package dev.sequencer.cli.show;

/** Makes texts from outside fit for a terminal: nothing in them can steer it. */
public final class Printable {
  private Printable() {}

  /** Gives a text on one line, without control characters. */
  public static String line(String text) {
    return replaced(text, false);
  }

  /** Gives a text with its lines and tabs, without other control characters. */
  public static String lines(String text) {
    return replaced(text, true);
  }

  private static String replaced(String text, boolean keepLines) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> !keepLines || c != '\r')
        .map(c -> isFit(c) || (keepLines && (c == '\n' || c == '\t')) ? c : '\uFFFD')
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static boolean isFit(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL && type != Character.SURROGATE;
  }
}
