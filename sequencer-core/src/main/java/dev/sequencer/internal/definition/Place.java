package dev.sequencer.internal.definition;

/**
 * Where a value stands: in which source, on which path, and in which line and column.
 *
 * @param source the name of a file; empty for a text without name
 * @param path the way from the root, such as {@code steps[2].delay}; empty for the root
 * @param line the line from 1; 0 where the source has no lines
 * @param column the column from 1
 */
public record Place(String source, String path, int line, int column) {
  private static final int LONGEST_PATH = 200;

  /** The root of a source without name and lines. */
  public static final Place ROOT = new Place("", "", 0, 0);

  /** Gives the place of a member at another line and column. */
  public Place member(String name, int itsLine, int itsColumn) {
    return new Place(source, path.isEmpty() ? name : path + "." + name, itsLine, itsColumn);
  }

  /** Gives the place of a member that has no line of its own. */
  public Place member(String name) {
    return member(name, line, column);
  }

  /** Gives the place of an item of a list at another line and column. */
  public Place item(int index, int itsLine, int itsColumn) {
    return new Place(source, path + "[" + index + "]", itsLine, itsColumn);
  }

  /** Gives {@code file:line:column path} without what is not known. */
  @Override
  public String toString() {
    String lines = line == 0 ? "" : line + ":" + column;
    String where = source + (source.isEmpty() || lines.isEmpty() ? "" : ":") + lines;
    return where + (where.isEmpty() || path.isEmpty() ? "" : " ") + shownPath();
  }

  /** Names come from outside: a path is cut, and shows no character that nobody sees. */
  private String shownPath() {
    String cut = path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) + "..." : path;
    return cut.replaceAll("[\\p{Cc}\\p{Cs}]", "\uFFFD");
  }
}
