package dev.sequencer.inmemory;

import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.SteerCall.Target;
import dev.sequencer.spi.store.SteerCall.Target.OfAddress;
import dev.sequencer.spi.store.SteerCall.Target.OfContact;
import dev.sequencer.spi.store.SteerCall.Target.OfMailbox;
import dev.sequencer.spi.store.SteerCall.Target.OfSavedContact;
import dev.sequencer.spi.store.SteerCall.Target.OfSequence;
import dev.sequencer.spi.store.SteerCall.Target.These;
import dev.sequencer.spi.store.Work;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the enrollments that an act or an event concerns; those of other tenants never. */
final class Targets {
  private final Memory memory;

  Targets(Memory memory) {
    this.memory = memory;
  }

  List<Row> find(String tenant, Target target, Optional<Person> saved) {
    Predicate<Row> own = row -> row.work.origin().tenant().equals(tenant);
    if (target instanceof These these) {
      return named(these.enrollments(), own);
    }
    Predicate<Row> live = own.and(Targets::isLive);
    if (target instanceof OfContact contact) {
      return ofPeople(memory.contacts.byId(tenant, contact.id()).stream().toList(), live);
    }
    if (target instanceof OfAddress address) {
      return ofPeople(memory.contacts.byAddress(tenant, address.normalized()), live);
    }
    if (target instanceof OfSavedContact) {
      return ofPeople(saved.stream().toList(), live);
    }
    if (target instanceof OfMailbox page) {
      return ofMailbox(page, live);
    }
    return target instanceof OfSequence page ? ofSequence(page, live) : List.of();
  }

  private List<Row> named(Collection<Long> numbers, Predicate<Row> wanted) {
    List<Row> found = new ArrayList<>();
    for (long number : new LinkedHashSet<>(numbers)) {
      memory.enrollments.byNumber(number).filter(wanted).ifPresent(found::add);
    }
    return found;
  }

  private List<Row> ofPeople(List<Person> people, Predicate<Row> wanted) {
    List<Row> found = new ArrayList<>();
    for (Person person : people) {
      for (int i = 0; i < person.enrollments.size(); i++) {
        memory.enrollments.byNumber(person.enrollments.get(i)).filter(wanted).ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparingLong(row -> row.number));
    return found;
  }

  private List<Row> ofMailbox(OfMailbox page, Predicate<Row> wanted) {
    List<Row> all = memory.enrollments.all();
    List<Row> found = new ArrayList<>();
    for (int i = (int) Math.max(0, page.after());
        i < all.size() && found.size() < page.limit();
        i++) {
      if (isOf(all.get(i).work, page.mailbox()) && wanted.test(all.get(i))) {
        found.add(all.get(i));
      }
    }
    return found;
  }

  private List<Row> ofSequence(OfSequence page, Predicate<Row> wanted) {
    NumberList numbers = memory.enrollments.ofSequence(page.sequence());
    List<Row> found = new ArrayList<>();
    for (int i = numbers.from(page.after() + 1);
        i < numbers.size() && found.size() < page.limit();
        i++) {
      memory.enrollments.byNumber(numbers.get(i)).filter(wanted).ifPresent(found::add);
    }
    return found;
  }

  private static boolean isOf(Work work, int mailbox) {
    return work.attempt().mailbox() == mailbox || work.lane().owner() == mailbox;
  }

  private static boolean isLive(Row row) {
    return row.work.state().status() != EnrollmentStatus.ENDED;
  }
}
