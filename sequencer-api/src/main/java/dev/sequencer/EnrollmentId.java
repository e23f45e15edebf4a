package dev.sequencer;

/**
 * Names one enrollment.
 *
 * @param value the number that the store gave it, greater than zero
 */
public record EnrollmentId(long value) {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException when it is not positive
   */
  public EnrollmentId {
    if (value <= 0) {
      throw new IllegalArgumentException(
          "the id of an enrollment must be greater than 0, but is " + value);
    }
  }

  /**
   * Reads what {@link #toString()} gave.
   *
   * @throws IllegalArgumentException when it is no positive number
   */
  public static EnrollmentId parse(String text) {
    try {
      return new EnrollmentId(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the id of an enrollment must be a number such as 42, but is '" + text + "'", e);
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
