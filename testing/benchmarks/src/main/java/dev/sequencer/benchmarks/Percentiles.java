package dev.sequencer.benchmarks;

import java.util.Collection;

/** Gives percentiles by the nearest rank; the median of an even number is the mean of two. */
final class Percentiles {
  private Percentiles() {}

  /** Gives the value below which a part of the values lies; 0 the least, 1 the most. */
  static double of(Collection<Double> values, double part) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("there is no percentile of no values");
    }
    if (part == 0.5 && sorted.length % 2 == 0) {
      return (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
    }
    int rank = (int) Math.ceil(part * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }
}
