package dev.sequencer.internal.dispatch;

import dev.sequencer.SequencerEvent;
import dev.sequencer.spi.store.Completion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be written of an attempt or of a step without one, and what follows when it was.
 *
 * @param completion what is written
 * @param flight the attempt; empty when there was none
 * @param events what listeners hear once it is written
 * @param suppress whether the recipient's address is suppressed first
 */
record Settled(
    Completion completion, Optional<Flight> flight, List<SequencerEvent> events, boolean suppress) {

  Settled {
    events = List.copyOf(events);
  }

  Settled suppressing() {
    return new Settled(completion, flight, events, true);
  }

  Settled withFirst(SequencerEvent event) {
    List<SequencerEvent> all = new ArrayList<>();
    all.add(event);
    all.addAll(events);
    return new Settled(completion, flight, all, suppress);
  }
}
