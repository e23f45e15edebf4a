package dev.sequencer.benchmarks;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Collects figures by name, one value a round, and prints medians, ratios and a line {@code BENCH
 * name=value} for each. Used by one thread.
 */
final class Report {
  private final PrintWriter out;
  private final Map<String, Series> figures = new LinkedHashMap<>();
  private final List<Goal> goals = new ArrayList<>();

  private record Series(String unit, List<Double> values) {
    double median() {
      return Percentiles.of(values, 0.5);
    }
  }

  /** A ratio of medians, or a median, that is to be reached. */
  private record Goal(String name, String over, String under, double target, boolean atMost) {}

  Report(PrintWriter out) {
    this.out = out;
  }

  /** Prints a line at once. */
  void say(String line) {
    out.println(line);
    out.flush();
  }

  /** Adds the value of one round. */
  void add(String name, String unit, double value) {
    figures.computeIfAbsent(name, any -> new Series(unit, new ArrayList<>())).values().add(value);
    say(String.format(Locale.ROOT, "  %-44s %s", name, withUnit(value, unit)));
  }

  /** Gives the median of a figure; empty when it was not measured. */
  OptionalDouble median(String name) {
    Series series = figures.get(name);
    return series == null ? OptionalDouble.empty() : OptionalDouble.of(series.median());
  }

  /** Adds the best of the medians of some figures under a name of its own. */
  void best(String name, String prefix) {
    figures.entrySet().stream()
        .filter(one -> one.getKey().startsWith(prefix) && !one.getKey().endsWith(".cpu"))
        .max(Comparator.comparingDouble(one -> one.getValue().median()))
        .map(one -> new Series(one.getValue().unit(), one.getValue().values()))
        .ifPresent(best -> figures.put(name, best));
  }

  /** Wants a figure to be at least so many times another. */
  void atLeast(String name, String over, String under, double target) {
    goals.add(new Goal(name, over, under, target, false));
  }

  /** Wants a figure to be at least so much. */
  void atLeast(String figure, double target) {
    goals.add(new Goal("", figure, "", target, false));
  }

  /** Wants a figure to be at most so many times another. */
  void atMost(String name, String over, String under, double target) {
    goals.add(new Goal(name, over, under, target, true));
  }

  /** Wants a figure to be at most so much. */
  void atMost(String figure, double target) {
    goals.add(new Goal("", figure, "", target, true));
  }

  /** Prints the tables and the lines for machines. */
  void print() {
    say("");
    say(String.format(Locale.ROOT, "%-46s %14s %14s %14s  %s", "", "median", "least", "most", ""));
    figures.forEach(
        (name, series) ->
            say(
                String.format(
                    Locale.ROOT,
                    "%-46s %14s %14s %14s  %s",
                    name,
                    number(series.median()),
                    number(Percentiles.of(series.values(), 0)),
                    number(Percentiles.of(series.values(), 1)),
                    series.unit())));
    say("");
    for (Goal goal : goals) {
      printGoal(goal);
    }
    say("");
    figures.forEach((name, series) -> bench(name, series.median()));
    for (Goal goal : goals) {
      value(goal).ifPresent(value -> benchRatio(goal, value));
    }
  }

  private void benchRatio(Goal goal, double value) {
    if (!goal.under().isEmpty()) {
      bench(goal.name(), value);
    }
  }

  private void printGoal(Goal goal) {
    OptionalDouble value = value(goal);
    if (value.isEmpty()) {
      return;
    }
    boolean reached =
        goal.atMost() ? value.getAsDouble() <= goal.target() : value.getAsDouble() >= goal.target();
    say(
        String.format(
            Locale.ROOT,
            "%-46s %14s   wanted %s %s: %s",
            goal.under().isEmpty() ? goal.over() : goal.name(),
            number(value.getAsDouble()),
            goal.atMost() ? "at most" : "at least",
            number(goal.target()),
            reached ? "reached" : "MISSED"));
  }

  private OptionalDouble value(Goal goal) {
    OptionalDouble over = median(goal.over());
    if (goal.under().isEmpty() || over.isEmpty()) {
      return over;
    }
    OptionalDouble under = median(goal.under());
    return under.isEmpty() ? under : OptionalDouble.of(over.getAsDouble() / under.getAsDouble());
  }

  private void bench(String name, double value) {
    say(String.format(Locale.ROOT, "BENCH %s=%s", name, plain(value)));
  }

  private static String withUnit(double value, String unit) {
    return number(value) + " " + unit;
  }

  private static String number(double value) {
    return String.format(
        Locale.ROOT, value >= 1000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f", value);
  }

  private static String plain(double value) {
    return String.format(Locale.ROOT, value >= 1000 ? "%.0f" : "%.4f", value);
  }
}
