package dev.sequencer.internal.dispatch;

import dev.sequencer.internal.definition.Json;
import dev.sequencer.internal.text.OutsideText;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The details that deliveries and the log keep, as JSON objects with few known names. */
public final class Details {
  private static final String REASON = "reason";

  private Details() {}

  /** Gives a detail from pairs of name and value; pairs with an empty text are left out. */
  public static String of(Object... pairs) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (int i = 0; i + 1 < pairs.length; i += 2) {
      Object value = pairs[i + 1];
      if (value instanceof String text) {
        if (!text.isEmpty()) {
          tree.put((String) pairs[i], OutsideText.clean(text, 2000));
        }
      } else {
        tree.put((String) pairs[i], value);
      }
    }
    return Json.write(tree);
  }

  /** Gives a detail with one more text. */
  public static String with(String detail, String name, String value) {
    Map<String, Object> tree = new LinkedHashMap<>(Json.object(detail));
    tree.put(name, OutsideText.clean(value, 2000));
    return Json.write(tree);
  }

  /** Gives the reason that a delivery keeps; empty for none. */
  public static String reason(Delivery delivery) {
    return text(delivery.detail(), REASON);
  }

  /** Gives a text of a detail; empty for none. */
  public static String text(String detail, String name) {
    return Json.object(detail).getOrDefault(name, "").toString();
  }

  /** Gives a line for the log about the step at which a row stands. */
  public static LogEntry entry(Work row, Instant at, String kind, Object... pairs) {
    return new LogEntry(
        0,
        row.origin().tenant(),
        at,
        row.enrollment(),
        Math.max(0, row.cursor().step()),
        kind,
        of(pairs));
  }
}
