package dev.sequencer;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** How often and after which pauses a deferred mail is tried again. Immutable. */
public final class Retry {
  private static final int MOST = 20;
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final Retry STANDARD = ofMinutes(5, 15, 30);
  private static final Retry PATIENT = ofMinutes(5, 15, 30, 120, 480, 1440);

  private final List<Duration> pauses;

  private Retry(List<Duration> pauses) {
    this.pauses = pauses;
  }

  /** Gives the default: after 5, 15 and 30 minutes. */
  public static Retry standard() {
    return STANDARD;
  }

  /** Gives 5, 15, 30 minutes, 2, 8 and 24 hours, which outlasts greylisting. */
  public static Retry patient() {
    return PATIENT;
  }

  /** Gives no retry: the first deferral fails. */
  public static Retry never() {
    return new Retry(List.of());
  }

  /**
   * Gives a pause before each further try.
   *
   * @throws IllegalArgumentException when there are more than 20 or one is not between 1 second and
   *     7 days
   */
  public static Retry of(Duration... pauses) {
    return of(List.of(pauses));
  }

  /**
   * Gives a pause before each further try.
   *
   * @throws IllegalArgumentException when there are more than 20 or one is not between 1 second and
   *     7 days
   */
  public static Retry of(List<Duration> pauses) {
    List<Duration> copy = List.copyOf(pauses);
    if (copy.size() > MOST) {
      throw new IllegalArgumentException(
          "a retry policy has at most " + MOST + " pauses, but this has " + copy.size());
    }
    for (Duration pause : copy) {
      if (pause.compareTo(Duration.ofSeconds(1)) < 0 || pause.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "the pause before a retry must be between 1 second and 7 days, but one is " + pause);
      }
    }
    return new Retry(copy);
  }

  private static Retry ofMinutes(long... minutes) {
    return of(java.util.Arrays.stream(minutes).mapToObj(Duration::ofMinutes).toList());
  }

  /** Gives the pauses in order. */
  public List<Duration> pauses() {
    return pauses;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Retry that && pauses.equals(that.pauses);
  }

  @Override
  public int hashCode() {
    return Objects.hash(pauses);
  }

  @Override
  public String toString() {
    return "Retry"
        + pauses.stream().map(Duration::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
