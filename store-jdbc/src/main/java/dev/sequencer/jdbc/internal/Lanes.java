package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.Lane;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The numbers of lanes. Looked up in each transaction, never remembered: a number belongs to the
 * file, which may be another one after a restore.
 */
final class Lanes {
  private final Map<Lane, Long> numbers;

  private Lanes(Map<Lane, Long> numbers) {
    this.numbers = numbers;
  }

  /** Looks lanes up; makes those that are new, and their owners. */
  static Lanes of(Tx tx, Collection<Lane> lanes) {
    Map<String, Lane> names = new HashMap<>();
    for (Lane lane : Set.copyOf(lanes)) {
      names.put(name(lane), lane);
    }
    Map<Lane, Long> numbers = known(tx, names);
    if (numbers.size() < names.size()) {
      List<Lane> fresh = new ArrayList<>(names.values());
      fresh.removeAll(numbers.keySet());
      // A transaction of the host may see only what was there before it.
      tx.apart(
          own -> {
            make(own, fresh);
            numbers.putAll(known(own, names));
          });
    }
    return new Lanes(numbers);
  }

  long number(Lane lane) {
    return Objects.requireNonNull(numbers.get(lane), "lane");
  }

  /** Gives the number of a lane, if it has one. */
  static Optional<Long> find(Tx tx, Lane lane) {
    return Optional.ofNullable(known(tx, Map.of(name(lane), lane)).get(lane));
  }

  private static Map<Lane, Long> known(Tx tx, Map<String, Lane> names) {
    Map<Lane, Long> numbers = new HashMap<>();
    tx.listed(
        Sql.LANES_BY_NAME,
        "names",
        names.keySet(),
        (row, context) ->
            numbers.put(Objects.requireNonNull(names.get(row.getString(1))), row.getLong(2)));
    return numbers;
  }

  private static void make(Tx tx, List<Lane> lanes) {
    Batch rows = tx.batch(Sql.LANE_INSERT);
    Set<Integer> owners = new HashSet<>();
    for (Lane lane : lanes) {
      owners.add(lane.owner());
      rows.bind("name", name(lane))
          .bind("owner", lane.owner())
          .bind("sequence", lane.sequence())
          .bind("calendar", Texts.clean(lane.calendar()))
          .bind("priority", lane.priority())
          .bind("bound", lane.bound() ? 1 : 0)
          .add();
    }
    rows.execute();
    Batch ownerRows = tx.batch(Sql.OWNER_INSERT);
    for (int owner : owners) {
      ownerRows.bind("id", owner).bind("far", Millis.FAR.toEpochMilli()).add();
    }
    ownerRows.execute();
  }

  private static String name(Lane lane) {
    return lane.owner()
        + " "
        + lane.sequence()
        + " "
        + lane.priority()
        + (lane.bound() ? " bound " : " new ")
        + Texts.clean(lane.calendar());
  }
}
