package dev.sequencer.spi.store;

import java.util.List;
import java.util.Objects;

/**
 * One enrollment with all that decisions about it read, in one consistent view.
 *
 * @param work its moving row
 * @param contact its contact
 * @param data its own data as a JSON object
 * @param deliveries its deliveries so far, by step number
 */
public record Subject(Work work, StoredContact contact, String data, List<Delivery> deliveries) {
  /** Copies the list. */
  public Subject {
    Objects.requireNonNull(work, "work");
    Objects.requireNonNull(contact, "contact");
    Objects.requireNonNull(data, "data");
    deliveries = List.copyOf(deliveries);
  }
}
