package dev.sequencer.verification.simulation;

import dev.sequencer.spi.store.Origin;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Suppression;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was stopped for certain: the act has returned, and no act that lets it go on has begun
 * since. Suppressions are known by their commit.
 */
final class Stops {
  /** The scope of a pause of everything. */
  static final String EVERYTHING = "everything";

  private final Set<String> stopped = new HashSet<>();
  private final Map<String, Integer> releasing = new HashMap<>();
  private final Map<String, Integer> released = new HashMap<>();
  private final Map<String, Suppression> suppressions = new LinkedHashMap<>();

  /** What somebody wants to stop; done says that it was. */
  final class Stop {
    private final String scope;
    private final int before;

    private Stop(String scope) {
      this.scope = scope;
      this.before = releases(scope);
    }

    void done() {
      if (before == releases(scope) && releasing.getOrDefault(scope, 0) == 0) {
        stopped.add(scope);
      }
    }
  }

  private int releases(String scope) {
    return released.getOrDefault(scope, 0);
  }

  Stop stopping(String scope) {
    return new Stop(scope);
  }

  /** Runs an act that may let something go on. */
  void release(String scope, Runnable act) {
    stopped.remove(scope);
    releasing.merge(scope, 1, Integer::sum);
    released.merge(scope, 1, Integer::sum);
    try {
      act.run();
    } finally {
      releasing.merge(scope, -1, Integer::sum);
      stopped.remove(scope);
    }
  }

  /** Forgets what people stopped, before they let it go on; what is suppressed stays so. */
  void forget() {
    stopped.removeIf(scope -> !scope.startsWith("run "));
  }

  static String sequence(String tenant, String name) {
    return "sequence " + tenant + ":" + name;
  }

  static String mailbox(String address) {
    return "mailbox " + address;
  }

  static String enrollment(long id) {
    return "enrollment " + id;
  }

  static String run(String run) {
    return "run " + run;
  }

  void suppressions(Collection<Suppression> added, Collection<Suppression> removed) {
    removed.forEach(one -> suppressions.remove(key(one)));
    added.forEach(one -> suppressions.put(key(one), one));
  }

  private static String key(Suppression one) {
    return one.tenant() + ":" + one.target() + "/" + one.sequence();
  }

  /** Gives why an attempt must not begin. */
  Optional<String> why(
      long enrollment,
      String run,
      String tenant,
      String sequence,
      String mailbox,
      StoredContact contact,
      Origin origin) {
    for (String scope :
        new String[] {
          EVERYTHING, enrollment(enrollment), run(run), sequence(tenant, sequence), mailbox(mailbox)
        }) {
      if (stopped.contains(scope)) {
        return Optional.of("stopped: " + scope);
      }
    }
    return suppressions.values().stream()
        .filter(one -> one.tenant().equals(tenant))
        .filter(
            one ->
                one.target().equals(contact.normalized()) || one.target().equals(contact.domain()))
        .filter(one -> one.sequence() == 0 || one.sequence() == origin.sequence())
        .findFirst()
        .map(one -> "suppressed: " + one.reason());
  }
}
