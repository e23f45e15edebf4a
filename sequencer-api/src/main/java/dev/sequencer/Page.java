package dev.sequencer;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Some items of a longer list.
 *
 * @param <T> what they are
 * @param items the items
 * @param next what to ask with for those that follow; empty at the end
 */
public record Page<T>(List<T> items, Optional<String> next) {
  /** Copies the list. */
  public Page {
    items = List.copyOf(items);
    Objects.requireNonNull(next, "next");
  }
}
