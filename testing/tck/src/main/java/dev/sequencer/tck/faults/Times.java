package dev.sequencer.tck.faults;

/**
 * Which of the matching calls from now on a fault is for. Immutable.
 *
 * @param skipped how many pass before
 * @param count how many it is for
 */
public record Times(int skipped, int count) {
  /**
   * Checks both.
   *
   * @throws IllegalArgumentException when skipped is negative or count not positive
   */
  public Times {
    if (skipped < 0 || count < 1) {
      throw new IllegalArgumentException(
          "a fault skips 0 or more calls and is for 1 or more, but skips "
              + skipped
              + " and is for "
              + count);
    }
  }

  /** Gives the first calls. */
  public static Times times(int count) {
    return new Times(0, count);
  }

  /** Gives one call, counted from 1. */
  public static Times nth(int number) {
    return new Times(number - 1, 1);
  }

  /** Gives every call. */
  public static Times always() {
    return new Times(0, Integer.MAX_VALUE);
  }

  boolean includes(int callsBefore) {
    return callsBefore >= skipped && callsBefore - skipped < count;
  }
}
