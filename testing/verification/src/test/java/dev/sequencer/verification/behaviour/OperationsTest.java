package dev.sequencer.verification.behaviour;

import static dev.sequencer.verification.behaviour.Scenes.ACT;
import static dev.sequencer.verification.behaviour.Scenes.beside;
import static dev.sequencer.verification.behaviour.Scenes.copies;
import static dev.sequencer.verification.behaviour.Scenes.deliveries;
import static dev.sequencer.verification.behaviour.Scenes.enrollments;
import static dev.sequencer.verification.behaviour.Scenes.one;
import static dev.sequencer.verification.behaviour.Scenes.only;
import static dev.sequencer.verification.behaviour.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Attributes;
import dev.sequencer.Contact;
import dev.sequencer.ContactInput;
import dev.sequencer.Delay;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.EnrollmentView;
import dev.sequencer.Health;
import dev.sequencer.Mailbox;
import dev.sequencer.RunScope;
import dev.sequencer.Sequence;
import dev.sequencer.SequencerOperations;
import dev.sequencer.spi.SendResult;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.SimulatedCrash;
import dev.sequencer.tck.faults.Times;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stuck work, health, tenants, passes and host code that fails. */
class OperationsTest {
  private static final Contact BO = Contact.of("bo@example.com").id("bo");

  @TempDir Path folder;

  private static Stream<ContactInput> people(int number) {
    return IntStream.range(0, number).mapToObj(i -> ContactInput.of("p" + i + "@example.com"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("L4 claims of a dead node expire by themselves and nothing is deleted")
  void claimsExpire(Stores kept) {
    FaultyStore store = FaultyStore.around(kept.create(folder));
    try (TestSequencer sequencer =
        TestSequencer.builder().store(store).sequence(one("one")).build()) {
      sequencer.enrollAll("one", people(50), each -> {});
      store.crashAfter("claim", Times.nth(1));
      assertThatThrownBy(sequencer::runUntilIdle).isInstanceOf(SimulatedCrash.class);
      sequencer.crash();
      assertThat(enrollments(sequencer))
          .hasSize(50)
          .extracting(EnrollmentView::status)
          .containsOnly(EnrollmentStatus.ACTIVE);
      sequencer.advance(Duration.ofSeconds(60));
      assertThat(copies(sequencer.transport()).values()).hasSize(50).containsOnly(1L);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("L5 work that another node enrolled is found though nobody woke this one")
  void foundWithoutAWakeUp(Stores kept) {
    try (TestSequencer worker = kept.engine(folder).sequence(one("one")).build();
        TestSequencer web = beside(worker, one("one"))) {
      worker.runUntilIdle();
      web.enroll("one", BO);
      worker.advance(Duration.ofSeconds(30));
      assertThat(worker.mails()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("L5 L7 due work without a pass for longer than expected turns health down")
  void healthTurnsDown(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(one("one")).build()) {
      assertThat(sequencer.health().up()).isTrue();
      sequencer.runUntilIdle();
      sequencer.enroll("one", BO);
      sequencer.clock().advance(Duration.ofMinutes(15));
      assertThat(sequencer.health().up()).isTrue();
      sequencer.clock().advance(Duration.ofSeconds(1));

      Health down = sequencer.health();
      assertThat(down.up()).isFalse();
      assertThat(down.problems()).anyMatch(problem -> problem.contains("no node"));
      assertThat(down.oldestDueAge()).isEqualTo(Duration.ofSeconds(901));
      assertThat(down.stuck()).containsExactly(only(sequencer).id());
      sequencer.runUntilIdle();
      assertThat(sequencer.health().up()).isTrue();
      assertThat(sequencer.health().oldestDueAge()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("L7 a node that only enrolls is up while another one makes its passes")
  void aNodeThatOnlyEnrolls(Stores kept) {
    try (TestSequencer worker = kept.engine(folder).sequence(one("one")).build();
        TestSequencer web = beside(worker, one("one"))) {
      web.enroll("one", BO);
      web.clock().advance(Duration.ofMinutes(20));
      assertThat(web.health().up()).isFalse();
      worker.runUntilIdle();
      assertThat(web.health().up()).isTrue();
      assertThat(web.health().lastPassAt()).contains(worker.clock().instant());
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "L6 deliveries that are sent are those that the transport accepted, by its own count")
  void countsAgree(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(steps("two", 2, Delay.hours(1))).build()) {
      int[] number = new int[1];
      SendResult[] answers = {
        SendResult.deferred("451", "later"),
        SendResult.refusedMessage("554", "no"),
        SendResult.refusedRecipient("550 5.1.1", "unknown"),
        SendResult.notHandedOver("no connection"),
        SendResult.mailboxTrouble(SendResult.Kind.THROTTLED, "slow down")
      };
      for (int i = 0; i < answers.length; i++) {
        int remainder = i;
        sequencer
            .transport()
            .always(mail -> number[0]++ % 41 == remainder, FakeAnswer.of(answers[i]));
      }
      sequencer.enrollAll("two", people(200), each -> {});
      sequencer.advance(Duration.ofDays(7));

      long accepted = sequencer.transport().accepted().size();
      long sent =
          deliveries(sequencer).stream().filter(d -> d.status() == DeliveryStatus.SENT).count();
      assertThat(sent).isEqualTo(accepted).isGreaterThan(300);
      Map<DeliveryStatus, Long> counted = new HashMap<>();
      sequencer
          .sequences()
          .counts("two")
          .deliveries()
          .forEach(step -> step.byStatus().forEach((k, v) -> counted.merge(k, v, Long::sum)));
      assertThat(counted).containsEntry(DeliveryStatus.SENT, accepted);
      Map<String, Long> states = sequencer.sequences().counts("two").enrollments();
      assertThat(
              states.get("completed")
                  + states.getOrDefault("failed", 0L)
                  + states.getOrDefault("stopped", 0L))
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("L9 health lists what is held, and the acts repair it")
  void stuckWorkIsListedAndRepaired(Stores kept) {
    try (TestSequencer sequencer = kept.engine(folder).sequence(one("one")).build()) {
      sequencer.transport().onNext(FakeAnswer.inDoubt());
      sequencer.enroll("one", BO);
      sequencer.enroll("one", Contact.of("al@example.com"));
      sequencer.runUntilIdle();
      EnrollmentId doubtful =
          enrollments(sequencer).stream()
              .filter(e -> e.status() == EnrollmentStatus.HELD)
              .findFirst()
              .orElseThrow()
              .id();
      assertThat(sequencer.health().stuck()).containsExactly(doubtful);
      assertThat(sequencer.enrollments().resume(doubtful, ACT).done()).isFalse();
      assertThat(sequencer.enrollments().cancel(doubtful, ACT).done()).isTrue();
      assertThat(sequencer.health().stuck()).isEmpty();
      assertThat(sequencer.enrollments().find(doubtful).orElseThrow().state().ending())
          .contains(Ending.CANCELLED);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("tenants never see each other")
  void tenants(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).transportName(TestSequencerBuilder.FAKE).build()) {
      for (String name : new String[] {"acme", "bolt"}) {
        SequencerOperations tenant = sequencer.tenant(name);
        tenant
            .mailboxes()
            .save(
                Mailbox.of("sales@" + name + ".example").via(TestSequencerBuilder.FAKE).perDay(5));
        tenant.publish(one("one"));
      }
      SequencerOperations acme = sequencer.tenant("acme");
      SequencerOperations bolt = sequencer.tenant("bolt");
      acme.suppressions().suppress("al@example.com", ACT);
      acme.enroll("one", BO);
      bolt.enroll("one", BO);
      bolt.enroll("one", Contact.of("al@example.com"));
      acme.pause(ACT);
      sequencer.advance(Duration.ofHours(1));

      assertThat(sequencer.mails())
          .extracting(SentMail::mailbox)
          .containsExactly("sales@bolt.example", "sales@bolt.example");
      EnrollmentId ofAcme = only(acme).id();
      assertThat(bolt.enrollments().find(ofAcme)).isEmpty();
      assertThat(bolt.enrollments().cancel(ofAcme, ACT).done()).isFalse();
      assertThat(bolt.enrollments().history(ofAcme)).isEmpty();
      assertThat(bolt.suppressions().matching("al@example.com")).isEmpty();
      assertThat(bolt.mailboxes().find("sales@acme.example")).isEmpty();
      assertThat(enrollments(sequencer)).isEmpty();
      DeliveryView ofBolt = deliveries(bolt).get(0);
      assertThat(acme.deliveries().find(ofBolt.id())).isEmpty();
      assertThat(acme.deliveries().findByMessageId(ofBolt.messageId())).isEmpty();
      acme.resume(ACT);
      sequencer.advance(Duration.ofHours(1));
      assertThat(sequencer.mails()).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a pass over one sequence or mailbox leaves the others alone")
  void scopes(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder)
            .mailbox(Mailbox.of("a@acme.example").via(TestSequencerBuilder.FAKE))
            .mailbox(Mailbox.of("b@acme.example").via(TestSequencerBuilder.FAKE))
            .sequence(
                Sequence.named("news")
                    .pool("a@acme.example")
                    .email("mail", mail -> mail.template("news"))
                    .build())
            .sequence(
                Sequence.named("tips")
                    .pool("b@acme.example")
                    .email("mail", mail -> mail.template("tips"))
                    .build())
            .build()) {
      sequencer.enroll("news", BO);
      sequencer.enroll("tips", BO);
      sequencer.runDue(RunScope.sequence("tips"));
      assertThat(sequencer.mails()).extracting(SentMail::sequence).containsExactly("tips");
      sequencer.runDue(RunScope.mailbox("b@acme.example"));
      assertThat(sequencer.mails()).hasSize(1);
      sequencer.runDue(RunScope.mailbox("a@acme.example"));
      assertThat(sequencer.mails()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("runFor on a virtual clock sends what is due and does not wait")
  void runFor(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder).sequence(steps("two", 2, Delay.minutes(1))).build()) {
      sequencer.enrollAll("two", people(10), each -> {});
      assertThat(sequencer.runFor(Duration.ofMinutes(5)).sent()).isEqualTo(10);
      assertThat(sequencer.mails()).hasSize(10);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a listener that throws disturbs neither the engine nor other listeners")
  void listenersThatThrow(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder)
            .sequence(one("one"))
            .engine(
                engine ->
                    engine.listener(
                        event -> {
                          throw new IllegalStateException("a listener of the host failed");
                        }))
            .build()) {
      sequencer.enrollAll("one", people(3), each -> {});
      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).hasSize(3);
      assertThat(sequencer.sequences().counts("one").enrollments()).containsEntry("completed", 3L);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K12 a model source that throws for one of a batch concerns that one only")
  void modelSourceThatThrowsForOne(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder)
            .sequence(
                Sequence.named("one")
                    .email("mail-1", mail -> mail.subject("{{fresh}}").text("x"))
                    .build())
            .engine(
                engine ->
                    engine.models(
                        mails -> {
                          Map<EnrollmentId, Attributes> values = new HashMap<>();
                          mails.forEach(
                              mail -> {
                                if (mail.contact().email().address().startsWith("p3@")) {
                                  throw new IllegalStateException("no such user");
                                }
                                values.put(
                                    mail.enrollment(), Attributes.none().with("fresh", "today"));
                              });
                          return values;
                        }))
            .build()) {
      sequencer.enrollAll("one", people(10), each -> {});
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.mails()).hasSize(9).extracting(SentMail::subject).containsOnly("today");
      EnrollmentView failed =
          enrollments(sequencer).stream()
              .filter(e -> e.contact().email().address().startsWith("p3@"))
              .findFirst()
              .orElseThrow();
      assertThat(failed.state().reason()).contains("model source");
      assertThat(failed.status() == EnrollmentStatus.ENDED).isTrue();
      assertThat(failed.state().ending()).contains(Ending.FAILED);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("preview and a mail for trying touch no enrollment, no quota and no history")
  void previewTouchesNothing(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder)
            .mailbox(Mailbox.of("a@acme.example").via(TestSequencerBuilder.FAKE).perDay(5))
            .sequence(one("one"))
            .build()) {
      assertThat(sequencer.preview("one", "mail-1", BO).subject()).isEqualTo("Subject of mail-1");
      sequencer.sendTest("one", "mail-1", BO, "a@acme.example", "me@acme.example");
      assertThat(sequencer.transport().accepted()).hasSize(1);
      assertThat(sequencer.mails().get(0).to()).isEqualTo("me@acme.example");
      assertThat(enrollments(sequencer)).isEmpty();
      assertThat(deliveries(sequencer)).isEmpty();
      assertThat(sequencer.contacts().findById("bo")).isEmpty();
      assertThat(sequencer.mailboxes().find("a@acme.example").orElseThrow().usage().today())
          .isZero();
      assertThatThrownBy(() -> sequencer.preview("one", "mail-2", BO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("mail-1");
    }
  }
}
