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
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreViews;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The calls of a host that belong to its own transaction. They run on its connection, see what it
 * has written, and never commit or roll it back; wake-ups commit with the rows that they are for.
 */
final class JoinedHandle implements StoreHandle {
  private final StoreHandle own;
  private final Database database;
  private final Connection host;
  private final StoreViews views;

  JoinedHandle(StoreHandle own, Database database, Connection host) {
    this.own = own;
    this.database = database;
    this.host = host;
    this.views = new JdbcViews(this::run, own::now);
    run(Progress::read);
  }

  private <T> T run(Function<Tx, T> work) {
    return database.joined(host, work);
  }

  @Override
  public Instant now() {
    return own.now();
  }

  @Override
  public byte[] messageKey() {
    return own.messageKey();
  }

  @Override
  public StoreHandle join(HostTransaction transaction) {
    return own.join(transaction);
  }

  @Override
  public boolean leaves() {
    return database.hasInbox();
  }

  @Override
  public void leave(InboxEntry entry) {
    run(
        tx -> {
          tx.inbox().leave(entry);
          return entry;
        });
  }

  @Override
  public List<InboxEntry> inbox(int limit) {
    return own.inbox(limit);
  }

  @Override
  public List<EnrollCall.Answer> enroll(EnrollCall call) {
    try {
      return run(tx -> Enrolling.enroll(tx, call.rows()));
    } catch (StoreException e) {
      if (!e.isTransient() || !seesOnlyWhatWasBefore()) {
        throw e;
      }
      // What it met is committed, but nothing that this transaction can see.
      return database
          .read(tx -> Enrolling.already(tx, call.rows()))
          .orElseThrow(() -> overtaken(e));
    }
  }

  private boolean seesOnlyWhatWasBefore() {
    try {
      return database.hasInbox()
          && host.getTransactionIsolation() > Connection.TRANSACTION_READ_COMMITTED;
    } catch (SQLException broken) {
      return false;
    }
  }

  private static StoreException overtaken(StoreException fault) {
    return new StoreException(
        "a transaction at REPEATABLE READ sees only what was committed before its first statement,"
            + " but somebody else has saved one of these contacts since: nothing was changed; make"
            + " the transaction anew, or use READ COMMITTED",
        true,
        fault);
  }

  @Override
  public SteerCall.Answer steer(SteerCall call) {
    boolean onlyInserts =
        call.target() instanceof SteerCall.Target.Nobody
            && call.contact().isEmpty()
            && call.suppress().isEmpty()
            && call.unsuppress().isEmpty()
            && call.key().isEmpty();
    if (leaves() && !onlyInserts) {
      throw neverWaitedFor("an act on several enrollments");
    }
    return run(tx -> Steering.steer(tx, call, now()));
  }

  @Override
  public Saved save(Document document) {
    return run(tx -> Documents.save(tx, document));
  }

  @Override
  public ClaimCall.Answer claim(ClaimCall call) {
    throw engineOnly("claim");
  }

  @Override
  public List<BeginCall.Answer> begin(BeginCall call) {
    throw engineOnly("begin");
  }

  @Override
  public List<Completion.Answer> complete(List<Completion> completions) {
    throw engineOnly("complete");
  }

  @Override
  public void change(List<Completion.LedgerChange> ledgers) {
    if (leaves()) {
      throw neverWaitedFor("an act on what a mailbox has used");
    }
    run(tx -> Ledgers.change(tx, ledgers));
  }

  private static IllegalStateException neverWaitedFor(String what) {
    return new IllegalStateException(
        what
            + " changes rows that the engine would have to wait for until the host commits, so it"
            + " takes no part in a transaction of the host: do it outside of one");
  }

  private static IllegalStateException engineOnly(String call) {
    return new IllegalStateException(
        call
            + " belongs to the engine's own transactions and never joins a host's: call it on the"
            + " handle that the store opened");
  }

  @Override
  public List<Document> documents(Document.Kind kind) {
    return run(tx -> Documents.ofKind(tx, kind));
  }

  @Override
  public Optional<Document> document(int id) {
    return run(tx -> Documents.byId(tx, id));
  }

  @Override
  public Optional<Document> document(Document.Kind kind, String tenant, String name) {
    return run(tx -> Documents.byName(tx, kind, tenant, name));
  }

  @Override
  public long definitions() {
    return run(Progress::read).definitions();
  }

  @Override
  public void wake(Collection<Integer> owners, Instant at) {
    run(
        tx -> {
          Wakes.lower(tx, owners, at);
          return owners;
        });
  }

  @Override
  public List<Work> undecided(Instant before, int limit) {
    return own.undecided(before, limit);
  }

  @Override
  public List<Subject> subjects(Collection<Long> enrollments) {
    return run(tx -> Subjects.read(tx, enrollments));
  }

  @Override
  public StoreViews views() {
    return views;
  }

  @Override
  public Position position() {
    return own.position();
  }

  /** Ends nothing: the transaction and its connection are the host's. */
  @Override
  public void close() {}
}
