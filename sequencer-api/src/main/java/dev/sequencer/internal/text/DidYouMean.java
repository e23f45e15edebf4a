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

  /** Levenshtein distance, or any number above {@code limit} when it exceeds that. */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j < previous.length; j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
