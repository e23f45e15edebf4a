package dev.sequencer;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A sequence as it is.
 *
 * @param name its name
 * @param state its state
 * @param version the number of its current version
 * @param declared whether it is named in a builder and so not editable through the API
 * @param definition its current definition
 * @param publishedAt when the current version was published
 */
public record SequenceView(
    String name,
    State state,
    int version,
    boolean declared,
    Sequence definition,
    Instant publishedAt) {
  /** Checks that nothing is missing. */
  public SequenceView {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(definition, "definition");
    Objects.requireNonNull(publishedAt, "publishedAt");
  }

  /** The states of a sequence. */
  public enum State {
    /** Not open yet: enrolling is refused. */
    DRAFT,
    /** Open: contacts can be enrolled, mail leaves. */
    ACTIVE,
    /** Contacts can be enrolled, nothing leaves. */
    PAUSED,
    /** Closed: enrolling is refused, what runs goes on; what waits past the end date ends. */
    ARCHIVED
  }

  /**
   * How its enrollments and deliveries stand.
   *
   * @param enrollments how many enrollments are in each state, by {@code active}, {@code sending},
   *     {@code in doubt}, {@code paused}, {@code held}, {@code completed}, {@code stopped}, {@code
   *     cancelled}, {@code failed}
   * @param deliveries how many deliveries have each outcome, by step
   */
  public record Counts(Map<String, Long> enrollments, List<StepCounts> deliveries) {
    /** Copies the collections. */
    public Counts {
      enrollments =
          java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(enrollments));
      deliveries = List.copyOf(deliveries);
    }
  }

  /**
   * The deliveries of one step.
   *
   * @param step the key of the step
   * @param byStatus how many have each outcome
   */
  public record StepCounts(String step, Map<DeliveryStatus, Long> byStatus) {
    /** Copies the map. */
    public StepCounts {
      Objects.requireNonNull(step, "step");
      byStatus = Map.copyOf(byStatus);
    }
  }
}
