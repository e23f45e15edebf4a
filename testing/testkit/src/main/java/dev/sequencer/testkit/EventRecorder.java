package dev.sequencer.testkit;

import dev.sequencer.SequencerEvent;
import dev.sequencer.SequencerListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers events. Safe for use by several threads. */
final class EventRecorder implements SequencerListener {
  private final List<SequencerEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void on(SequencerEvent event) {
    events.add(event);
  }

  List<SequencerEvent> all() {
    return List.copyOf(events);
  }
}
