package dev.sequencer.tck.store;

import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.ClaimCall.Claimed;
import dev.sequencer.spi.store.ClaimCall.LaneHead;
import dev.sequencer.spi.store.ClaimCall.LedgerReader;
import dev.sequencer.spi.store.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A claim as a test wants it, and what its policy was asked: by default up to 500 rows of every
 * owner whose wake-up has come, all lanes open, a claim lasting a minute, the next visit at the
 * earliest head. For one thread and one call.
 */
public final class Claims implements ClaimCall.Policy {
  /** How long a claim lasts by default. */
  public static final Duration EXPIRY = Duration.ofMinutes(1);

  /** A wake-up that never comes. */
  public static final Instant NEVER = Instant.parse("9999-12-31T23:59:59.999Z");

  private final Map<Integer, Integer> slots = new LinkedHashMap<>();
  private final Set<Lane> closed = new HashSet<>();
  private final Map<Lane, Integer> mostOf = new LinkedHashMap<>();
  private final List<Claimed> release = new ArrayList<>();
  private final List<Integer> visited = new ArrayList<>();
  private final List<Lane> asked = new ArrayList<>();
  private final Map<Integer, List<LaneHead>> heads = new LinkedHashMap<>();
  private final Map<Integer, Integer> taken = new LinkedHashMap<>();
  private final Map<Integer, Instant> wakes = new LinkedHashMap<>();
  private int ofOthers = 500;
  private int owners = 1_000;
  private boolean all;
  private Duration expiry = EXPIRY;

  /** Gives a claim by the defaults. */
  public Claims() {}

  /** Lets an owner get so many rows, and those that are not named none. */
  public Claims slots(int owner, int count) {
    slots.put(owner, count);
    ofOthers = 0;
    return this;
  }

  /** Closes a lane. */
  public Claims close(Lane lane) {
    closed.add(lane);
    return this;
  }

  /** Lets a lane give at most so many rows. */
  public Claims most(Lane lane, int count) {
    mostOf.put(lane, count);
    return this;
  }

  /** Visits at most so many owners. */
  public Claims owners(int limit) {
    owners = limit;
    return this;
  }

  /** Visits owners whose wake-up has not come, too. */
  public Claims all() {
    all = true;
    return this;
  }

  /** Lets the claim last so long. */
  public Claims expiry(Duration duration) {
    expiry = duration;
    return this;
  }

  /** Gives a row back that was claimed until an instant. */
  public Claims release(long enrollment, Instant until) {
    release.add(new Claimed(enrollment, until));
    return this;
  }

  /** Says when to visit an owner again, whatever its heads. */
  public Claims wake(int owner, Instant at) {
    wakes.put(owner, at);
    return this;
  }

  /** Gives the call. */
  public ClaimCall call() {
    return new ClaimCall(expiry, owners, all, release, this);
  }

  /** Gives the owners that were visited, in their order. */
  public List<Integer> visited() {
    return visited;
  }

  /** Gives the lanes of which the policy was asked whether they are open. */
  public List<Lane> asked() {
    return asked;
  }

  /** Gives the heads of an owner after the claim. */
  public List<LaneHead> heads(int owner) {
    return heads.getOrDefault(owner, List.of());
  }

  /** Gives how many rows the store says that an owner got. */
  public int taken(int owner) {
    return taken.getOrDefault(owner, -1);
  }

  @Override
  public Map<Integer, Integer> slots(List<Integer> ids, LedgerReader ledgers, Instant now) {
    visited.addAll(ids);
    Map<Integer, Integer> answer = new LinkedHashMap<>();
    for (int id : ids) {
      int count = slots.getOrDefault(id, ofOthers);
      if (count > 0) {
        answer.put(id, count);
      }
    }
    return answer;
  }

  @Override
  public boolean open(Lane lane, Instant now) {
    asked.add(lane);
    return !closed.contains(lane);
  }

  @Override
  public int most(Lane lane, Instant now) {
    return mostOf.getOrDefault(lane, Integer.MAX_VALUE);
  }

  @Override
  public Instant wakeAt(
      int owner, int count, List<LaneHead> laneHeads, LedgerReader ledgers, Instant now) {
    taken.put(owner, count);
    heads.put(owner, List.copyOf(laneHeads));
    Instant earliest = NEVER;
    for (LaneHead head : laneHeads) {
      boolean earlier = !closed.contains(head.lane()) && head.due().isBefore(earliest);
      earliest = earlier ? head.due() : earliest;
    }
    return wakes.getOrDefault(owner, earliest);
  }
}
