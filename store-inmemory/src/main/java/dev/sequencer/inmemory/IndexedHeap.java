package dev.sequencer.inmemory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A binary heap from which any item can be taken in O(log n), since each knows its place. Ordered
 * by {@code order}, then {@code number}. An item stands in one heap at a time.
 */
final class IndexedHeap<E extends IndexedHeap.Item> {
  private final ArrayList<E> items = new ArrayList<>(1);

  boolean isEmpty() {
    return items.isEmpty();
  }

  /** Gives the first; there must be one. */
  E first() {
    return items.get(0);
  }

  /** Gives the first if its order is at most this. */
  Optional<E> firstUpTo(long order) {
    return items.isEmpty() || items.get(0).order > order
        ? Optional.empty()
        : Optional.of(items.get(0));
  }

  /** Gives the first ones in their order, up to an order; they stay. */
  List<E> firsts(int limit, long upTo) {
    List<E> firsts = new ArrayList<>();
    while (firsts.size() < limit && firstUpTo(upTo).isPresent()) {
      firsts.add(poll());
    }
    for (E item : firsts) {
      add(item, item.order);
    }
    return firsts;
  }

  /** Gives all, in no order; to be read only. */
  List<E> items() {
    return items;
  }

  void add(E item, long order) {
    item.order = order;
    item.slot = items.size();
    items.add(item);
    up(item);
  }

  void remove(E item) {
    int hole = item.slot;
    E last = items.remove(items.size() - 1);
    item.slot = -1;
    if (last != item) {
      put(hole, last);
      up(last);
      down(last);
    }
  }

  /** Takes away the first; there must be one. */
  E poll() {
    E first = items.get(0);
    remove(first);
    return first;
  }

  private void up(E item) {
    int at = item.slot;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      E above = items.get(parent);
      if (!item.before(above)) {
        break;
      }
      put(at, above);
      at = parent;
    }
    put(at, item);
  }

  private void down(E item) {
    int at = item.slot;
    int half = items.size() >>> 1;
    while (at < half) {
      int child = 2 * at + 1;
      if (child + 1 < items.size() && items.get(child + 1).before(items.get(child))) {
        child++;
      }
      E below = items.get(child);
      if (!below.before(item)) {
        break;
      }
      put(at, below);
      at = child;
    }
    put(at, item);
  }

  private void put(int slot, E item) {
    items.set(slot, item);
    item.slot = slot;
  }

  /** What can stand in a heap. */
  abstract static class Item {
    final long number;

    /** By what it is ordered in the heap in which it stands or stood; written by the heap. */
    long order;

    /** Its place in the heap; written by the heap. */
    int slot = -1;

    Item(long number) {
      this.number = number;
    }

    final boolean before(Item other) {
      return order != other.order ? order < other.order : number < other.number;
    }
  }
}
