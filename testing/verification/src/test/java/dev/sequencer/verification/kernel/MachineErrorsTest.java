package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Contact;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.inmemory.InMemoryStore;
import dev.sequencer.spi.Found;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.Permit;
import dev.sequencer.spi.SendKey;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.Sender;
import dev.sequencer.spi.StagedTransport;
import dev.sequencer.spi.TransportLimits;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.FakeTransport;
import dev.sequencer.testkit.StagedFakeTransport;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors such as no memory, out of a transport or a listener: what they must not take along. */
class MachineErrorsTest extends Scenario {
  private static final Sequence OF_MAILBOX =
      Sequence.named("of-mailbox")
          .pool(MAILBOX)
          .email("first", mail -> mail.subject("1").text("first"))
          .build();

  /** A transport with drafts where the machine fails once, at a call. */
  private record Failing(StagedFakeTransport transport, String call, AtomicInteger left)
      implements StagedTransport {

    private void strike(String name) {
      if (name.equals(call) && left.getAndDecrement() > 0) {
        throw new InternalError("a test");
      }
    }

    @Override
    public TransportLimits limits() {
      return transport.limits();
    }

    @Override
    public Optional<SendResult> connect(Sender sender) {
      strike("connect");
      return transport.connect(sender);
    }

    @Override
    public Staged stage(OutgoingMail mail) throws InterruptedException {
      strike("stage");
      return transport.stage(mail);
    }

    @Override
    public void discard(Sender sender, String reference) throws InterruptedException {
      strike("discard");
      transport.discard(sender, reference);
    }

    @Override
    public List<Draft> drafts(Sender sender, Instant before, int limit)
        throws InterruptedException {
      strike("drafts");
      return transport.drafts(sender, before, limit);
    }

    @Override
    public SendResult send(OutgoingMail mail, Permit permit) throws InterruptedException {
      strike("send");
      return transport.send(mail, permit);
    }

    @Override
    public Found find(Sender sender, SendKey key) {
      strike("find");
      return transport.find(sender, key);
    }
  }

  @ParameterizedTest
  @CsvSource({"connect, 1", "stage, 1", "send, 1", "find, 0", "discard, 1", "drafts, 1"})
  @DisplayName("K9 an error of the machine in a transport stops neither its mailbox nor the engine")
  void errorOfATransport(String call, int accepted) {
    StagedFakeTransport staged = StagedFakeTransport.on(clock);
    if (call.equals("find")) {
      staged.sends().onNext(FakeAnswer.inDoubt());
    }
    if (call.equals("discard")) {
      staged.sends().onNext(SendResult.mailboxTrouble(SendResult.Kind.THROTTLED, "slow down"));
    }
    MailTransport failing = new Failing(staged, call, new AtomicInteger(1));
    TestSequencer sequencer =
        closing(
            TestSequencer.builder()
                .clock(clock)
                .engine(builder -> builder.transport("failing", failing))
                .engine(builder -> builder.mailbox(mailbox().via("failing")))
                .sequence(OF_MAILBOX)
                .build());
    enroll(sequencer, OF_MAILBOX, "ann@example.com");
    sequencer.advance(Duration.ofHours(1));
    assertThat(staged.sends().accepted()).hasSize(accepted);

    enroll(sequencer, OF_MAILBOX, "bo@example.com");
    sequencer.advance(Duration.ofHours(1));
    assertThat(staged.sends().accepted()).hasSize(accepted + 1);
    assertThat(deliveries(sequencer))
        .extracting(d -> d.status())
        .containsExactly(
            accepted == 1 ? DeliveryStatus.SENT : DeliveryStatus.IN_DOUBT, DeliveryStatus.SENT);
  }

  @Test
  @DisplayName("K9 a listener that throws an error does not end a started engine")
  void errorOfAListener() throws InterruptedException {
    FakeTransport fake = FakeTransport.create();
    Sequencer.Builder builder =
        Sequencer.builder()
            .store(InMemoryStore.create())
            .transport(TestSequencerBuilder.FAKE, fake)
            .mailbox(mailbox())
            .sequence(ONE)
            .node("test")
            .defaultZone("UTC")
            .listener(
                event -> {
                  throw new InternalError("a test");
                });
    try (Sequencer sequencer = builder.build()) {
      sequencer.start();
      sequencer.enroll("one", Contact.of("ann@example.com"));
      assertThat(fake.whenAccepted(1).await(20, TimeUnit.SECONDS)).isTrue();
      sequencer.enroll("one", Contact.of("bo@example.com"));
      assertThat(fake.whenAccepted(2).await(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
