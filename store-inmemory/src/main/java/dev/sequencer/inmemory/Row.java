package dev.sequencer.inmemory;

import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Work;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One enrollment. Its fields are written by {@link Enrollments} and {@link WorkQueues} alone. */
final class Row extends IndexedHeap.Item {
  /** No claim is held on it. */
  static final long FREE = Long.MIN_VALUE;

  final Person person;
  final String data;
  Work work;
  List<Delivery> deliveries = List.of();
  long claimedUntil = FREE;
  @Nullable NumberList log;
  @Nullable LaneQueue lane;
  @Nullable IndexedHeap<Row> heap;

  Row(Work work, Person person, String data) {
    super(work.enrollment());
    this.work = work;
    this.person = person;
    this.data = data;
  }

  Optional<Delivery> delivery(int step) {
    for (Delivery delivery : deliveries) {
      if (delivery.step() == step) {
        return Optional.of(delivery);
      }
    }
    return Optional.empty();
  }

  Subject subject() {
    return new Subject(work, person.contact, data, deliveries);
  }
}
