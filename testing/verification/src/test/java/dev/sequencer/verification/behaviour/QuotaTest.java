package dev.sequencer.verification.behaviour;

import static dev.sequencer.verification.behaviour.Scenes.ACT;
import static dev.sequencer.verification.behaviour.Scenes.copies;
import static dev.sequencer.verification.behaviour.Scenes.enrollments;
import static dev.sequencer.verification.behaviour.Scenes.left;
import static dev.sequencer.verification.behaviour.Scenes.one;
import static dev.sequencer.verification.behaviour.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Contact;
import dev.sequencer.ContactInput;
import dev.sequencer.Delay;
import dev.sequencer.Ending;
import dev.sequencer.EnrollRequest;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.Mailbox;
import dev.sequencer.OnFailure;
import dev.sequencer.RampUp;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.TimeRuleException;
import dev.sequencer.WhenMailboxGone;
import dev.sequencer.spi.SendResult;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.Times;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Quotas, spacing, pools and warm-up. */
class QuotaTest {
  private static final String A = "a@acme.example";
  private static final String B = "b@acme.example";
  private static final String C = "c@acme.example";

  @TempDir Path folder;

  private static Stream<ContactInput> people(int number) {
    return IntStream.range(0, number).mapToObj(i -> ContactInput.of("p" + i + "@example.com"));
  }

  private static Mailbox mailbox(String address) {
    return Mailbox.of(address).via(TestSequencerBuilder.FAKE);
  }

  private static int usedToday(TestSequencer sequencer, String address) {
    return sequencer.mailboxes().find(address).orElseThrow().usage().today();
  }

  private static Map<LocalDate, Long> perDay(TestSequencer sequencer) {
    return sequencer.mails().stream()
        .collect(
            Collectors.groupingBy(
                mail -> mail.local().toLocalDate(), TreeMap::new, Collectors.counting()));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F1 50 mails that are dropped at prepare use no quota and no spacing")
  void droppedAtPrepare(Stores kept) {
    Sequence greeting =
        Sequence.named("greeting")
            .email("mail", mail -> mail.subject("Hi").text("Dear {{nick}}"))
            .build();
    try (TestSequencer sequencer =
        kept.engine(folder)
            .mailbox(mailbox(A).perDay(10).minGap(Duration.ofMinutes(10)))
            .sequence(greeting)
            .build()) {
      sequencer.enrollAll("greeting", people(50), each -> {});
      sequencer.runUntilIdle();
      assertThat(sequencer.transport().attempted()).isEmpty();
      assertThat(usedToday(sequencer, A)).isZero();
      assertThat(sequencer.sequences().counts("greeting").enrollments())
          .containsEntry("failed", 50L);

      sequencer.enroll("greeting", Contact.of("bo@example.com").attribute("nick", "Bo"));
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).hasSize(1);
      assertThat(usedToday(sequencer, A)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F1 50 mails that a gate refuses use no quota and no spacing")
  void refusedByAGate(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder)
            .mailbox(mailbox(A).perDay(10).minGap(Duration.ofMinutes(10)))
            .sequence(one("one"))
            .build()) {
      sequencer.enrollAll("one", people(50), each -> {});
      sequencer.suppressions().suppress("example.com", ACT);
      sequencer.enroll("one", Contact.of("bo@elsewhere.example"));
      sequencer.runUntilIdle();

      assertThat(sequencer.mails())
          .extracting(SentMail::to)
          .containsExactly("bo@elsewhere.example");
      assertThat(sequencer.mails().get(0).leftAt()).isEqualTo("2026-06-01T08:00:00Z");
      assertThat(usedToday(sequencer, A)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F1 S3 a deferred attempt gives back its quota, not its slot")
  void deferredAttempt(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder)
            .mailbox(mailbox(A).perDay(8).evenly().hours(SendWindow.daily("08:00", "16:00")))
            .sequence(one("one"))
            .build()) {
      sequencer.transport().onNext(SendResult.deferred("451", "later"));
      sequencer.enroll("one", Contact.of("bo@example.com"));
      sequencer.runUntilIdle();
      assertThat(usedToday(sequencer, A)).isZero();
      sequencer.advance(Duration.ofHours(4));

      assertThat(left(sequencer.transport()))
          .containsExactly(Instant.parse("2026-06-01T09:00:00Z"));
      assertThat(usedToday(sequencer, A)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "F2 a quota that is cut while mails leave holds at once: the ninth waits for tomorrow")
  void quotaIsCut(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).mailbox(mailbox(A).perDay(10)).sequence(one("one")).build()) {
      sequencer
          .transport()
          .onNext(
              FakeAnswer.accept(),
              FakeAnswer.accept(),
              FakeAnswer.accept()
                  .afterwards(() -> sequencer.mailboxes().save(mailbox(A).perDay(8))));
      sequencer.enrollAll("one", people(10), each -> {});
      sequencer.advanceTo("2026-06-01T23:59:59.999Z");
      assertThat(sequencer.mails()).hasSize(8);
      sequencer.advanceTo("2026-06-02T00:00:00Z");
      assertThat(sequencer.mails()).hasSize(10);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F2 without a readable ledger nothing is sent")
  void unreadableLedger(Stores kept) {
    FaultyStore store = FaultyStore.around(kept.create(folder));
    try (TestSequencer sequencer =
        TestSequencer.builder()
            .store(store)
            .mailbox(mailbox(A).perDay(10))
            .sequence(one("one"))
            .build()) {
      sequencer.enrollAll("one", people(10), each -> {});
      store.failBefore("begin", Times.always());
      assertThatThrownBy(sequencer::runUntilIdle).isInstanceOf(Throwable.class);
      assertThat(sequencer.transport().attempted()).isEmpty();
      store.heal();
      sequencer.advance(Duration.ofMinutes(5));
      assertThat(sequencer.mails()).hasSize(10);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F4 one mail every 8 minutes and ten due: they leave exactly 8 minutes apart")
  void oneEveryEightMinutes(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder)
            .mailbox(mailbox(A).minGap(Duration.ofMinutes(8)))
            .sequence(one("one"))
            .build()) {
      sequencer.enrollAll("one", people(10), each -> {});
      sequencer.advance(Duration.ofHours(2));
      Instant start = Instant.parse("2026-06-01T08:00:00Z");
      assertThat(left(sequencer.transport()))
          .isEqualTo(IntStream.range(0, 10).mapToObj(i -> start.plusSeconds(8L * 60 * i)).toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F5 A with 2 a day and B with 5 a day send 2 and 5 of ten, and 3 tomorrow")
  void everyMailboxHasItsOwnLimit(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder)
            .mailbox(mailbox(A).perDay(2))
            .mailbox(mailbox(B).perDay(5))
            .sequence(
                Sequence.named("one").pool(A, B).email("mail", mail -> mail.template("m")).build())
            .build()) {
      sequencer.enrollAll("one", people(10), each -> {});
      sequencer.advanceTo("2026-06-01T23:59:59.999Z");
      Map<String, Long> today =
          sequencer.mails().stream()
              .collect(Collectors.groupingBy(SentMail::mailbox, Collectors.counting()));
      assertThat(today).containsOnly(Map.entry(A, 2L), Map.entry(B, 5L));
      sequencer.advanceTo("2026-06-02T00:00:00Z");
      assertThat(copies(sequencer.transport()).values()).hasSize(10).containsOnly(1L);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F7 six steps of one contact leave from one of three mailboxes")
  void oneMailboxForAllSteps(Stores kept) {
    Sequence.Builder sequence = Sequence.named("six").pool(A, B, C);
    for (int i = 1; i <= 6; i++) {
      String step = "mail-" + i;
      sequence.email(step, mail -> mail.template(step)).waitFor(Delay.hours(1));
    }
    try (TestSequencer sequencer =
        kept.engine(folder)
            .mailbox(mailbox(A))
            .mailbox(mailbox(B))
            .mailbox(mailbox(C))
            .sequence(sequence.build())
            .build()) {
      sequencer.enrollAll("six", people(9), each -> {});
      sequencer.advance(Duration.ofDays(1));

      assertThat(sequencer.mails()).hasSize(54);
      assertThat(sequencer.mails().stream().map(m -> m.to() + m.mailbox()).distinct().toList())
          .hasSize(9);
      assertThat(sequencer.mails().stream().map(SentMail::mailbox).distinct()).hasSize(3);
    }
  }

  private static TestSequencer boundToABusyMailbox(Stores kept, Path folder) {
    TestSequencer sequencer =
        kept.engine(folder)
            .mailbox(mailbox(A).perDay(1))
            .mailbox(mailbox(B))
            .sequence(
                Sequence.named("two")
                    .pool(A, B)
                    .email("mail-1", mail -> mail.template("1"))
                    .waitFor(Delay.hours(1))
                    .email("mail-2", mail -> mail.template("2"))
                    .build())
            .build();
    sequencer.enroll(EnrollRequest.of("two", Contact.of("one@example.com")).mailbox(A));
    sequencer.enroll(EnrollRequest.of("two", Contact.of("two@example.com")).mailbox(B));
    sequencer.advance(Duration.ofHours(2));
    return sequencer;
  }

  private static EnrollmentId waiting(TestSequencer sequencer) {
    return enrollments(sequencer).stream()
        .filter(e -> e.contact().email().address().equals("one@example.com"))
        .findFirst()
        .orElseThrow()
        .id();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F8 a contact that waits for its busy mailbox does not block that of another one")
  void busyMailboxBlocksNobodyElse(Stores kept) {
    try (TestSequencer sequencer = boundToABusyMailbox(kept, folder)) {
      assertThat(sequencer.mailsTo("one@example.com")).hasSize(1);
      assertThat(sequencer.mailsTo("two@example.com")).hasSize(2);
      sequencer.advanceTo("2026-06-02T00:00:00Z");
      assertThat(sequencer.mailsTo("one@example.com"))
          .extracting(SentMail::mailbox)
          .containsExactly(A, A);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F8 a mailbox that is removed with HOLD holds its enrollments; resumed they go on")
  void removedWithHold(Stores kept) {
    try (TestSequencer sequencer = boundToABusyMailbox(kept, folder)) {
      assertThat(sequencer.mailboxes().remove(A, WhenMailboxGone.HOLD, ACT).done()).isTrue();
      sequencer.advance(Duration.ofDays(2));
      EnrollmentId id = waiting(sequencer);
      assertThat(sequencer.enrollments().find(id).orElseThrow().status())
          .isEqualTo(EnrollmentStatus.HELD);
      assertThat(sequencer.mailsTo("one@example.com")).hasSize(1);

      assertThat(sequencer.enrollments().resume(id, ACT).done()).isTrue();
      sequencer.advance(Duration.ofHours(1));
      assertThat(sequencer.mailsTo("one@example.com"))
          .extracting(SentMail::mailbox)
          .containsExactly(A, B);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F8 a mailbox that is removed with REASSIGN gives its enrollments to the pool")
  void removedWithReassign(Stores kept) {
    try (TestSequencer sequencer = boundToABusyMailbox(kept, folder)) {
      sequencer.mailboxes().remove(A, WhenMailboxGone.REASSIGN, ACT);
      sequencer.advance(Duration.ofHours(1));
      assertThat(sequencer.mailsTo("one@example.com"))
          .extracting(SentMail::mailbox)
          .containsExactly(A, B);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F8 a mailbox that is removed with FAIL ends its enrollments as failed")
  void removedWithFail(Stores kept) {
    try (TestSequencer sequencer = boundToABusyMailbox(kept, folder)) {
      sequencer.mailboxes().remove(A, WhenMailboxGone.FAIL, ACT);
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.enrollments().find(waiting(sequencer)).orElseThrow().state().ending())
          .contains(Ending.FAILED);
      assertThat(sequencer.mailsTo("one@example.com")).hasSize(1);
    }
  }

  @Test
  @DisplayName("F12 a quota of 0 is refused wherever one can be given")
  void zeroIsRefused() {
    assertThatThrownBy(() -> mailbox(A).perDay(0))
        .isInstanceOf(TimeRuleException.class)
        .hasMessageContaining("0");
    assertThatThrownBy(() -> mailbox(A).perHour(0)).isInstanceOf(TimeRuleException.class);
    assertThatThrownBy(() -> dev.sequencer.Pace.perHour(0)).isInstanceOf(TimeRuleException.class);
    assertThatThrownBy(() -> new RampUp(0, 5, 50)).isInstanceOf(TimeRuleException.class);
    assertThatThrownBy(() -> mailbox(A).minGap(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F12 a mailbox without a quota has no limit")
  void unsetIsNoLimit(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).mailbox(mailbox(A)).sequence(one("one")).build()) {
      sequencer.enrollAll("one", people(1_200), each -> {});
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).hasSize(1_200);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F14 warm-up: day n sends min(50, 10 + 5 (n - 1)); an idle day does not count")
  void warmUp(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).mailbox(mailbox(A).rampUp(10, 5, 50)).sequence(one("one")).build()) {
      sequencer.enrollAll("one", people(350), each -> {});
      sequencer.advanceTo("2026-06-02T23:00:00Z");
      sequencer.mailboxes().pause(A, ACT);
      sequencer.advanceTo("2026-06-04T12:00:00Z");
      sequencer.mailboxes().resume(A, ACT);
      sequencer.advanceTo("2026-06-20T00:00:00Z");

      Map<LocalDate, Long> expected = new TreeMap<>();
      expected.put(LocalDate.parse("2026-06-01"), 10L);
      expected.put(LocalDate.parse("2026-06-02"), 15L);
      long[] later = {20, 25, 30, 35, 40, 45, 50, 50, 30};
      for (int i = 0; i < later.length; i++) {
        expected.put(LocalDate.parse("2026-06-04").plusDays(i), later[i]);
      }
      assertThat(perDay(sequencer)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("G13 a step that fails for good ends the run as failed, and a retry revives it")
  void failureEndsTheRun(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(steps("two", 2, Delay.hours(1))).build()) {
      sequencer.answerStep("mail-1", SendResult.refusedMessage("554", "no"));
      sequencer.enroll("two", Contact.of("bo@example.com"));
      sequencer.advance(Duration.ofDays(1));
      assertThat(sequencer.mails()).isEmpty();
      EnrollmentId id = enrollments(sequencer).get(0).id();
      assertThat(sequencer.enrollments().find(id).orElseThrow().state().ending())
          .contains(Ending.FAILED);

      assertThat(sequencer.enrollments().retry(id, ACT).done()).isTrue();
      sequencer.advance(Duration.ofDays(1));
      assertThat(sequencer.mails()).extracting(SentMail::step).containsExactly("mail-1", "mail-2");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("G13 S6 with CONTINUE the run goes on, the next delay counting from the failure")
  void failureContinues(Stores kept) {
    Sequence sequence =
        Sequence.named("two")
            .onFailure(OnFailure.CONTINUE)
            .email("mail-1", mail -> mail.template("1"))
            .waitFor(Delay.hours(1))
            .email("mail-2", mail -> mail.template("2"))
            .build();
    try (TestSequencer sequencer = kept.engine(folder).sequence(sequence).build()) {
      sequencer.answerStep("mail-1", SendResult.refusedMessage("554", "no"));
      sequencer.enroll("two", Contact.of("bo@example.com"));
      sequencer.advance(Duration.ofDays(1));
      assertThat(sequencer.mails()).extracting(SentMail::step).containsExactly("mail-2");
      assertThat(left(sequencer.transport()))
          .containsExactly(Instant.parse("2026-06-01T09:00:00Z"));
    }
  }
}
