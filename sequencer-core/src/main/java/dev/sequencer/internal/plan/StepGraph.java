package dev.sequencer.internal.plan;

import dev.sequencer.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The steps of a version by number, and what follows what. A step's number belongs to its key for
 * the whole life of a sequence; 0 is the start when asked what follows, and the end as an answer.
 * Immutable.
 */
public final class StepGraph {
  /** The number that stands for the start and the end. */
  public static final int END = 0;

  private final Map<Integer, Step> steps;
  private final Map<Integer, Integer> followers;
  private final Map<String, Integer> numbers;

  private StepGraph(
      Map<Integer, Step> steps, Map<Integer, Integer> followers, Map<String, Integer> numbers) {
    this.steps = steps;
    this.followers = followers;
    this.numbers = numbers;
  }

  /** Gives the graph of steps whose shape was checked, each with its number. */
  public static StepGraph of(List<Step> steps, Map<String, Integer> numbers) {
    Map<Integer, Step> byNumber = new HashMap<>();
    Map<Integer, Integer> followers = new HashMap<>();
    int before = END;
    boolean follows = true;
    for (Step step : steps) {
      int number = number(numbers, step.key());
      byNumber.put(number, step);
      if (follows) {
        followers.put(before, number);
      }
      follows = step.next().isEmpty();
      step.next().ifPresent(next -> followers.put(number, number(numbers, next)));
      before = number;
    }
    return new StepGraph(Map.copyOf(byNumber), Map.copyOf(followers), Map.copyOf(numbers));
  }

  private static int number(Map<String, Integer> numbers, String key) {
    return Objects.requireNonNull(numbers.get(key), () -> "step '" + key + "' has no number");
  }

  /** Gives a step by number; empty when this version has none of it. */
  public Optional<Step> step(int number) {
    return Optional.ofNullable(steps.get(number));
  }

  /** Gives an e-mail step by number; empty when it is none. */
  public Optional<Step.Email> email(int number) {
    return steps.get(number) instanceof Step.Email email ? Optional.of(email) : Optional.empty();
  }

  /** Gives the number of the step after another; {@link #END} after the last. */
  public int after(int number) {
    return followers.getOrDefault(number, END);
  }

  /** Gives the number of a key; empty when this version has no such step. */
  public Optional<Integer> number(String key) {
    return Optional.ofNullable(numbers.get(key)).filter(steps::containsKey);
  }

  /** Gives the key of a number, for people; {@code #7} when this version has none of it. */
  public String key(int number) {
    Step step = steps.get(number);
    return step == null ? "#" + number : step.key();
  }
}
