package dev.sequencer.tck.store;

import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.BeginCall.Capacity;
import dev.sequencer.spi.store.BeginCall.Verdict;
import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Document.Kind;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.SteerCall.Target.These;
import dev.sequencer.spi.store.Store;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A store under test with a clock that stands, two sequences, two mailboxes and a pool in it, and
 * the calls of an engine in short form.
 */
public final class StoreBench implements AutoCloseable {
  /** Monday, 1 June 2026, 08:00 UTC: where the clock stands at first. */
  public static final Instant START = Instant.parse("2026-06-01T08:00:00Z");

  private final ManualClock clock = ManualClock.at(START);
  private final List<StoreHandle> opened = new ArrayList<>();
  private final int sequence;
  private final int otherSequence;
  private final int version;
  private final int mailbox;
  private final int otherMailbox;
  private final int pool;
  private Store store;
  private StoreHandle handle;

  /** Opens a store that must be empty and saves what rows refer to. */
  public StoreBench(Store store) {
    this.store = store;
    this.handle = store.open(new StoreSetup(clock, "ann"));
    opened.add(handle);
    this.sequence = save(Kind.SEQUENCE, "onboarding");
    this.otherSequence = save(Kind.SEQUENCE, "outreach");
    this.version = save(Kind.VERSION, "onboarding@1");
    this.mailbox = save(Kind.MAILBOX, "ann@acme.example");
    this.otherMailbox = save(Kind.MAILBOX, "ben@acme.example");
    this.pool = save(Kind.POOL, "team");
  }

  /** Gives another handle by the same clock. */
  public StoreHandle open(String node) {
    StoreHandle another = store.open(new StoreSetup(clock, node));
    opened.add(another);
    return another;
  }

  /** Closes all handles and goes on with the store as it is given back. */
  public void reopen(UnaryOperator<Store> again) {
    close();
    opened.clear();
    store = again.apply(store);
    handle = open("ann");
  }

  private int save(Kind kind, String name) {
    return handle.save(Document.fresh(kind, "", name, "{}")).current().id();
  }

  /** Gives the store. */
  public Store store() {
    return store;
  }

  /** Gives the clock of all handles of this bench. */
  public ManualClock clock() {
    return clock;
  }

  /** Gives the first handle. */
  public StoreHandle handle() {
    return handle;
  }

  /** Gives the document id of a sequence. */
  public int sequence() {
    return sequence;
  }

  /** Gives the document id of another sequence. */
  public int otherSequence() {
    return otherSequence;
  }

  /** Gives the document id of a version. */
  public int version() {
    return version;
  }

  /** Gives the document id of a mailbox. */
  public int mailbox() {
    return mailbox;
  }

  /** Gives the document id of another mailbox. */
  public int otherMailbox() {
    return otherMailbox;
  }

  /** Gives the document id of a pool. */
  public int pool() {
    return pool;
  }

  /** Gives the lane of the sequence at the mailbox, not bound. */
  public Lane lane() {
    return Lanes.of(mailbox, sequence);
  }

  /** Gives a row that waits in {@link #lane()} and is due now. */
  public Rows row(String address) {
    return Rows.of(address, version, lane(), clock.instant());
  }

  /** Enrolls one and gives its number, new or known. */
  public long enroll(Rows row) {
    return enrollAll(row).get(0).enrollment();
  }

  /** Enrolls rows in one call. */
  public List<EnrollCall.Answer> enrollAll(Rows... rows) {
    return handle.enroll(new EnrollCall(Stream.of(rows).map(Rows::row).toList()));
  }

  /** Enrolls so many contacts, due now, and gives their numbers. */
  public List<Long> enroll(int count) {
    List<EnrollCall.Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row("c" + i + "@many.example").row());
    }
    return handle.enroll(new EnrollCall(rows)).stream().map(EnrollCall.Answer::enrollment).toList();
  }

  /** Claims by the defaults and gives the rows. */
  public List<Work> claim() {
    return claim(new Claims()).rows();
  }

  /** Claims. */
  public ClaimCall.Answer claim(Claims claims) {
    return handle.claim(claims.call());
  }

  /** Begins without limit by the definitions as they are. */
  public List<BeginCall.Answer> begin(Begins... rows) {
    return begin(Begins.unlimited(), rows);
  }

  /** Begins within a capacity by the definitions as they are. */
  public List<BeginCall.Answer> begin(Capacity capacity, Begins... rows) {
    return handle.begin(
        new BeginCall(
            handle.definitions(), Stream.of(rows).map(this::addressed).toList(), capacity));
  }

  /** Gives a mail to the address of its contact, as whoever prepares one does. */
  public BeginCall.Row addressed(Begins mail) {
    return handle.subjects(List.of(mail.row().enrollment())).stream()
        .findFirst()
        .filter(subject -> mail.row().address().isEmpty())
        .map(subject -> mail.to(subject.contact().normalized()).row())
        .orElse(mail.row());
  }

  /** Begins one and gives its verdict. */
  public Verdict verdict(Begins row) {
    return begin(row).get(0).verdict();
  }

  /**
   * Begins one and gives it as it was begun.
   *
   * @throws AssertionError when it did not begin
   */
  public Work begun(Begins row) {
    BeginCall.Answer answer = begin(row).get(0);
    return answer
        .begun()
        .orElseThrow(() -> new AssertionError("it did not begin: " + answer.verdict()));
  }

  /** Enrolls one, due now, begins its mail and gives it as it was begun. */
  public Work begun(String address) {
    return begun(Begins.of(work(enroll(row(address)))));
  }

  /** Completes one. */
  public Completion.Answer complete(Completion completion) {
    return handle.complete(List.of(completion)).get(0);
  }

  /** Lets a function decide about one enrollment of the nameless tenant. */
  public SteerCall.Answer steer(long enrollment, Function<Subject, Optional<Transition>> reaction) {
    return handle.steer(SteerCall.of("", new These(List.of(enrollment)), reaction));
  }

  /** Gives an enrollment with all that decisions read. */
  public Subject subject(long enrollment) {
    return handle.subjects(List.of(enrollment)).get(0);
  }

  /** Gives the moving row of an enrollment. */
  public Work work(long enrollment) {
    return subject(enrollment).work();
  }

  /** Closes all handles. */
  @Override
  public void close() {
    opened.forEach(StoreHandle::close);
  }
}
