package dev.sequencer.tck.faults;

import java.util.Objects;
import java.util.Random;
import java.util.Set;

/**
 * What goes wrong at the calls of a port, chosen by chance: which calls are refused, lose their
 * answer or are the last of their process. The same generator in the same state gives the same. To
 * be used by one thread at a time.
 *
 * <p>Without further words nothing goes wrong.
 */
public final class FaultPlan {
  /** How a call fares. */
  public enum Fate {
    /** It is done and answered. */
    DONE,
    /** It fails and nothing was done. */
    REFUSED,
    /** It is done and its answer does not come. */
    ANSWER_LOST,
    /** The process ends before it. */
    ENDS_BEFORE,
    /** The process ends after it was done. */
    ENDS_AFTER
  }

  private final Random chance;
  private int failures;
  private int ends;
  private Set<String> spared = Set.of();

  private FaultPlan(Random chance) {
    this.chance = chance;
  }

  /** Gives a plan that draws from a generator, which others may draw from too. */
  public static FaultPlan by(Random chance) {
    return new FaultPlan(Objects.requireNonNull(chance, "chance"));
  }

  /** Gives a plan of its own generator. */
  public static FaultPlan ofSeed(long seed) {
    return by(new Random(seed));
  }

  /**
   * Lets one call in so many fail, half of them after they were done; 0 for none.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public FaultPlan failOneIn(int calls) {
    failures = notNegative(calls);
    return this;
  }

  /**
   * Lets the process end at one call in so many, half of them after they were done; 0 for none.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public FaultPlan endAtOneIn(int calls) {
    ends = notNegative(calls);
    return this;
  }

  /** Lets nothing go wrong at these calls. */
  public FaultPlan sparing(String... calls) {
    spared = Set.of(calls);
    return this;
  }

  /** Lets nothing go wrong from now on. */
  public FaultPlan stop() {
    return failOneIn(0).endAtOneIn(0);
  }

  /** Draws how the next call fares. */
  public Fate next(String call) {
    if (spared.contains(call)) {
      return Fate.DONE;
    }
    if (strikes(ends)) {
      return chance.nextBoolean() ? Fate.ENDS_BEFORE : Fate.ENDS_AFTER;
    }
    if (strikes(failures)) {
      return chance.nextBoolean() ? Fate.REFUSED : Fate.ANSWER_LOST;
    }
    return Fate.DONE;
  }

  private boolean strikes(int oneIn) {
    return oneIn > 0 && chance.nextInt(oneIn) == 0;
  }

  private static int notNegative(int calls) {
    if (calls < 0) {
      throw new IllegalArgumentException(
          "a fault comes at one call in 0 or more, 0 for never, but at one in " + calls);
    }
    return calls;
  }
}
