package dev.sequencer;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of the history of an enrollment.
 *
 * @param at when it was recorded
 * @param kind what happened, such as {@code sent}, {@code paused} or {@code replied}
 * @param step the key of the step
 * @param detail more, such as {@code who}, {@code why}, {@code mailbox}, {@code attempt}
 */
public record HistoryEntry(
    Instant at, String kind, Optional<String> step, Map<String, Object> detail) {
  /** Copies the map. */
  public HistoryEntry {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(step, "step");
    detail = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(detail));
  }
}
