package dev.sequencer.verification.kernel;

import static dev.sequencer.tck.faults.Times.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.ActResult.Outcome;
import dev.sequencer.Attributes;
import dev.sequencer.Contact;
import dev.sequencer.Ending;
import dev.sequencer.EnrollResult;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.HostEvent;
import dev.sequencer.Send;
import dev.sequencer.Sequencer;
import dev.sequencer.SequencerEvent;
import dev.sequencer.SequencerOperations;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.jdbc.JdbcTransaction;
import dev.sequencer.spi.store.Store;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.postgres.PostgresServer;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.FakeTransport;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions of a host on PostgreSQL: the engine never waits for one. */
class HostTransactionTest extends Scenario {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final Act ACT = Act.because("a test");
  private static final String BO = "bo@example.com";

  private final String schema = SERVER.emptySchema();
  private final String nodes = SERVER.emptySchema();
  private Connection host;
  private FaultyStore store;
  private TestSequencer sequencer;

  @BeforeEach
  void open() throws SQLException {
    store = FaultyStore.around(jdbc());
    sequencer = start(store, ONE, TWO);
    host = SERVER.source().getConnection();
    host.setAutoCommit(false);
  }

  @AfterEach
  void endTheHosts() throws SQLException {
    host.rollback();
    host.close();
  }

  private Store jdbc() {
    return JdbcStore.postgres(SERVER.source()).schema(schema);
  }

  private SequencerOperations joined() {
    return sequencer.inTransaction(JdbcTransaction.of(host));
  }

  private long rows(String table) throws SQLException {
    try (Connection other = SERVER.source().getConnection();
        Statement statement = other.createStatement();
        ResultSet row =
            statement.executeQuery("select count(*) from " + schema + ".sequencer_" + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  private List<String> recipients() {
    return sequencer.mails().stream().map(SentMail::to).toList();
  }

  /** What is done to the enrollment, or to the contact, of {@link #BO}. */
  private enum Stop {
    CANCEL,
    COMPLETE,
    PAUSE,
    HOLD,
    REPLY_OF_CONTACT,
    REPLY_OF_ADDRESS,
    BOUNCE,
    SUPPRESS,
    SUPPRESS_EVERYTHING,
    SUPPRESS_FOR,
    SUPPRESS_DOMAIN;

    Outcome in(SequencerOperations operations, EnrollmentId id) {
      return switch (this) {
        case CANCEL -> operations.enrollments().cancel(id, ACT).outcome();
        case COMPLETE -> operations.enrollments().complete(id, ACT).outcome();
        case PAUSE -> operations.enrollments().pause(id, ACT).outcome();
        case HOLD -> operations.enrollments().hold(id, ACT).outcome();
        case REPLY_OF_CONTACT -> of(operations.record(HostEvent.replied().contact("bo").id("r")));
        case REPLY_OF_ADDRESS -> of(operations.record(HostEvent.replied().email(BO).id("r")));
        case BOUNCE -> of(operations.record(HostEvent.bounced().email(BO).id("b")));
        case SUPPRESS -> operations.suppressions().suppress(BO, ACT).outcome();
        case SUPPRESS_EVERYTHING -> operations.suppressions().suppressEverything(BO, ACT).outcome();
        case SUPPRESS_FOR -> operations.suppressions().suppressFor("two", BO, ACT).outcome();
        case SUPPRESS_DOMAIN -> operations.suppressions().suppress("example.com", ACT).outcome();
      };
    }

    /** An event that is left concerns nobody yet. */
    private static Outcome of(int concerned) {
      return concerned == 0 ? Outcome.QUEUED : Outcome.DONE;
    }
  }

  private EnrollmentId bo() {
    return sequencer.enroll("two", Contact.of(BO).id("bo")).enrollment().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K19 what a host stops does not begin after its commit, also when it was claimed")
  void whatIsCommittedBeforeBeginStopsTheMail(Stop stop) {
    EnrollmentId id = bo();
    List<Outcome> answers = new ArrayList<>();
    store.onCall(
        "begin",
        times(1),
        () -> {
          answers.add(stop.in(joined(), id));
          commit();
        });
    sequencer.advance(Duration.ofDays(2));
    assertThat(answers).containsExactly(Outcome.QUEUED);
    assertThat(transport.attempted()).isEmpty();
    assertThat(view(sequencer, id).state().status()).isNotEqualTo(EnrollmentStatus.ACTIVE);
  }

  private void commit() {
    try {
      host.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K19 what a host stops and rolls back never happened")
  void whatIsRolledBackLeavesNothing(Stop stop) throws SQLException {
    EnrollmentId id = bo();
    assertThat(stop.in(joined(), id)).isEqualTo(Outcome.QUEUED);
    host.rollback();
    sequencer.advance(Duration.ofDays(2));
    assertThat(leftAfter()).containsExactly(Duration.ZERO, Duration.ofDays(1));
    assertThat(rows("inbox")).isZero();
    assertThat(rows("suppression")).isZero();
    assertThat(kinds(sequencer, id)).doesNotContain("cancelled", "stopped", "replied", "paused");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K19 a host that never commits keeps nobody waiting, not even for what it stops")
  void anOpenTransactionKeepsNobodyWaiting(Stop stop) throws SQLException {
    EnrollmentId id = bo();
    assertThat(stop.in(joined(), id)).isEqualTo(Outcome.QUEUED);
    joined().enroll("one", Contact.of("new@example.com"));
    joined().send(Send.to(Contact.of("new@example.org")).mail(m -> m.subject("s").text("t")));
    enroll(sequencer, ONE, "other@example.com");
    sequencer.advance(Duration.ofHours(1));
    assertThat(recipients()).containsExactlyInAnyOrder(BO, "other@example.com");
    // The same again by everybody else, who would wait for any row that the host had written.
    assertThat(stop.in(sequencer, id)).isNotNull();
    sequencer.contacts().save(Contact.of(BO).id("bo").zone("Asia/Tokyo"));
    assertThat(sequencer.suppressions().list("", 10)).isNotNull();
    sequencer.advance(Duration.ofDays(2));
    assertThat(recipients()).hasSize(2);
    host.rollback();
    assertThat(rows("inbox")).isZero();
  }

  @Test
  @DisplayName("K19 a mail in flight is completed while a host has stopped what follows it")
  void anOutcomeIsWrittenBesideAnOpenTransaction() {
    EnrollmentId id = bo();
    transport.onNext(FakeAnswer.accept().first(() -> joined().enrollments().cancel(id, ACT)));
    sequencer.runUntilIdle();
    assertThat(deliveries(sequencer)).hasSize(1);
    commit();
    sequencer.advance(Duration.ofDays(2));
    assertThat(leftAfter()).containsExactly(Duration.ZERO);
    assertThat(view(sequencer, id).state().ending()).contains(Ending.CANCELLED);
  }

  @Test
  void whatAHostHasCommittedIsSeenByWhoeverLooksNext() {
    EnrollmentId id = bo();
    joined().enrollments().cancel(id, ACT);
    assertThat(view(sequencer, id).state().ending()).isEmpty();
    assertThat(joined().enrollments().find(id).orElseThrow().state().ending()).isEmpty();
    commit();
    assertThat(view(sequencer, id).state().ending()).contains(Ending.CANCELLED);
    assertThat(sequencer.enrollments().cancel(id, ACT).outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void actsOfOneTransactionAreCarriedOutInTheirOrder() {
    EnrollmentId id = bo();
    SequencerOperations joined = joined();
    assertThat(joined.enrollments().pause(id, ACT).outcome()).isEqualTo(Outcome.QUEUED);
    joined.record(HostEvent.named("deal.won").contact("bo").id("deal"));
    assertThat(joined.enrollments().complete(id, ACT).outcome()).isEqualTo(Outcome.QUEUED);
    commit();
    assertThat(kinds(sequencer, id)).containsSubsequence("paused", "deal.won", "completed");
  }

  @Test
  void anActThatTheStateDoesNotAllowIsRefusedAtOnceAndLeavesNothing() throws SQLException {
    EnrollmentId id = bo();
    sequencer.enrollments().cancel(id, ACT);
    assertThat(joined().enrollments().cancel(id, ACT).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(joined().enrollments().hold(id, ACT).outcome()).isEqualTo(Outcome.REFUSED);
    ActResult none = joined().enrollments().cancel(new EnrollmentId(id.value() + 999), ACT);
    assertThat(none.outcome()).isEqualTo(Outcome.NOT_FOUND);
    host.commit();
    assertThat(rows("inbox")).isZero();
  }

  @Test
  void anEventIsRecordedOnceThoughTwoTransactionsRecordIt() {
    EnrollmentId id = bo();
    assertThat(joined().record(HostEvent.named("deal.won").contact("bo").id("deal"))).isZero();
    commit();
    joined().record(HostEvent.named("deal.won").contact("bo").id("deal"));
    commit();
    assertThat(kinds(sequencer, id).stream().filter("deal.won"::equals)).hasSize(1);
  }

  @Test
  void anEventKeepsWhatItSays() {
    EnrollmentId id = bo();
    sequencer.runUntilIdle();
    SequencerOperations joined = joined();
    String sent = deliveries(sequencer).get(0).messageId();
    joined.record(HostEvent.opened().messageId(sent).id("o").at(START));
    joined.record(HostEvent.clicked().delivery(deliveries(sequencer).get(0).id()).id("c"));
    joined.record(
        HostEvent.named("deal.won")
            .email(BO)
            .id("d")
            .data(Attributes.none().with("value", 12).with("currency", "EUR")));
    commit();
    assertThat(sequencer.enrollments().history(id))
        .filteredOn(entry -> List.of("opened", "clicked", "deal.won").contains(entry.kind()))
        .extracting(entry -> entry.detail().toString())
        .satisfiesExactly(
            opened -> assertThat(opened).contains(START.toString()),
            clicked -> assertThat(clicked).contains("c"),
            deal -> assertThat(deal).contains("12").contains("EUR"));
  }

  @Test
  void aContactThatIsSavedOrEnrolledAgainChangesAfterTheCommit() throws SQLException {
    EnrollmentId id = bo();
    assertThat(joined().contacts().save(Contact.of(BO).id("bo").zone("Asia/Tokyo"))).isZero();
    joined().enroll("one", Contact.of("bo@new.example").id("bo"));
    assertThat(sequencer.contacts().findById("bo").orElseThrow().zone()).isEmpty();
    sequencer.runUntilIdle();
    host.commit();
    Contact after = sequencer.contacts().findById("bo").orElseThrow();
    assertThat(after.zone().orElseThrow().getId()).isEqualTo("Asia/Tokyo");
    assertThat(after.email().address()).isEqualTo("bo@new.example");
    sequencer.advance(Duration.ofDays(2));
    assertThat(recipients()).containsExactly(BO, "bo@new.example", "bo@new.example");
    assertThat(view(sequencer, id).state().ending()).contains(Ending.COMPLETED);
    assertThat(rows("inbox")).isZero();
  }

  @Test
  void whoIsSuppressedInATransactionIsNotEnrolledInIt() throws SQLException {
    joined().suppressions().suppress(BO, ACT);
    assertThat(joined().enroll("one", Contact.of(BO))).isInstanceOf(EnrollResult.Suppressed.class);
    assertThat(joined().suppressions().matching(BO)).hasSize(1);
    assertThat(sequencer.suppressions().matching(BO)).isEmpty();
    sequencer.suppressions().suppress(BO, ACT);
    host.commit();
    assertThat(sequencer.suppressions().matching(BO)).hasSize(1);
    assertThat(joined().suppressions().unsuppress(BO, ACT).outcome()).isEqualTo(Outcome.QUEUED);
    host.commit();
    assertThat(sequencer.suppressions().matching(BO)).isEmpty();
    assertThat(rows("suppression")).isZero();
  }

  @Test
  void twoHostsMaySuppressOneAddressAtATime() throws SQLException {
    try (Connection second = SERVER.source().getConnection()) {
      second.setAutoCommit(false);
      joined().suppressions().suppress(BO, ACT);
      sequencer
          .inTransaction(JdbcTransaction.of(second))
          .suppressions()
          .suppressEverything(BO, ACT);
      second.commit();
      commit();
    }
    assertThat(sequencer.suppressions().list("", 10).items())
        .singleElement()
        .satisfies(view -> assertThat(view.transactionalToo()).isTrue());
  }

  @Test
  void actsOnMailboxesAndWholeSequencesTakeNoPart() {
    assertThatIllegalStateException()
        .isThrownBy(() -> joined().mailboxes().reconnect(MAILBOX, ACT))
        .withMessageContaining("takes no part in a transaction of the host");
  }

  @Test
  @DisplayName("K19 an entry is carried out once though the answer to it is lost")
  void anEntryIsCarriedOutOnce() {
    EnrollmentId id = bo();
    joined().enrollments().pause(id, ACT);
    commit();
    store.failAfter("steer", times(1));
    assertThatThrownBy(() -> sequencer.runDue()).isInstanceOf(StoreException.class);
    sequencer.runUntilIdle();
    assertThat(kinds(sequencer, id).stream().filter("paused"::equals)).hasSize(1);
    assertThat(transport.attempted()).isEmpty();
  }

  @Test
  @DisplayName("K10 an entry that cannot be carried out stands in the log and stops no other")
  void aBadEntryStopsNoOther() throws SQLException {
    EnrollmentId id = bo();
    insert("insert into @inbox (tenant, kind, body) values ('', 'no-such-act', '{\"format\":1}')");
    insert("insert into @inbox (tenant, kind, body) values ('', 'event', 'no JSON')");
    joined().enrollments().cancel(id, ACT);
    commit();
    assertThat(view(sequencer, id).state().ending()).contains(Ending.CANCELLED);
    assertThat(rows("inbox")).isZero();
    assertThat(rows("event where kind = 'inbox-failed'")).isEqualTo(2);
  }

  @Test
  void anEntryOfANewerFormWaitsForANewerEngine() throws SQLException {
    EnrollmentId id = bo();
    insert(
        "insert into @inbox (tenant, kind, body, enrollment) values ('', 'cancel',"
            + " '{\"format\":2}', "
            + id.value()
            + ")");
    enroll(sequencer, ONE, "other@example.com");
    sequencer.advance(Duration.ofMinutes(1));
    assertThat(recipients()).containsExactly("other@example.com");
    assertThat(rows("inbox")).isEqualTo(1);
  }

  private void insert(String text) throws SQLException {
    try (Connection other = SERVER.source().getConnection();
        Statement statement = other.createStatement()) {
      statement.execute(text.replace("@", schema + ".sequencer_"));
    }
  }

  @Test
  @DisplayName("K19 under REPEATABLE READ whom it cannot see is told, and a new one is made")
  void repeatableReadCannotSeeWhatItMeets() throws SQLException {
    host.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (Statement statement = host.createStatement()) {
      statement.execute("select 1 from " + schema + ".sequencer_store");
    }
    EnrollmentId id = bo();
    EnrollResult met = joined().enroll("two", Contact.of(BO).id("bo"));
    assertThat(met).isInstanceOf(EnrollResult.AlreadyEnrolled.class);
    assertThat(met.enrollment()).contains(id);
    // Known since, but not enrolled in this sequence: only a new transaction can see whom.
    assertThatThrownBy(() -> joined().enroll("one", Contact.of(BO).id("bo")))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isTrue())
        .hasMessageContaining("REPEATABLE READ");
    joined().enroll("one", Contact.of("new@example.com"));
    joined().record(HostEvent.replied().contact("bo").id("r"));
    host.commit();
    sequencer.runUntilIdle();
    assertThat(recipients()).containsExactly("new@example.com");
    assertThat(view(sequencer, id).state().ending()).contains(Ending.STOPPED);
  }

  @Test
  @DisplayName("K19 nodes that run go on beside an open transaction and carry it out afterwards")
  void startedNodesGoOn() throws Exception {
    FakeTransport sends = FakeTransport.create();
    CountDownLatch ended = new CountDownLatch(1);
    Sequencer api = started("api", sends, ended);
    Sequencer node = started("node", sends, ended);
    EnrollmentId stopped = api.enroll("two", Contact.of(BO).id("bo")).enrollment().orElseThrow();
    node.start();
    assertThat(sends.whenAccepted(1).await(20, TimeUnit.SECONDS)).isTrue();
    api.inTransaction(JdbcTransaction.of(host)).enrollments().cancel(stopped, ACT);
    api.inTransaction(JdbcTransaction.of(host)).enroll("one", Contact.of("late@example.com"));
    for (int i = 0; i < 50; i++) {
      api.enroll("one", Contact.of("c" + i + "@example.com"));
    }
    assertThat(sends.whenAccepted(51).await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(ended.getCount()).isEqualTo(1);
    host.commit();
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(sends.whenAccepted(52).await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(sends.attempted()).hasSize(52);
  }

  private Sequencer started(String name, FakeTransport sends, CountDownLatch cancelled) {
    Sequencer engine =
        Sequencer.builder()
            .store(JdbcStore.postgres(SERVER.source()).schema(nodes))
            .node(name)
            .defaultZone("UTC")
            .transport(TestSequencerBuilder.FAKE, sends)
            .mailbox(mailbox())
            .sequence(ONE)
            .sequence(TWO)
            .listener(
                event -> {
                  if (event instanceof SequencerEvent.EnrollmentEnded end
                      && end.ending() == Ending.CANCELLED) {
                    cancelled.countDown();
                  }
                })
            .build();
    closing(() -> engine.stop(Duration.ZERO));
    return engine;
  }
}
