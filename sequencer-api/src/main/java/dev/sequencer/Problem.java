package dev.sequencer;

import java.util.Objects;

/**
 * Something wrong or doubtful in a definition.
 *
 * @param severity whether it must be mended
 * @param place where, such as {@code steps.welcome.template}
 * @param message rule, value and what to do
 */
public record Problem(Severity severity, String place, String message) {
  /** How bad it is. */
  public enum Severity {
    /** It cannot be published like this. */
    FAULT,
    /** It can be published and is probably a mistake. */
    LINT
  }

  /** Checks that nothing is missing. */
  public Problem {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(message, "message");
  }

  /** Gives a fault. */
  public static Problem fault(String place, String message) {
    return new Problem(Severity.FAULT, place, message);
  }

  /** Gives a lint. */
  public static Problem lint(String place, String message) {
    return new Problem(Severity.LINT, place, message);
  }

  /** Gives {@code place: message}. */
  @Override
  public String toString() {
    return place + ": " + message;
  }
}
