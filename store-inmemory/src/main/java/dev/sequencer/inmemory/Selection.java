package dev.sequencer.inmemory;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.StoreViews.DeliveryFilter;
import dev.sequencer.spi.store.StoreViews.EnrollmentFilter;
import dev.sequencer.spi.store.Work;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads pages of rows and deliveries, by the narrowest list that a filter allows. */
final class Selection {
  private final Memory memory;

  Selection(Memory memory) {
    this.memory = memory;
  }

  List<Work> enrollments(EnrollmentFilter filter, long after, int limit) {
    List<Work> page = new ArrayList<>();
    Iterator<Row> rows = from(filter, after + 1);
    while (page.size() < limit && rows.hasNext()) {
      Work work = rows.next().work;
      if (matches(work, filter)) {
        page.add(work);
      }
    }
    return page;
  }

  List<Delivery> deliveries(DeliveryFilter filter, long afterEnrollment, int afterStep, int limit) {
    List<Delivery> page = new ArrayList<>();
    boolean doubtful = filter.status().equals(Optional.of(DeliveryStatus.IN_DOUBT));
    Iterator<Row> rows =
        doubtful
            ? memory.enrollments.inDoubt().tailMap(afterEnrollment).values().iterator()
            : from(filter.enrollments(), afterEnrollment);
    while (page.size() < limit && rows.hasNext()) {
      Row row = rows.next();
      if (!belongs(row.work, filter.enrollments())) {
        continue;
      }
      for (Delivery delivery : row.deliveries) {
        boolean read = row.number == afterEnrollment && delivery.step() <= afterStep;
        if (!read && page.size() < limit && matches(delivery, filter)) {
          page.add(delivery);
        }
      }
    }
    return page;
  }

  int count(Collection<Row> rows, EnrollmentFilter filter) {
    int count = 0;
    for (Row row : rows) {
      if (matches(row.work, filter)) {
        count++;
      }
    }
    return count;
  }

  /** Gives rows from a number on, all that match and maybe others. */
  private Iterator<Row> from(EnrollmentFilter filter, long number) {
    if (filter.contact().isPresent()) {
      return memory
          .contacts
          .byNumber(filter.contact().getAsLong())
          .map(person -> from(person.enrollments, number))
          .orElseGet(() -> List.<Row>of().iterator());
    }
    if (filter.sequence().isPresent()) {
      return from(memory.enrollments.ofSequence(filter.sequence().getAsInt()), number);
    }
    List<Row> all = memory.enrollments.all();
    int start = (int) Math.min(all.size(), Math.max(0, number - 1));
    return all.subList(start, all.size()).iterator();
  }

  private Iterator<Row> from(NumberList numbers, long number) {
    return new Iterator<>() {
      private int at = numbers.from(number);

      @Override
      public boolean hasNext() {
        return at < numbers.size();
      }

      @Override
      public Row next() {
        return memory.enrollments.byNumber(numbers.get(at++)).orElseThrow();
      }
    };
  }

  private static boolean belongs(Work work, EnrollmentFilter filter) {
    return (filter.tenant().isEmpty() || filter.tenant().get().equals(work.origin().tenant()))
        && matches(filter.sequence(), work.origin().sequence())
        && (filter.contact().isEmpty() || filter.contact().getAsLong() == work.origin().contact());
  }

  private static boolean matches(Work work, EnrollmentFilter filter) {
    return belongs(work, filter)
        && (filter.status().isEmpty() || filter.status().get() == work.state().status())
        && (filter.phase().isEmpty() || filter.phase().get() == work.state().phase())
        && matches(filter.mailbox(), work.attempt().mailbox());
  }

  private static boolean matches(Delivery delivery, DeliveryFilter filter) {
    return (filter.status().isEmpty() || filter.status().get() == delivery.status())
        && matches(filter.mailbox(), delivery.mailbox())
        && (filter.before().isEmpty() || delivery.at().isBefore(filter.before().get()));
  }

  private static boolean matches(OptionalInt wanted, int value) {
    return wanted.isEmpty() || wanted.getAsInt() == value;
  }
}
