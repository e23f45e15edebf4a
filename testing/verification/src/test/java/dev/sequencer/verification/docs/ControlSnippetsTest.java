package dev.sequencer.verification.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentQuery;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.EnrollmentView;
import dev.sequencer.HistoryEntry;
import dev.sequencer.Page;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.spi.SendResult;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.SequencerTest;
import dev.sequencer.testkit.TestSequencer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The code of the page about control, and what it says about acts. */
class ControlSnippetsTest {

  static void acts(Sequencer sequencer, EnrollmentId id) {
    sequencer.enrollments().pause(id, Act.because("asked by phone").by("ann"));
    sequencer.enrollments().skip(id, Act.because("already told her"));
    sequencer.enrollments().retry(id, Act.because("template mended"));
    sequencer.sequences().pause("onboarding", Act.because("wrong price in the second mail"));
    sequencer.mailboxes().pause("ann@acme.example", Act.because("on holiday").by("ops"));
    sequencer.pauseEverything(Act.because("incident 42"));
    sequencer.suppressions().suppress("example.com", Act.because("asked by their lawyer"));
  }

  static void result(Sequencer sequencer, EnrollmentId id) {
    ActResult result = sequencer.enrollments().cancel(id, Act.because("moved to support"));
    if (!result.done()) {
      System.out.println(result.outcome() + ": " + result.message());
    } else if (result.inFlight() > 0) {
      System.out.println("cancelled, one mail may still leave");
    }
  }

  static void history(Sequencer sequencer, EnrollmentId id) {
    for (HistoryEntry entry : sequencer.enrollments().history(id)) {
      System.out.println(entry.at() + " " + entry.kind() + " " + entry.detail());
    }
  }

  static void find(Sequencer sequencer) {
    EnrollmentQuery held = EnrollmentQuery.all().status(EnrollmentStatus.HELD).limit(100);
    Page<EnrollmentView> page = sequencer.enrollments().find(held);
    page.items().forEach(one -> System.out.println(one.id() + " " + one.state().reason()));
    Optional<String> next = page.next(); // held.after(next) gives the page that follows
    assertThat(next).isEmpty();
  }

  @Test
  @SequencerTest
  void anActLeavesWhoAndWhyInTheHistory(TestSequencer sequencer) {
    EnrollmentId id = enrolled(sequencer);
    result(sequencer, id);
    history(sequencer, id);
    find(sequencer);

    assertThat(sequencer.enrollments().history(id))
        .filteredOn(entry -> entry.kind().equals("cancelled"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.detail()).containsEntry("why", "moved to support"));
  }

  @Test
  @SequencerTest
  void afterALongPauseOneMailLeavesAndTheNextCountsFromIt(TestSequencer sequencer) {
    EnrollmentId id = enrolled(sequencer);
    sequencer.runUntilIdle();
    sequencer.enrollments().pause(id, Act.because("holidays"));
    sequencer.advance(Duration.ofDays(30));
    assertThat(sequencer.mails()).hasSize(1);

    sequencer.enrollments().resume(id, Act.because("back"));
    sequencer.advance(Duration.ofHours(1));
    assertThat(sequencer.mails()).hasSize(2);

    sequencer.advance(Duration.ofDays(1));
    assertThat(sequencer.mails()).hasSize(3);
  }

  @Test
  @SequencerTest
  void retryRevivesAFailedEnrollmentAtTheStepThatFailed(TestSequencer sequencer) {
    sequencer.transport().onNext(SendResult.refusedMessage("554", "no"));
    EnrollmentId id = enrolled(sequencer);
    sequencer.runUntilIdle();
    assertThat(sequencer.enrollments().find(id).orElseThrow().state().ending())
        .contains(Ending.FAILED);

    sequencer.enrollments().retry(id, Act.because("template mended"));
    sequencer.runUntilIdle();
    assertThat(sequencer.mails()).extracting(SentMail::step).containsExactly("welcome");
  }

  private static EnrollmentId enrolled(TestSequencer sequencer) {
    sequencer.publish(
        Sequence.named("onboarding")
            .email("welcome", mail -> mail.template("welcome"))
            .waitFor(Delay.days(1))
            .email("tips", mail -> mail.template("tips"))
            .waitFor(Delay.days(1))
            .email("more", mail -> mail.template("more"))
            .build());
    return sequencer.enroll("onboarding", Contact.of("bo@example.com")).enrollment().orElseThrow();
  }
}
