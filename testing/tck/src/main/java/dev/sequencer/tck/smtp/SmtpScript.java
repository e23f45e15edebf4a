package dev.sequencer.tck.smtp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What is to happen next at each moment: first what was queued, then what holds always. */
final class SmtpScript {
  /** A fault in the middle of a body. */
  record BodyCut(int afterBytes, SmtpAction action) {}

  private final Map<SmtpMoment, Deque<SmtpAction>> queued = new EnumMap<>(SmtpMoment.class);
  private final Map<SmtpMoment, Function<String, SmtpAction>> standing =
      new EnumMap<>(SmtpMoment.class);
  private final Deque<BodyCut> cuts = new ArrayDeque<>();

  synchronized void next(SmtpMoment moment, SmtpAction action) {
    queued.computeIfAbsent(moment, m -> new ArrayDeque<>()).add(action);
  }

  synchronized void always(SmtpMoment moment, Function<String, SmtpAction> rule) {
    standing.put(moment, rule);
  }

  synchronized void cutBody(BodyCut cut) {
    cuts.add(cut);
  }

  synchronized void clear() {
    queued.clear();
    standing.clear();
    cuts.clear();
  }

  synchronized SmtpAction take(SmtpMoment moment, String line) {
    Deque<SmtpAction> waiting = queued.get(moment);
    if (waiting != null && !waiting.isEmpty()) {
      return waiting.remove();
    }
    Function<String, SmtpAction> rule = standing.get(moment);
    return rule == null ? SmtpAction.standard() : rule.apply(line);
  }

  synchronized Optional<BodyCut> takeBodyCut() {
    return Optional.ofNullable(cuts.poll());
  }
}
