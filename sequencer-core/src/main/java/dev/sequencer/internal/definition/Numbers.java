package dev.sequencer.internal.definition;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** Reads numbers so that writing them gives the same digits again. */
public final class Numbers {
  private static final int MOST_DIGITS = 1000;
  private static final int SURELY_LONG = 18;

  private Numbers() {}

  /** Gives a whole number: a long where it fits, else a BigInteger; empty when it is too long. */
  public static Optional<Number> whole(String digits) {
    if (digits.length() > MOST_DIGITS) {
      return Optional.empty();
    }
    if (digits.length() <= SURELY_LONG) {
      return Optional.of(Long.parseLong(digits));
    }
    BigInteger exact = new BigInteger(digits);
    return Optional.of(exact.bitLength() < Long.SIZE ? exact.longValue() : exact);
  }

  /**
   * Gives a number with a point or exponent: a double where it says the same digits, else a
   * BigDecimal; empty when it has too many digits.
   */
  public static Optional<Number> broken(String digits) {
    if (digits.length() > MOST_DIGITS) {
      return Optional.empty();
    }
    BigDecimal exact;
    try {
      exact = new BigDecimal(digits);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    if (Math.abs((long) exact.scale()) > MOST_DIGITS) {
      return Optional.empty();
    }
    double close = Double.parseDouble(digits);
    boolean same = Double.toString(close).equals(digits);
    return Optional.of(same ? close : exact);
  }
}
