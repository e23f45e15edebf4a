package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.HostTransaction;
import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.InboxEntry;
import dev.sequencer.spi.store.Position;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreViews;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.WakeUps;
import dev.sequencer.spi.store.Work;
import java.sql.Connection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The handle of one engine on a database. */
public final class JdbcHandle implements StoreHandle {
  private final Database database;
  private final InstantSource clock;
  private final Function<HostTransaction, Connection> connections;
  private final byte[] messageKey;
  private final StoreViews views;
  private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);
  private final BegunWatch begun;

  /**
   * Makes one.
   *
   * @param connections gives the connection of a host's transaction, or throws {@link
   *     IllegalStateException}
   */
  public JdbcHandle(
      Database database, InstantSource clock, Function<HostTransaction, Connection> connections) {
    this.database = database;
    this.clock = clock;
    this.connections = connections;
    this.messageKey =
        database.read(
            tx -> tx.query(Sql.STORE_IDENTITY).map((row, context) -> row.getBytes(1)).one());
    this.begun = new BegunWatch(database.read(Progress::read).position());
    this.views = new JdbcViews(database::read, this::now);
  }

  @Override
  public Instant now() {
    return Instant.ofEpochMilli(latest.accumulateAndGet(clock.millis(), Math::max));
  }

  @Override
  public byte[] messageKey() {
    return messageKey.clone();
  }

  @Override
  public StoreHandle join(HostTransaction transaction) {
    return new JoinedHandle(this, database, connections.apply(transaction));
  }

  @Override
  public boolean leaves() {
    return false;
  }

  @Override
  public void leave(InboxEntry entry) {
    Inbox.NONE.leave(entry);
  }

  @Override
  public List<InboxEntry> inbox(int limit) {
    return database.hasInbox() ? database.read(tx -> tx.inbox().list(limit)) : List.of();
  }

  @Override
  public List<EnrollCall.Answer> enroll(EnrollCall call) {
    return BulkEnrolling.enroll(database, call.rows(), this::now);
  }

  @Override
  public ClaimCall.Answer claim(ClaimCall call) {
    if (database.wakesAfterCommit()) {
      database.write(Priority.CLAIM, tx -> Claiming.free(tx, call, now()));
    }
    Claiming.Catch claimed = database.write(Priority.CLAIM, tx -> Claiming.claim(tx, call, now()));
    begun.told(claimed.answer().position());
    return claimed.places().isEmpty()
        ? claimed.answer()
        : claimed.with(subjects(claimed.enrollments()));
  }

  @Override
  public List<BeginCall.Answer> begin(BeginCall call) {
    List<BeginCall.Answer> answers =
        database.write(
            Priority.BEGIN,
            tx -> {
              tx.locks().gate();
              Position known = begun.known();
              Progress progress = Progress.read(tx);
              if (BegunWatch.wentBack(known, progress.position())) {
                return Beginning.refuse(call, BeginCall.Verdict.CHANGED);
              }
              return progress.definitions() == call.definitions()
                  ? Beginning.begin(tx, call, now())
                  : Beginning.refuse(call, BeginCall.Verdict.STALE);
            });
    begun.wrote(answers);
    return answers;
  }

  @Override
  public List<Completion.Answer> complete(List<Completion> completions) {
    return SplitCompleting.complete(database, completions, this::now);
  }

  @Override
  public void change(List<Completion.LedgerChange> ledgers) {
    database.write(Priority.STEER, tx -> Ledgers.change(tx, ledgers));
  }

  @Override
  public SteerCall.Answer steer(SteerCall call) {
    return database.write(Priority.STEER, tx -> Steering.steer(tx, call, now()));
  }

  @Override
  public Saved save(Document document) {
    return database.write(Priority.STEER, tx -> Documents.save(tx, document));
  }

  @Override
  public List<Document> documents(Document.Kind kind) {
    return database.read(tx -> Documents.ofKind(tx, kind));
  }

  @Override
  public Optional<Document> document(int id) {
    return database.read(tx -> Documents.byId(tx, id));
  }

  @Override
  public Optional<Document> document(Document.Kind kind, String tenant, String name) {
    return database.read(tx -> Documents.byName(tx, kind, tenant, name));
  }

  @Override
  public long definitions() {
    return database.read(Progress::read).definitions();
  }

  @Override
  public void wake(Collection<Integer> owners, Instant at) {
    database.write(
        Priority.STEER,
        tx -> {
          Wakes.lower(tx, owners, at);
          return owners;
        });
  }

  @Override
  public List<Work> undecided(Instant before, int limit) {
    return database.read(
        tx ->
            tx.query(Sql.UNDECIDED)
                .bind("before", Millis.of(before))
                .bind("limit", limit)
                .map(Readers.WORK)
                .list());
  }

  @Override
  public List<Subject> subjects(Collection<Long> enrollments) {
    return database.read(tx -> Subjects.read(tx, enrollments));
  }

  @Override
  public StoreViews views() {
    return views;
  }

  @Override
  public Optional<WakeUps> wakeUps() {
    return database.wakeUps();
  }

  @Override
  public Position position() {
    Position position = database.read(Progress::read).position();
    begun.told(position);
    return position;
  }

  @Override
  public void close() {
    database.close();
  }
}
