package dev.sequencer.tck.store;

import dev.sequencer.spi.store.Attempt;
import dev.sequencer.spi.store.ClaimCall.LaneHead;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.LedgerKey;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.StoreViews;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a caller can see of a bench's store, as text that is the same for two stores that were
 * called the same: numbers that a store gives are replaced by their rank.
 */
public final class StorePicture {
  private static final int ALL = 99_999;
  private static final Instant FAR = Instant.parse("9000-01-01T00:00:00Z");

  private final StoreBench bench;
  private final List<String> lines = new ArrayList<>();
  private final Map<Long, Integer> enrollments = new TreeMap<>();
  private final Map<Long, Integer> contacts = new TreeMap<>();

  private StorePicture(StoreBench bench) {
    this.bench = bench;
  }

  /** Gives the picture, a line for each thing. */
  public static List<String> of(StoreBench bench) {
    StorePicture picture = new StorePicture(bench);
    picture.look();
    return picture.lines;
  }

  private void look() {
    String wake = String.valueOf(bench.claim(new Claims().owners(0)).nextWake());
    StoreViews views = bench.handle().views();
    List<Work> works = views.enrollments(Filters.any(), 0, ALL);
    for (Work work : works) {
      enrollments.put(work.enrollment(), enrollments.size());
    }
    List<Subject> subjects = bench.handle().subjects(works.stream().map(Work::enrollment).toList());
    subjects.forEach(subject -> contacts.put(subject.contact().number(), 0));
    int rank = 0;
    for (Map.Entry<Long, Integer> contact : contacts.entrySet()) {
      contact.setValue(rank++);
    }
    lines.add("wake " + wake);
    subjects.forEach(this::add);
    views.log("", 0, 0, ALL).forEach(this::add);
    people(views);
    lines.add("suppressions " + views.suppressions("", "", ALL));
    capacity(views);
    lines.add("heads " + views.heads().stream().map(this::head).sorted().toList());
    lines.add("in flight " + views.inFlight(Filters.any()));
    lines.add("undecided " + ranks(bench.handle().undecided(FAR, ALL)));
    lines.add("begun " + bench.handle().position().newestBegun());
    lines.add("definitions " + bench.handle().definitions());
  }

  private void add(Subject subject) {
    Work work = subject.work();
    lines.add(
        "enrollment " + rank(work) + " of " + contact(subject.contact()) + " " + subject.data());
    lines.add("  run '" + work.origin().run() + "' " + work.origin().enrolledAt());
    lines.add("  " + work.rev() + " " + lane(work.lane()) + " " + work.due());
    lines.add("  " + work.cursor() + " " + work.state());
    Attempt attempt = work.attempt();
    lines.add(
        "  "
            + List.of(
                attempt.number(), attempt.tries(), attempt.strikes(), owner(attempt.mailbox()))
            + attempt.times()
            + attempt.stageReference()
            + mail(work, attempt.messageId()));
    for (Delivery delivery : subject.deliveries()) {
      lines.add(
          "  delivery "
              + List.of(delivery.step(), delivery.status(), delivery.attempt(), delivery.at())
              + owner(delivery.mailbox())
              + delivery.begunAt()
              + delivery.leftAt()
              + mail(work, delivery.ids().requested())
              + delivery.detail());
    }
    for (LogEntry entry : bench.handle().views().log("", work.enrollment(), 0, ALL)) {
      lines.add("  log " + entry.kind() + " " + entry.at() + " " + entry.step());
    }
  }

  private void add(LogEntry entry) {
    lines.add("log " + entry.kind() + " " + enrollments.get(entry.enrollment()));
  }

  private void people(StoreViews views) {
    for (int i = 0; i < RandomCalls.PEOPLE; i++) {
      lines.add("id " + i + views.contactById("", "u" + i).map(this::contact));
      lines.add(
          "address "
              + i
              + views.contactsByAddress("", RandomCalls.address(i)).stream()
                  .map(this::contact)
                  .toList());
    }
  }

  private void capacity(StoreViews views) {
    for (int mailbox : List.of(bench.mailbox(), bench.otherMailbox())) {
      lines.add("ledger " + details(views, Begins.ledger(mailbox)));
      for (int n = 1; n < 60; n++) {
        lines.add("newest " + n + views.nthNewest(mailbox, n));
      }
    }
    lines.add("states " + texts(views.states(bench.sequence())));
    lines.add("outcomes " + texts(views.outcomes(bench.sequence())));
  }

  private static String details(StoreViews views, LedgerKey key) {
    return views.ledger(key).toString().replace(key.toString(), "");
  }

  private static List<String> texts(List<?> things) {
    return things.stream().map(Object::toString).sorted().toList();
  }

  private String contact(StoredContact contact) {
    return contacts.get(contact.number())
        + List.of(contact.id(), contact.address(), contact.normalized()).toString()
        + contact.zone()
        + contact.locale()
        + contact.attributes();
  }

  private String head(LaneHead head) {
    return lane(head.lane()) + head.due();
  }

  /** Gives the ranks of rows, in their order. */
  private List<Integer> ranks(List<Work> works) {
    return works.stream().map(this::rank).toList();
  }

  private int rank(Work work) {
    return enrollments.getOrDefault(work.enrollment(), -1);
  }

  private String lane(Lane lane) {
    String sequence = lane.sequence() == bench.sequence() ? "one" : "other";
    return owner(lane.owner()) + List.of(sequence, lane.calendar(), lane.priority(), lane.bound());
  }

  private String owner(int id) {
    if (id == bench.mailbox()) {
      return "ann";
    }
    return id == bench.otherMailbox() ? "ben" : id == bench.pool() ? "pool" : "none";
  }

  private static String mail(Work work, String messageId) {
    return messageId.replace("<" + work.enrollment() + ".", "<n.");
  }
}
