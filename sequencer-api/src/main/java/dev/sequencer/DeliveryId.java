package dev.sequencer;

import java.util.Objects;

/**
 * Names one delivery: the one mail of one step to one contact.
 *
 * @param enrollment the enrollment
 * @param step the number of the step in its sequence
 */
public record DeliveryId(EnrollmentId enrollment, int step) {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException when the step's number is not positive
   */
  public DeliveryId {
    Objects.requireNonNull(enrollment, "enrollment");
    if (step <= 0) {
      throw new IllegalArgumentException(
          "the step number of a delivery must be greater than 0, but is " + step);
    }
  }

  /** Gives the delivery of a step. */
  public static DeliveryId of(long enrollment, int step) {
    return new DeliveryId(new EnrollmentId(enrollment), step);
  }

  /**
   * Reads what {@link #toString()} gave.
   *
   * @throws IllegalArgumentException when it does not look like {@code 42-1}
   */
  public static DeliveryId parse(String text) {
    int dash = text.indexOf('-');
    try {
      return of(
          Long.parseLong(text.substring(0, Math.max(dash, 0))),
          Integer.parseInt(text.substring(dash + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the id of a delivery must look like 42-1, but is '" + text + "'", e);
    }
  }

  /** Gives {@code enrollment-step}, such as {@code 42-1}. */
  @Override
  public String toString() {
    return enrollment + "-" + step;
  }
}
