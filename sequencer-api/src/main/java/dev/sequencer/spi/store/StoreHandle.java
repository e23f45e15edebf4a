package dev.sequencer.spi.store;

import dev.sequencer.spi.HostTransaction;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A store as one engine uses it. Every method is one transaction and safe for use by several
 * threads; functions that are handed in are pure and run on the caller's thread. Instants have
 * milliseconds. A method that throws has changed nothing, unless the exception says that the
 * outcome is unknown; calls may be repeated then: enrolling is idempotent by its unique key, begin
 * by rev, completion by attempt, steering by its key.
 *
 * <p>A row may be claimed when its status is ACTIVE, its phase WAITING, its due has come and nobody
 * holds a claim on it. Whatever else changes a row ends the claim on it. A call that leaves a row
 * that may be claimed, now or once it is due, lowers the wake-up of its owner to the row's due
 * after its commit.
 */
public interface StoreHandle extends AutoCloseable {
  /** Gives the one clock's now, with milliseconds, never going back within this handle. */
  Instant now();

  /** Gives the 16 random bytes that were made once when the store was. */
  byte[] messageKey();

  /**
   * Gives a handle whose {@code enroll}, {@code steer} and {@code save} take part in a transaction
   * of the host and are visible when that commits.
   *
   * @throws IllegalStateException when this store has none of that kind; the message says which
   *     store to use
   */
  StoreHandle join(HostTransaction transaction);

  /**
   * Says whether this handle takes part in a transaction in which acts and events are left in the
   * inbox instead of steered: what a transaction of the host changes stays locked until it ends,
   * and no engine may wait for that (KERNEL K19). Such a handle changes no contact that is known
   * when it enrolls; it leaves that as well.
   */
  boolean leaves();

  /**
   * Leaves an act or an event for an engine to carry out after the commit. From the commit on, and
   * until a call that {@linkplain SteerCall#carryingOut carries it out}, nothing that it concerns
   * begins: such rows are {@link BeginCall.Verdict#CHANGED}.
   *
   * @throws IllegalStateException when this handle {@linkplain #leaves() leaves} nothing
   */
  void leave(InboxEntry entry);

  /** Gives what committed transactions of hosts have left, by number. */
  List<InboxEntry> inbox(int limit);

  /** Enrolls contacts; answers in the order of the rows. */
  List<EnrollCall.Answer> enroll(EnrollCall call);

  /** Claims rows that may go now. */
  ClaimCall.Answer claim(ClaimCall call);

  /**
   * Begins attempts, durably; one answer per row, in the order of the rows. A row that begins gets
   * phase SENDING, the next attempt number, its mailbox and lane, its instants, Message-ID and
   * stage reference; its counts, cursor, due and rev stay.
   */
  List<BeginCall.Answer> begin(BeginCall call);

  /** Ends attempts or steps without one; one answer per completion, in their order. */
  List<Completion.Answer> complete(List<Completion> completions);

  /** Changes ledgers, each under its lock. */
  void change(List<Completion.LedgerChange> ledgers);

  /** Carries out an act or an event. */
  SteerCall.Answer steer(SteerCall call);

  /**
   * Saves a document over the revision that it names; 0 makes a new one.
   *
   * @return the document as it is now: the saved one, or when another revision is stored that one,
   *     unchanged
   */
  Saved save(Document document);

  /** Gives all documents of a kind, of all tenants, by id. */
  List<Document> documents(Document.Kind kind);

  /** Gives a document by its number. */
  Optional<Document> document(int id);

  /** Gives a document by its name. */
  Optional<Document> document(Document.Kind kind, String tenant, String name);

  /** Gives the definitions' revision: it grows with each saved document of a kind that gates. */
  long definitions();

  /** Lowers the wake-up of owners to an instant; never raises it. An empty collection means all. */
  void wake(Collection<Integer> owners, Instant at);

  /**
   * Gives rows whose attempt is SENDING and whose {@code decideAt} is before an instant, the
   * earliest {@code decideAt} first.
   */
  List<Work> undecided(Instant before, int limit);

  /**
   * Gives enrollments with all that decisions read, in the order of the call, without unknown ones.
   */
  List<Subject> subjects(Collection<Long> enrollments);

  /** Gives what people look at. */
  StoreViews views();

  /**
   * Gives what hears of work that other engines leave, which holds nothing before its first use. By
   * default there is none, and the engine looks by itself every second.
   */
  default Optional<WakeUps> wakeUps() {
    return Optional.empty();
  }

  /** Gives how far the store is. */
  Position position();

  /** Ends the use by this engine; a store that was handed a connection pool leaves it open. */
  @Override
  void close();

  /**
   * The answer of {@link #save}.
   *
   * @param saved whether it was saved
   * @param current the document as it is now
   */
  record Saved(boolean saved, Document current) {}
}
