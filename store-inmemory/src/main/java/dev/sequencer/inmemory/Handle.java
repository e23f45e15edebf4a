package dev.sequencer.inmemory;

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
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The store as one engine uses it, with that engine's clock. Every call is one transaction. */
final class Handle implements StoreHandle {
  private static final String TIMELINE = "memory";

  private final Memory memory;
  private final byte[] messageKey;
  private final InstantSource clock;
  private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);
  private final Views views;
  private final Enrolling enrolling;
  private final Claiming claiming;
  private final Beginning beginning;
  private final Completing completing;
  private final Steering steering;

  Handle(Memory memory, byte[] messageKey, InstantSource clock) {
    this.memory = memory;
    this.messageKey = messageKey;
    this.clock = clock;
    this.views = new Views(memory);
    this.enrolling = new Enrolling(memory);
    this.claiming = new Claiming(memory);
    this.beginning = new Beginning(memory);
    this.completing = new Completing(memory);
    this.steering = new Steering(memory);
  }

  @Override
  public Instant now() {
    long read = clock.millis();
    return Instant.ofEpochMilli(latest.accumulateAndGet(read, Math::max));
  }

  @Override
  public byte[] messageKey() {
    return messageKey.clone();
  }

  @Override
  public StoreHandle join(HostTransaction transaction) {
    throw new IllegalStateException(
        "the in-memory store cannot take part in a transaction of the host ("
            + transaction.getClass().getName()
            + "): use a JDBC store");
  }

  @Override
  public boolean leaves() {
    return false;
  }

  @Override
  public void leave(InboxEntry entry) {
    throw new IllegalStateException(
        "acts are left only in a transaction of the host, and the in-memory store joins none: ask"
            + " leaves() first");
  }

  @Override
  public List<InboxEntry> inbox(int limit) {
    return List.of();
  }

  @Override
  public List<EnrollCall.Answer> enroll(EnrollCall call) {
    return memory.transaction(() -> enrolling.enroll(call));
  }

  @Override
  public ClaimCall.Answer claim(ClaimCall call) {
    return memory.transaction(() -> claiming.claim(call, now(), currentPosition()));
  }

  @Override
  public List<BeginCall.Answer> begin(BeginCall call) {
    return memory.transaction(() -> beginning.begin(call, now()));
  }

  @Override
  public List<Completion.Answer> complete(List<Completion> completions) {
    return memory.transaction(() -> completing.complete(completions, now()));
  }

  @Override
  public void change(List<Completion.LedgerChange> ledgers) {
    memory.transaction(
        () -> {
          completing.change(ledgers);
          return ledgers;
        });
  }

  @Override
  public SteerCall.Answer steer(SteerCall call) {
    return memory.transaction(() -> steering.steer(call));
  }

  @Override
  public Saved save(Document document) {
    return memory.transaction(() -> memory.documents.save(document));
  }

  @Override
  public List<Document> documents(Document.Kind kind) {
    return memory.transaction(() -> memory.documents.ofKind(kind));
  }

  @Override
  public Optional<Document> document(int id) {
    return memory.transaction(() -> memory.documents.byId(id));
  }

  @Override
  public Optional<Document> document(Document.Kind kind, String tenant, String name) {
    return memory.transaction(() -> memory.documents.byName(kind, tenant, name));
  }

  @Override
  public long definitions() {
    return memory.transaction(memory.documents::definitions);
  }

  @Override
  public void wake(Collection<Integer> owners, Instant at) {
    memory.transaction(
        () -> {
          memory.owners.lower(owners, at);
          return owners;
        });
  }

  @Override
  public List<Work> undecided(Instant before, int limit) {
    return memory.transaction(() -> memory.queues.undecided(before, limit));
  }

  @Override
  public List<Subject> subjects(Collection<Long> enrollments) {
    return memory.transaction(
        () -> {
          List<Subject> subjects = new ArrayList<>(enrollments.size());
          for (long number : enrollments) {
            memory.enrollments.byNumber(number).map(Row::subject).ifPresent(subjects::add);
          }
          return subjects;
        });
  }

  @Override
  public StoreViews views() {
    return views;
  }

  @Override
  public Position position() {
    return memory.transaction(this::currentPosition);
  }

  /** Does nothing: the store belongs to whoever made it, and other engines may go on. */
  @Override
  public void close() {}

  private Position currentPosition() {
    return new Position(TIMELINE, memory.enrollments.newestBegun());
  }
}
