package dev.sequencer.internal.catalog;

import dev.sequencer.Sequence;
import dev.sequencer.internal.capacity.Capacity;
import dev.sequencer.spi.store.LedgerKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A sequence as it is defined now.
 *
 * @param id its document
 * @param tenant its tenant
 * @param name its name
 * @param stage whether it is open
 * @param declared whether a builder names it
 * @param definition what was published last, with the terms that hold now
 * @param pace what its own pace allows
 * @param current its current version
 * @param numbers the number of every key it ever had
 */
public record SequenceInfo(
    int id,
    String tenant,
    String name,
    Stage stage,
    boolean declared,
    Sequence definition,
    Optional<Capacity> pace,
    Version current,
    Map<String, Integer> numbers) {
  /** Whether a sequence is open; a pause is a switch of its own. */
  public enum Stage {
    /** Not open yet. */
    DRAFT,
    /** Open. */
    ACTIVE,
    /** Closed. */
    ARCHIVED
  }

  /** Copies the map. */
  public SequenceInfo {
    numbers = Map.copyOf(numbers);
  }

  /** Gives what is not part of a version. */
  public Sequence.Terms terms() {
    return definition.terms();
  }

  /** Says whether nothing of it may be sent any more at an instant. */
  public boolean pastEnd(Instant now) {
    return terms().endsAt().filter(end -> !now.isBefore(end)).isPresent();
  }

  /** Gives the key of a step's number, also one that only older versions have. */
  public String key(int step) {
    return numbers.entrySet().stream()
        .filter(entry -> entry.getValue() == step)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> current.graph().key(step));
  }

  /** Gives the key of the ledger of its pace. */
  public LedgerKey ledger() {
    return new LedgerKey(LedgerKey.Kind.SEQUENCE, id);
  }
}
