package dev.sequencer.internal.operations;

import dev.sequencer.Act;
import dev.sequencer.internal.definition.Json;
import dev.sequencer.spi.store.InboxEntry;
import dev.sequencer.spi.store.InboxEntry.Concern;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An act or event as it is left in a transaction of the host, for any engine to carry out.
 *
 * @param kind what is to be done
 * @param values with what, as JSON holds it
 */
record Wish(String kind, Map<String, Object> values) {
  /** The newest form of an entry that this engine writes and understands. */
  static final long FORMAT = 1;

  /** Gives an act of somebody. */
  static Wish of(String kind, Act act) {
    return new Wish(kind, Map.of("who", act.who(), "why", act.why()));
  }

  /** Gives the same with one more value. */
  Wish with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Wish(kind, more);
  }

  InboxEntry entry(String tenant, Concern concern) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("format", FORMAT);
    body.putAll(values);
    return InboxEntry.of(tenant, kind, Json.write(body), concern);
  }

  /**
   * Reads what was left.
   *
   * @throws IllegalArgumentException when it is none of this form
   */
  static Wish read(InboxEntry entry) {
    return new Wish(entry.kind(), Json.object(entry.body()));
  }

  /** Says whether it was left by a newer engine, in a form that this one does not know. */
  boolean newer() {
    return values.get("format") instanceof Long format && format > FORMAT;
  }

  String text(String name) {
    Object value = values.get(name);
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(
        "what a transaction of the host left has a text '"
            + name
            + "', but a "
            + kind
            + " has not");
  }

  long number(String name) {
    Object value = values.get(name);
    if (value instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException(
        "what a transaction of the host left has a number '"
            + name
            + "', but a "
            + kind
            + " has not");
  }

  Act act() {
    return new Act(text("who"), text("why"));
  }
}
