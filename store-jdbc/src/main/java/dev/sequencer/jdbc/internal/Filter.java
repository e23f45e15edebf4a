package dev.sequencer.jdbc.internal;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.spi.store.StoreViews.DeliveryFilter;
import dev.sequencer.spi.store.StoreViews.EnrollmentFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.Query;

/** Conditions of a view: only those that are asked for, so that their indexes are used. */
final class Filter {
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  /** What an enrollment is a run of, on {@code e}. */
  Filter origin(EnrollmentFilter filter) {
    filter.tenant().ifPresent(tenant -> add("e.tenant = :tenant", "tenant", tenant));
    filter.sequence().ifPresent(id -> add("e.sequence = :sequence", "sequence", id));
    filter.contact().ifPresent(id -> add("e.contact = :contact", "contact", id));
    return this;
  }

  /** How an enrollment stands, on {@code w}. */
  Filter state(EnrollmentFilter filter) {
    filter.status().ifPresent(it -> add("w.status = :status", "status", Codes.of(it)));
    filter.phase().ifPresent(it -> add("w.phase = :phase", "phase", Codes.of(it)));
    filter.mailbox().ifPresent(id -> add("w.mailbox = :mailbox", "mailbox", id));
    return this;
  }

  /** A delivery, on {@code d}. In doubt is written out: there is an index of just those. */
  Filter delivery(DeliveryFilter filter) {
    filter
        .status()
        .ifPresent(
            status -> {
              if (status == DeliveryStatus.IN_DOUBT) {
                conditions.add("d.status = 'D'");
              } else {
                add("d.status = :status", "status", Codes.of(status));
              }
            });
    filter.mailbox().ifPresent(id -> add("d.mailbox = :mailbox", "mailbox", id));
    filter.before().ifPresent(at -> add("d.at < :before", "before", Millis.of(at)));
    return this;
  }

  Filter add(String condition, String name, Object value) {
    conditions.add(condition);
    values.put(name, value);
    return this;
  }

  /** Gives the conditions, each behind an "and". */
  String text() {
    StringBuilder text = new StringBuilder();
    conditions.forEach(condition -> text.append(" and ").append(condition).append('\n'));
    return text.toString();
  }

  Query bind(Query query) {
    values.forEach(query::bind);
    return query;
  }
}
