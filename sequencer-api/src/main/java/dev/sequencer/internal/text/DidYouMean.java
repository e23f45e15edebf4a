package dev.sequencer.internal.text;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the known name that somebody most likely meant when they wrote an unknown one.
 *
 * <p>Stateless; safe for use by several threads.
 */
public final class DidYouMean {

  private static final int LONGEST = 100;

  private DidYouMean() {}

  /**
   * Gives the known name nearest to a wrong one, by edits and without regard to case.
   *
   * @param wrong the unknown name, of any length
   * @param known the names that exist
   * @return the nearest name, the first in alphabetical order of several; empty when none is within
   *     a third of the wrong name's length
   */
  public static Optional<String> among(String wrong, Collection<String> known) {
    String given = wrong.strip().toLowerCase(Locale.ROOT);
    if (given.isEmpty() || given.length() > LONGEST) {
      return Optional.empty();
    }
    int bestDistance = Math.max(1, given.length() / 3) + 1;
    String best = "";
    for (String name : known) {
      int distance = distance(given, name.toLowerCase(Locale.ROOT), bestDistance);
      if (distance < bestDistance
          || (distance == bestDistance && !best.isEmpty() && name.compareTo(best) < 0)) {
        bestDistance = distance;
        best = name;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /**
   * Edits from one name to another, two neighbours that changed places being one, or any number
   * above {@code limit} when they exceed that.
   */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      edits[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      edits[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(replaced, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[a.length()][b.length()];
  }
}
