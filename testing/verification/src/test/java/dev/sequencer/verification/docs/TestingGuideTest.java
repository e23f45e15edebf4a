package dev.sequencer.verification.docs;

import static dev.sequencer.testkit.FakeAnswer.inDoubtButAccepted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.Mailbox;
import dev.sequencer.PassReport;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.SequencerEvent;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.Template;
import dev.sequencer.spi.TemplateSource;
import dev.sequencer.testkit.FakeTransport;
import dev.sequencer.testkit.ManualClock;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.SequencerTest;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import dev.sequencer.testkit.TestSequencerSetup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@SequencerTest(startingAt = "2026-06-01T08:00:00Z")
class TestingGuideTest {
  private final Sequence tips =
      Sequence.named("tips")
          .email("first", mail -> mail.template("first"))
          .waitFor(Delay.days(2))
          .email("second", mail -> mail.template("second").inThread())
          .build();

  @Test
  void looksAtMails(TestSequencer sequencer) {
    sequencer.publish(tips);
    sequencer.enroll("tips", Contact.of("bo@example.com").name("Bo"));
    sequencer.advance(Duration.ofDays(7));

    List<SentMail> mails = sequencer.mailsTo("bo@example.com");
    SentMail second = mails.get(1);
    assertThat(second.step()).isEqualTo("second");
    assertThat(second.mailbox()).isEqualTo("sender@example.com");
    assertThat(second.leftAt()).isEqualTo("2026-06-03T08:00:00Z");
    assertThat(second.subject()).isEqualTo("Re: Subject of first");
    assertThat(second.references()).containsExactly(mails.get(0).messageId());
  }

  @Test
  void triesAgainAfterADeferral(TestSequencer sequencer) {
    sequencer.publish(tips);
    sequencer.answerStep("first", SendResult.deferred("451 4.7.1", "greylisted"));
    sequencer.enroll("tips", Contact.of("bo@example.com"));
    sequencer.advance(Duration.ofMinutes(5));

    assertThat(sequencer.transport().attempted()).hasSize(2);
    assertThat(sequencer.mails())
        .extracting(SentMail::leftAt)
        .containsExactly(Instant.parse("2026-06-01T08:05:00Z"));
  }

  @Test
  void suppressesAnAddressThatDoesNotExist(TestSequencer sequencer) {
    sequencer.publish(tips);
    sequencer
        .transport()
        .answer("bo@example.com", SendResult.refusedRecipient("550 5.1.1", "no such user"));
    sequencer.enroll("tips", Contact.of("bo@example.com"));
    sequencer.enroll("tips", Contact.of("cy@example.com"));
    sequencer.advance(Duration.ofDays(7));

    assertThat(sequencer.mails())
        .extracting(SentMail::to)
        .containsExactly("cy@example.com", "cy@example.com");
    assertThat(sequencer.events(SequencerEvent.MailFailed.class)).hasSize(1);
  }

  @Test
  void tellsWhatIsInDoubt(TestSequencer sequencer) {
    sequencer.publish(tips);
    sequencer.transport().onNext(inDoubtButAccepted());
    sequencer.enroll("tips", Contact.of("bo@example.com"));
    sequencer.advance(Duration.ofDays(7));

    assertThat(sequencer.events(SequencerEvent.MailInDoubt.class)).hasSize(1);
    assertThat(sequencer.mails()).hasSize(1); // the second one waits for a decision
  }

  @Test
  void survivesACrash(TestSequencer sequencer) {
    sequencer.publish(tips);
    sequencer.enroll("tips", Contact.of("bo@example.com"));
    sequencer.advance(Duration.ofDays(1));
    sequencer.crash();
    sequencer.advance(Duration.ofDays(1));

    assertThat(sequencer.mails()).extracting(SentMail::step).containsExactly("first", "second");
  }

  static final class OurMails implements TestSequencerSetup {
    @Override
    public void configure(TestSequencerBuilder builder) {
      builder
          .mailbox(Mailbox.of("ann@acme.example").via("smtp").perDay(30))
          .templates(
              TemplateSource.of(
                  Map.of(
                      "first", Template.of("Welcome, {{name}}", "Good to have you."),
                      "second", Template.of("One more thing", "It has a search."))));
    }
  }

  @Test
  @SequencerTest(zone = "Europe/Berlin", setup = OurMails.class)
  void usesTheMailsOfTheHost(TestSequencer sequencer) {
    sequencer.publish(tips);
    sequencer.enroll("tips", Contact.of("bo@example.com").name("Bo"));
    sequencer.runUntilIdle();

    assertThat(sequencer.mails())
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.subject()).isEqualTo("Welcome, Bo");
              assertThat(mail.mailbox()).isEqualTo("ann@acme.example");
            });
  }

  @Test
  void worksWithoutJUnit() {
    try (TestSequencer sequencer =
        TestSequencer.builder().startingAt("2026-12-24T12:00:00Z").sequence(tips).build()) {
      sequencer.enroll("tips", Contact.of("bo@example.com"));
      sequencer.advance(Duration.ofDays(2));
      assertThat(sequencer.mails()).hasSize(2);
    }
  }

  @Test
  void drivesAnEngineByHand() {
    ManualClock clock = ManualClock.at("2026-06-01T08:00:00Z");
    FakeTransport transport = FakeTransport.on(clock);
    try (Sequencer sequencer =
        Sequencer.builder()
            .clock(clock)
            .transport("smtp", transport)
            .mailbox(Mailbox.of("ann@acme.example").via("smtp"))
            .templates(TemplateSource.of(Map.of("first", Template.of("Hello", "Hello."))))
            .sequence(Sequence.named("one").email("first", mail -> mail.template("first")).build())
            .build()) {
      sequencer.enroll("one", Contact.of("bo@example.com"));
      PassReport report = sequencer.runDue();
      assertThat(report.sent()).isEqualTo(1);
      assertThat(transport.accepted()).hasSize(1);
      assertThat(report.nextNeededAt()).isEmpty();
    }
  }
}
