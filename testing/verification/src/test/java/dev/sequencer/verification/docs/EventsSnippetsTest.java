package dev.sequencer.verification.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Attributes;
import dev.sequencer.Contact;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentId;
import dev.sequencer.HostEvent;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.SequencerEvent;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.SequencerTest;
import dev.sequencer.testkit.TestSequencer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The code of the page about events, and what it says about them. */
class EventsSnippetsTest {

  static void record(Sequencer sequencer, String messageIdOfTheReply) {
    sequencer.record(HostEvent.replied().messageId(messageIdOfTheReply).id("imap:4711"));
    sequencer.record(HostEvent.unsubscribed().email("bo@example.com").id("form:99"));
    sequencer.record(
        HostEvent.named("deal.won")
            .contact("user-7")
            .data(Attributes.of(Map.of("amount", 1200)))
            .id("deal:12"));
  }

  static void listen(Sequencer.Builder builder, Runnable pager) {
    builder.listener(
        event -> {
          if (event instanceof SequencerEvent.MailInDoubt) {
            pager.run();
          }
        });
  }

  @Test
  @SequencerTest
  void aReplyThatNamesAMailInDoubtProvesItAndEndsItsEnrollment(TestSequencer sequencer) {
    sequencer.publish(
        Sequence.named("onboarding").email("welcome", mail -> mail.template("welcome")).build());
    sequencer.transport().onNext(FakeAnswer.inDoubtButAccepted());
    EnrollmentId id =
        sequencer.enroll("onboarding", Contact.of("bo@example.com")).enrollment().orElseThrow();
    sequencer.runUntilIdle();
    assertThat(sequencer.events(SequencerEvent.MailInDoubt.class)).hasSize(1);

    record(sequencer, sequencer.transport().attempted().get(0).messageId());

    assertThat(sequencer.enrollments().find(id).orElseThrow().state().ending())
        .contains(Ending.STOPPED);
    assertThat(sequencer.suppressions().matching("bo@example.com")).hasSize(1);
  }
}
