package dev.sequencer.spi.store;

import java.time.Instant;
import java.util.Objects;

/**
 * One line of the event log: something that happened. The log is append-only.
 *
 * @param position its place in the log, given by the store; 0 before
 * @param tenant the tenant
 * @param at when it was recorded
 * @param enrollment the enrollment it is about; 0 for none
 * @param step the step's number; 0 for none
 * @param kind what happened, such as {@code sent} or {@code paused}
 * @param detail more, as a JSON object
 */
public record LogEntry(
    long position,
    String tenant,
    Instant at,
    long enrollment,
    int step,
    String kind,
    String detail) {
  /** Checks that nothing is missing. */
  public LogEntry {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(detail, "detail");
  }
}
