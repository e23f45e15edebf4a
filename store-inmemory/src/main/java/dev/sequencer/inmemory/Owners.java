package dev.sequencer.inmemory;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All owners by the instant at which to visit them. */
final class Owners {
  private static final long NEVER = Millis.of(Millis.NEVER);

  private final Journal journal;
  private final Map<Integer, Owner> byId = new HashMap<>();
  private final IndexedHeap<Owner> byWake = new IndexedHeap<>();

  Owners(Journal journal) {
    this.journal = journal;
  }

  Owner get(int id) {
    Owner known = byId.get(id);
    if (known != null) {
      return known;
    }
    Owner owner = new Owner(id);
    byId.put(id, owner);
    byWake.add(owner, NEVER);
    return owner;
  }

  Collection<Owner> all() {
    return byId.values();
  }

  /** Lowers wake-ups; never raises one. An empty collection means all. */
  void lower(Collection<Integer> ids, Instant at) {
    long millis = Millis.of(at);
    if (ids.isEmpty()) {
      List.copyOf(byId.values()).forEach(owner -> lower(owner, millis));
      return;
    }
    for (int id : ids) {
      @Nullable Owner owner = byId.get(id);
      if (owner != null) {
        lower(owner, millis);
      }
    }
  }

  void lower(Owner owner, long at) {
    if (at < owner.order) {
      set(owner, at);
    }
  }

  /** Says when to visit an owner. */
  void set(Owner owner, long at) {
    long old = owner.order;
    journal.undoBy(() -> move(owner, old));
    move(owner, Math.min(at, NEVER));
  }

  /** Gives those whose wake-up has come, or any, the oldest first. */
  List<Owner> due(int limit, boolean all, long now) {
    return byWake.firsts(limit, all ? Long.MAX_VALUE : now);
  }

  /** Gives the earliest wake-up of all. */
  Instant next() {
    return byWake.isEmpty() ? Millis.NEVER : Instant.ofEpochMilli(byWake.first().order);
  }

  private void move(Owner owner, long at) {
    byWake.remove(owner);
    byWake.add(owner, at);
  }
}
