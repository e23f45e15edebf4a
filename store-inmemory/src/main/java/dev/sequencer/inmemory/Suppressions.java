package dev.sequencer.inmemory;

import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Suppression.Blocks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What must not be mailed: by tenant, target and sequence. */
final class Suppressions {
  private static final NavigableMap<String, SortedMap<Integer, Suppression>> NONE = new TreeMap<>();

  private final Journal journal;
  private final Map<String, NavigableMap<String, SortedMap<Integer, Suppression>>> byTenant =
      new HashMap<>();

  Suppressions(Journal journal) {
    this.journal = journal;
  }

  /** Adds one; an equal one that blocks as much or more stays. */
  void add(Suppression suppression) {
    Optional<Suppression> known = get(suppression);
    boolean weaker = known.isPresent() && known.get().blocks() != Blocks.EVERYTHING;
    if (known.isEmpty() || (weaker && suppression.blocks() == Blocks.EVERYTHING)) {
      journal.undoBy(() -> put(suppression, known));
      put(suppression, Optional.of(Millis.cut(suppression)));
    }
  }

  /** Takes one away by target and sequence. */
  void remove(Suppression suppression) {
    Optional<Suppression> known = get(suppression);
    if (known.isPresent()) {
      journal.undoBy(() -> put(suppression, known));
      put(suppression, Optional.empty());
    }
  }

  /** Finds one that blocks a mail to a contact. */
  Optional<Suppression> blocking(StoredContact contact, int sequence, boolean transactional) {
    NavigableMap<String, SortedMap<Integer, Suppression>> targets = targets(contact.tenant());
    if (targets.isEmpty()) {
      return Optional.empty();
    }
    for (Suppression suppression : matching(contact.tenant(), contact.normalized())) {
      if (suppression.blocks(sequence, transactional)) {
        return Optional.of(suppression);
      }
    }
    return Optional.empty();
  }

  /** Gives those of an address and of its domain. */
  List<Suppression> matching(String tenant, String normalized) {
    NavigableMap<String, SortedMap<Integer, Suppression>> targets = targets(tenant);
    List<Suppression> found = new ArrayList<>();
    SortedMap<Integer, Suppression> ofAddress = targets.get(normalized);
    if (ofAddress != null) {
      found.addAll(ofAddress.values());
    }
    SortedMap<Integer, Suppression> ofDomain =
        targets.get(normalized.substring(normalized.lastIndexOf('@') + 1));
    if (ofDomain != null && ofDomain != ofAddress) {
      found.addAll(ofDomain.values());
    }
    return found;
  }

  /** Gives a page, to the end of its last target. */
  List<Suppression> page(String tenant, String afterTarget, int limit) {
    List<Suppression> page = new ArrayList<>();
    for (SortedMap<Integer, Suppression> target :
        targets(tenant).tailMap(afterTarget, false).values()) {
      if (page.size() >= limit) {
        break;
      }
      page.addAll(target.values());
    }
    return page;
  }

  private Optional<Suppression> get(Suppression like) {
    SortedMap<Integer, Suppression> sequences = targets(like.tenant()).get(like.target());
    return sequences == null
        ? Optional.empty()
        : Optional.ofNullable(sequences.get(like.sequence()));
  }

  private void put(Suppression like, Optional<Suppression> value) {
    NavigableMap<String, SortedMap<Integer, Suppression>> targets =
        byTenant.computeIfAbsent(like.tenant(), tenant -> new TreeMap<>());
    SortedMap<Integer, Suppression> sequences =
        targets.computeIfAbsent(like.target(), target -> new TreeMap<>());
    if (value.isPresent()) {
      sequences.put(like.sequence(), value.get());
      return;
    }
    sequences.remove(like.sequence());
    if (sequences.isEmpty()) {
      targets.remove(like.target());
    }
  }

  private NavigableMap<String, SortedMap<Integer, Suppression>> targets(String tenant) {
    return byTenant.getOrDefault(tenant, NONE);
  }
}
