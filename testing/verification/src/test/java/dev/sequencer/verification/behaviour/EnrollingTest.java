package dev.sequencer.verification.behaviour;

import static dev.sequencer.verification.behaviour.Scenes.ACT;
import static dev.sequencer.verification.behaviour.Scenes.enrollments;
import static dev.sequencer.verification.behaviour.Scenes.kinds;
import static dev.sequencer.verification.behaviour.Scenes.left;
import static dev.sequencer.verification.behaviour.Scenes.one;
import static dev.sequencer.verification.behaviour.Scenes.only;
import static dev.sequencer.verification.behaviour.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.sequencer.Attributes;
import dev.sequencer.BulkResult;
import dev.sequencer.BulkSummary;
import dev.sequencer.Contact;
import dev.sequencer.ContactInput;
import dev.sequencer.Delay;
import dev.sequencer.EnrollRequest;
import dev.sequencer.EnrollResult;
import dev.sequencer.EnrollResult.AlreadyEnrolled;
import dev.sequencer.EnrollResult.Enrolled;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentView;
import dev.sequencer.Mailbox;
import dev.sequencer.Reenroll;
import dev.sequencer.Sequence;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is enrolled how often, and as whom. */
class EnrollingTest {
  private static final Contact BO = Contact.of("bo@example.com").id("bo");

  @TempDir Path folder;

  private static EnrollmentId enrolled(EnrollResult result) {
    assertThat(result).isInstanceOf(Enrolled.class);
    return result.enrollment().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("B2 once: whoever finished and is enrolled again is told so and gets nothing")
  void onceIsOnce(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(one("one")).build()) {
      EnrollmentId first = enrolled(sequencer.enroll("one", BO));
      sequencer.advance(Duration.ofDays(1));
      EnrollResult again = sequencer.enroll("one", BO);
      sequencer.advance(Duration.ofDays(1));

      assertThat(again).isInstanceOf(AlreadyEnrolled.class);
      assertThat(again.enrollment()).contains(first);
      assertThat(sequencer.mails()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("B3 after the end: the second call makes run 2, which begins anew; run 1 is kept")
  void afterTheEnd(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(steps("two", 2, Delay.hours(1))).build()) {
      EnrollRequest again = EnrollRequest.of("two", BO).reenroll(Reenroll.AFTER_END);
      EnrollmentId first = enrolled(sequencer.enroll(again));
      sequencer.runUntilIdle();
      assertThat(sequencer.enroll(again)).isInstanceOf(AlreadyEnrolled.class);
      sequencer.advance(Duration.ofDays(1));
      List<String> history = kinds(sequencer, first);
      EnrollmentId second = enrolled(sequencer.enroll(again));
      sequencer.advance(Duration.ofDays(1));
      EnrollmentId third = enrolled(sequencer.enroll(again));

      assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
      assertThat(sequencer.mails())
          .extracting(SentMail::step)
          .containsExactly("mail-1", "mail-2", "mail-1", "mail-2");
      assertThat(kinds(sequencer, first)).isEqualTo(history).contains("sent");
      assertThat(enrollments(sequencer)).extracting(EnrollmentView::runKey).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("B6 two threads that enroll one contact get one enrollment with one id")
  void twoThreads(Stores kept) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (TestSequencer sequencer = kept.engine(folder).sequence(one("one")).build()) {
      for (int i = 0; i < 50; i++) {
        Contact contact = Contact.of("p" + i + "@example.com");
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<EnrollResult>> both = new ArrayList<>();
        for (int thread = 0; thread < 2; thread++) {
          both.add(
              threads.submit(
                  () -> {
                    start.await(10, TimeUnit.SECONDS);
                    return sequencer.enroll("one", contact);
                  }));
        }
        EnrollResult one = both.get(0).get(20, TimeUnit.SECONDS);
        EnrollResult two = both.get(1).get(20, TimeUnit.SECONDS);
        assertThat(one.enrollment()).isPresent().isEqualTo(two.enrollment());
        assertThat(Stream.of(one, two).filter(Enrolled.class::isInstance)).hasSize(1);
      }
      assertThat(enrollments(sequencer)).hasSize(50);
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("B8 a draft takes nobody, and nothing leaves by itself when it is activated")
  void draftsTakeNobody(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).build()) {
      sequencer.sequences().draft(one("one"));
      assertThatThrownBy(() -> sequencer.enroll("one", BO))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("draft");
      assertThat(sequencer.sequences().activate("one", ACT).done()).isTrue();
      sequencer.advance(Duration.ofDays(1));
      assertThat(sequencer.mails()).isEmpty();
      enrolled(sequencer.enroll("one", BO));
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a run key tells runs apart; the same key is the same run")
  void runKeys(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(one("one")).build()) {
      EnrollRequest request = EnrollRequest.of("one", BO);
      EnrollmentId june = enrolled(sequencer.enroll(request.runKey("2026-06")));
      EnrollmentId july = enrolled(sequencer.enroll(request.runKey("2026-07")));
      assertThat(sequencer.enroll(request.runKey("2026-06")).enrollment()).contains(june);
      assertThat(june).isNotEqualTo(july);
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a contact first known by address that comes with an id is the same contact")
  void aContactGetsAnId(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(one("one")).build()) {
      EnrollmentId first = enrolled(sequencer.enroll("one", Contact.of("Bo@Example.com")));
      EnrollResult again = sequencer.enroll("one", Contact.of(" bo@example.com").id("bo"));
      assertThat(again).isInstanceOf(AlreadyEnrolled.class);
      assertThat(again.enrollment()).contains(first);
      assertThat(sequencer.contacts().findById("bo")).isPresent();
      assertThat(sequencer.contacts().findByEmail("BO@example.com")).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("two ids with one address are two contacts")
  void twoIdsAreTwoContacts(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(one("one")).build()) {
      enrolled(sequencer.enroll("one", Contact.of("office@example.com").id("ann")));
      enrolled(sequencer.enroll("one", Contact.of("office@example.com").id("ben")));
      sequencer.runUntilIdle();
      assertThat(sequencer.mailsTo("office@example.com")).hasSize(2);
      assertThat(sequencer.contacts().findByEmail("office@example.com")).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("S19 data of the run wins over the contact's attributes, which are the newest")
  void dataOfTheRunWins(Stores kept) {
    Sequence greeting =
        Sequence.named("greeting")
            .waitFor(Delay.hours(1))
            .email("mail", mail -> mail.subject("{{plan}} {{city}}").text("x"))
            .build();
    try (TestSequencer sequencer = kept.engine(folder).sequence(greeting).build()) {
      Contact contact = BO.attribute("plan", "free").attribute("city", "Rome");
      sequencer.enroll(
          EnrollRequest.of("greeting", contact).data(Attributes.none().with("plan", "pro")));
      sequencer.contacts().save(BO.attribute("plan", "basic").attribute("city", "Oslo"));
      sequencer.advance(Duration.ofHours(1));
      assertThat(sequencer.mails()).extracting(SentMail::subject).containsExactly("pro Oslo");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a contact's new address and zone count from its next step")
  void savedContact(Stores kept) {
    Sequence sequence =
        Sequence.named("two")
            .email("mail-1", mail -> mail.template("1"))
            .waitFor(Delay.days(1).at("09:00"))
            .email("mail-2", mail -> mail.template("2"))
            .build();
    try (TestSequencer sequencer = kept.engine(folder).sequence(sequence).build()) {
      sequencer.enroll("two", BO);
      sequencer.runUntilIdle();
      assertThat(
              sequencer
                  .contacts()
                  .save(Contact.of("bo@new.example").id("bo").zone("America/New_York")))
          .isEqualTo(1);
      sequencer.advance(Duration.ofDays(3));
      assertThat(sequencer.mails()).hasSize(2);
      assertThat(sequencer.mails().get(1).to()).isEqualTo("bo@new.example");
      assertThat(sequencer.mails().get(1).local()).isEqualTo("2026-06-02T09:00");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a bulk call answers for each row: enrolled, already, suppressed, invalid with why")
  void bulk(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(one("one")).build()) {
      sequencer.enroll("one", BO);
      sequencer.suppressions().suppress("gone@example.com", ACT);
      List<BulkResult> results = new ArrayList<>();
      BulkSummary summary =
          sequencer.enrollAll(
              "one",
              Stream.of(
                  ContactInput.of("new@example.com"),
                  ContactInput.of(BO),
                  ContactInput.of("gone@example.com"),
                  ContactInput.of("nonsense"),
                  ContactInput.of("NEW@example.com "),
                  ContactInput.of("other@example.com")),
              results::add);

      assertThat(results)
          .extracting(BulkResult::row, BulkResult::outcome)
          .containsExactly(
              tuple(1L, BulkResult.Outcome.ENROLLED),
              tuple(2L, BulkResult.Outcome.ALREADY_ENROLLED),
              tuple(3L, BulkResult.Outcome.SUPPRESSED),
              tuple(4L, BulkResult.Outcome.INVALID),
              tuple(5L, BulkResult.Outcome.ALREADY_ENROLLED),
              tuple(6L, BulkResult.Outcome.ENROLLED));
      assertThat(results.get(3).reason()).isNotBlank();
      assertThat(results.get(4).enrollment()).isEqualTo(results.get(0).enrollment());
      assertThat(summary).isEqualTo(new BulkSummary(2, 2, 1, 1));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a sequence can start at an instant or at a local time of the contact")
  void startingAt(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(one("one")).build()) {
      sequencer.enroll(
          EnrollRequest.of("one", Contact.of("a@example.com"))
              .startingAt(Instant.parse("2026-06-03T10:00:00Z")));
      sequencer.enroll(
          EnrollRequest.of("one", Contact.of("b@example.com").zone("Asia/Tokyo"))
              .startingAt(LocalDateTime.parse("2026-06-03T10:00")));
      sequencer.advance(Duration.ofDays(7));
      assertThat(left(sequencer.transport()))
          .containsExactly(
              Instant.parse("2026-06-03T01:00:00Z"), Instant.parse("2026-06-03T10:00:00Z"));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a mailbox that is named for an enrollment sends it, whatever the pool")
  void namedMailbox(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder)
            .mailbox(Mailbox.of("a@acme.example").via(TestSequencerBuilder.FAKE))
            .mailbox(Mailbox.of("b@acme.example").via(TestSequencerBuilder.FAKE))
            .sequence(one("one"))
            .build()) {
      for (int i = 0; i < 5; i++) {
        sequencer.enroll(
            EnrollRequest.of("one", Contact.of("p" + i + "@example.com"))
                .mailbox("b@acme.example"));
      }
      sequencer.runUntilIdle();
      assertThat(sequencer.mails())
          .hasSize(5)
          .extracting(SentMail::mailbox)
          .containsOnly("b@acme.example");
      assertThatThrownBy(
              () -> sequencer.enroll(EnrollRequest.of("one", BO).mailbox("c@acme.example")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("c@acme.example");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("enrolling into an unknown or archived sequence is refused, into a paused one waits")
  void closedSequences(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(one("welcome")).build()) {
      assertThatThrownBy(() -> sequencer.enroll("wellcome", BO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("did you mean 'welcome'");
      sequencer.sequences().pause("welcome", ACT);
      enrolled(sequencer.enroll("welcome", BO));
      sequencer.advance(Duration.ofDays(1));
      assertThat(sequencer.mails()).isEmpty();
      assertThat(only(sequencer).state().reason()).isEqualTo("paused");
      sequencer.sequences().resume("welcome", ACT);
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).hasSize(1);
      sequencer.sequences().archive("welcome", ACT);
      assertThatThrownBy(() -> sequencer.enroll("welcome", Contact.of("al@example.com")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("archived");
    }
  }
}
