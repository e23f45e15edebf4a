package dev.sequencer.internal.plan;

import dev.sequencer.Attributes;
import dev.sequencer.Delay;
import dev.sequencer.SendWindow;
import dev.sequencer.Step;
import dev.sequencer.internal.time.Delays;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Walks over the steps that the machine does by itself, until a mail, the end or a hindrance.
 *
 * <ol>
 *   <li>It starts behind a settled step, at the instant from which the next delay counts.
 *   <li>Waits in a row follow each other; the result of one is the start of the next.
 *   <li>A wait that counts from the enrollment keeps the planned distance to the mail before it
 *       where that left late, so that a late start does not bunch what follows.
 * </ol>
 */
public final class Walk {
  private final StepGraph graph;
  private final Optional<SendWindow> window;
  private final ZoneId zone;
  private final Instant enrolledAt;
  private final Supplier<Attributes> attributes;

  /**
   * Makes the walk of one enrollment.
   *
   * @param graph the steps of its version
   * @param window the window, for business days
   * @param zone the zone in which days are counted
   * @param enrolledAt when it was enrolled
   * @param attributes gives contact attributes with its data over them, asked only for dates
   */
  public Walk(
      StepGraph graph,
      Optional<SendWindow> window,
      ZoneId zone,
      Instant enrolledAt,
      Supplier<Attributes> attributes) {
    this.graph = graph;
    this.window = window;
    this.zone = zone;
    this.enrolledAt = enrolledAt;
    this.attributes = attributes;
  }

  /** Where a walk ends. */
  public sealed interface Place {
    /**
     * At an e-mail.
     *
     * @param step its number
     * @param due when it is due
     * @param sendTime the send time that holds on later dates
     */
    record AtEmail(int step, Instant due, Optional<LocalTime> sendTime) implements Place {}

    /**
     * At the end.
     *
     * @param due when that is
     */
    record AtEnd(Instant due) implements Place {}

    /**
     * At a step that cannot be passed.
     *
     * @param step its number
     * @param reason why
     */
    record Stuck(int step, String reason) implements Place {}
  }

  /** Walks from behind a step, its delays counting from an instant. */
  public Place from(int after, Instant base) {
    Instant at = base;
    Optional<LocalTime> sendTime = Optional.empty();
    for (int number = graph.after(after); number != StepGraph.END; number = graph.after(number)) {
      Step step = graph.step(number).orElseThrow();
      if (step instanceof Step.Email) {
        return new Place.AtEmail(number, at, sendTime);
      }
      if (step instanceof Step.Wait wait) {
        Optional<Instant> end = end(wait.delay(), at, after, base);
        if (end.isEmpty()) {
          return new Place.Stuck(number, missingDate(wait.delay()));
        }
        at = end.get();
        sendTime = wait.delay().sendTime();
      }
    }
    return new Place.AtEnd(at);
  }

  private Optional<Instant> end(Delay delay, Instant start, int after, Instant base) {
    return switch (delay.base()) {
      case PREVIOUS_SEND -> Optional.of(apply(delay, start));
      case ENROLLMENT -> Optional.of(keepDistance(apply(delay, enrolledAt), after, base));
      case ATTRIBUTE ->
          delay
              .attribute()
              .flatMap(name -> attributes.get().get(name))
              .flatMap(value -> Delays.attribute(value.toString(), zone))
              .map(date -> apply(delay, date));
    };
  }

  private Instant apply(Delay delay, Instant start) {
    return Delays.apply(delay, start, zone, window);
  }

  private Instant keepDistance(Instant planned, int after, Instant base) {
    Instant plannedBefore = plannedEnd(after);
    Duration distance = Duration.between(plannedBefore, planned);
    Instant shifted = distance.isNegative() ? planned : base.plus(distance);
    return shifted.isAfter(planned) ? shifted : planned;
  }

  /** Gives when a step would be due if every mail left the moment it is due. */
  private Instant plannedEnd(int step) {
    Instant at = enrolledAt;
    for (int number = graph.after(StepGraph.END);
        step != StepGraph.END && number != StepGraph.END;
        number = graph.after(number)) {
      if (number == step) {
        return at;
      }
      if (graph.step(number).orElseThrow() instanceof Step.Wait wait) {
        Instant start = wait.delay().base() == Delay.Base.ENROLLMENT ? enrolledAt : at;
        at = apply(wait.delay(), start);
      }
    }
    return at;
  }

  private static String missingDate(Delay delay) {
    return "a wait counts from the attribute '"
        + delay.attribute().orElse("")
        + "', which is missing or no date: give it an ISO date and retry";
  }
}
