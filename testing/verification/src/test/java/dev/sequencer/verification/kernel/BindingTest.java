package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sequencer.Act;
import dev.sequencer.Delay;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.Mailbox;
import dev.sequencer.Sequence;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Kind;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.TestSequencer;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From when on an enrollment of a pool belongs to one mailbox, and what undoes it. */
class BindingTest extends Scenario {
  private static final String OTHER = "b@acme.example";
  private static final Sequence POOLED =
      Sequence.named("pooled")
          .pool(MAILBOX, OTHER)
          .email("first", mail -> mail.subject("1").text("1"))
          .waitFor(Delay.hours(2))
          .email("second", mail -> mail.subject("2").text("2"))
          .build();

  private TestSequencer pooled(Kept kept) {
    return closing(
        describe(store(kept), mailbox(), POOLED).mailbox(Mailbox.of(OTHER).via("fake")).build());
  }

  private static FakeAnswer trouble(Kind kind) {
    return FakeAnswer.of(SendResult.mailboxTrouble(kind, "trouble").code("550"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K16 new contacts of a mailbox that never sent go to the others of the pool")
  void bindingIsProvisional(Kept kept) {
    TestSequencer sequencer = pooled(kept);
    transport.always(
        mail -> mail.sender().address().address().equals(MAILBOX), trouble(Kind.TOKEN));
    for (int i = 0; i < 10; i++) {
      enroll(sequencer, POOLED, "c" + i + "@example.com");
    }
    sequencer.advance(Duration.ofHours(1));
    assertThat(transport.accepted()).hasSize(10);
    assertThat(deliveries(sequencer))
        .extracting(d -> d.status(), d -> d.mailbox())
        .containsOnly(tuple(DeliveryStatus.SENT, OTHER));
    assertThat(transport.accepted())
        .allMatch(mail -> mail.mail().messageId().endsWith("@acme.example>"));
    assertThat(transport.attempted().stream().map(OutgoingMail::messageId).distinct().count())
        .isEqualTo(transport.attempted().size());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K16 a deferred mail keeps mailbox and Message-ID though nothing was accepted")
  void deferredKeepsItsMailbox(Kept kept) {
    TestSequencer sequencer = pooled(kept);
    transport.onNext(SendResult.deferred("451", "grey"), SendResult.deferred("451", "grey"));
    enroll(sequencer, POOLED, "bo@example.com");
    enroll(sequencer, POOLED, "cy@example.com");
    sequencer.advance(Duration.ofHours(1));
    assertThat(transport.accepted()).hasSize(2);
    assertThat(transport.attempted().stream().map(OutgoingMail::messageId).distinct()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K16 an enrollment whose mail was accepted waits for its own mailbox")
  void boundForGood(Kept kept) {
    TestSequencer sequencer = pooled(kept);
    enroll(sequencer, POOLED, "bo@example.com");
    sequencer.runUntilIdle();
    OutgoingMail first = transport.accepted().get(0).mail();
    transport.onNext(trouble(Kind.LOGIN));
    sequencer.advance(Duration.ofDays(1));
    assertThat(transport.accepted()).hasSize(1);
    sequencer
        .mailboxes()
        .reconnect(first.sender().address().address(), Act.because("a new password"));
    sequencer.runUntilIdle();
    assertThat(transport.accepted().get(1).mail().sender().address())
        .isEqualTo(first.sender().address());
  }
}
