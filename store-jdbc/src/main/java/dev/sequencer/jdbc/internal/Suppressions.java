package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.Suppression;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The suppressions that may concern the addresses of one call, per tenant. */
final class Suppressions {
  private final Map<String, Map<String, List<Suppression>>> byTenant = new HashMap<>();

  /** Reads those of addresses of a tenant and of their domains. */
  void fetch(Tx tx, String tenant, Collection<String> addresses) {
    Set<String> targets = new HashSet<>();
    for (String address : addresses) {
      targets.add(Texts.clean(address));
      targets.add(domain(address));
    }
    Map<String, List<Suppression>> byTarget =
        byTenant.computeIfAbsent(tenant, any -> new HashMap<>());
    for (Suppression found : of(tx, tenant, targets)) {
      byTarget.computeIfAbsent(found.target(), any -> new ArrayList<>()).add(found);
    }
  }

  static List<Suppression> of(Tx tx, String tenant, Collection<String> targets) {
    return tx.list(tx.query(Sql.SUPPRESSIONS), "targets", targets)
        .bind("tenant", tenant)
        .map(Readers.SUPPRESSION)
        .list();
  }

  /** Gives what blocks a mail to an address: the address before its domain. */
  Optional<Suppression> blocking(
      String tenant, String address, int sequence, boolean transactional) {
    Map<String, List<Suppression>> byTarget = byTenant.getOrDefault(tenant, Map.of());
    if (byTarget.isEmpty()) {
      return Optional.empty();
    }
    for (String target : List.of(Texts.clean(address), domain(address))) {
      for (Suppression found : byTarget.getOrDefault(target, List.of())) {
        if (found.blocks(sequence, transactional)) {
          return Optional.of(found);
        }
      }
    }
    return Optional.empty();
  }

  static String domain(String address) {
    return Texts.clean(address.substring(address.lastIndexOf('@') + 1));
  }

  /** Adds some, then takes some away. */
  static void change(Tx tx, List<Suppression> add, List<Suppression> remove) {
    if (!add.isEmpty()) {
      add(tx, add);
    }
    if (!remove.isEmpty()) {
      remove(tx, remove);
    }
  }

  private static void add(Tx tx, List<Suppression> suppressions) {
    Batch rows = tx.batch(Sql.SUPPRESS);
    for (Suppression added : suppressions) {
      rows.bind("tenant", added.tenant())
          .bind("target", Texts.clean(added.target()))
          .bind("sequence", added.sequence())
          .bind("blocks", Codes.of(added.blocks()))
          .bind("reason", Texts.clean(added.reason()))
          .bind("at", Millis.of(added.at()))
          .add();
    }
    rows.execute();
  }

  private static void remove(Tx tx, List<Suppression> suppressions) {
    Batch rows = tx.batch(Sql.UNSUPPRESS);
    for (Suppression gone : suppressions) {
      rows.bind("tenant", gone.tenant())
          .bind("target", Texts.clean(gone.target()))
          .bind("sequence", gone.sequence())
          .add();
    }
    rows.execute();
  }
}
