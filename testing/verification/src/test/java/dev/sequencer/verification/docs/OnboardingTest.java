package dev.sequencer.verification.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.SequencerTest;
import dev.sequencer.testkit.TestSequencer;
import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

@SequencerTest(startingAt = "2026-06-01T08:00:00Z")
class OnboardingTest {
  private final Sequence onboarding =
      Sequence.named("onboarding")
          .window(SendWindow.weekdays("09:00", "17:00"))
          .defaultZone("Europe/Berlin")
          .email("welcome", mail -> mail.template("welcome"))
          .waitFor(Delay.days(1))
          .email("reminder", mail -> mail.template("reminder").inThread())
          .waitFor(Delay.days(3).at("09:30"))
          .email("follow-up", mail -> mail.template("follow-up").inThread())
          .build();

  @Test
  void threeMailsLeaveInTheMorningsOfTokyo(TestSequencer sequencer) {
    sequencer.publish(onboarding);
    sequencer.enroll("onboarding", Contact.of("bo@example.com").zone("Asia/Tokyo"));
    sequencer.advance(Duration.ofDays(14));
    assertThat(sequencer.mails())
        .extracting(SentMail::step)
        .containsExactly("welcome", "reminder", "follow-up");
    assertThat(sequencer.mails())
        .extracting(SentMail::local)
        .containsExactly(
            LocalDateTime.parse("2026-06-02T09:00"), // Monday 17:00 in Tokyo was too late
            LocalDateTime.parse("2026-06-03T09:00"),
            LocalDateTime.parse("2026-06-08T09:30")); // Saturday is closed
  }
}
