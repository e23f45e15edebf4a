package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Act;
import dev.sequencer.Contact;
import dev.sequencer.ContactInput;
import dev.sequencer.Sequencer;
import dev.sequencer.SequencerEvent.MailSent;
import dev.sequencer.testkit.FakeTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An import that would go on for very long, beside an engine that sends. */
class ImportBesideSendsTest {
  private static final int MAILS = 100;
  private static final int MOST_CONTACTS = 300_000;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  @DisplayName("K21 mails are begun, sent and recorded while an import goes on, not after it")
  void receiptsAreNotStarved(Kept kept) {
    CountDownLatch recorded = new CountDownLatch(MAILS);
    FakeTransport transport = FakeTransport.create();
    Sequencer engine =
        Sequencer.builder()
            .store(kept.in(folder))
            .transport("fake", transport)
            .defaultZone("UTC")
            .node("test")
            .mailbox(Scenario.mailbox())
            .sequence(Scenario.ONE)
            .sequence(Scenario.TWO)
            .listener(
                event -> {
                  if (event instanceof MailSent) {
                    recorded.countDown();
                  }
                })
            .build();
    try {
      engine.sequences().pause(Scenario.TWO.name(), Act.because("a test"));
      engine.start();
      AtomicInteger contacts = new AtomicInteger();
      Stream<ContactInput> untilAllAreRecorded =
          Stream.generate(() -> ContactInput.of("i" + contacts.incrementAndGet() + "@example.com"))
              .takeWhile(input -> recorded.getCount() > 0)
              .limit(MOST_CONTACTS);
      for (int i = 0; i < MAILS; i++) {
        engine.enroll(Scenario.ONE.name(), Contact.of("c" + i + "@example.com"));
      }
      engine.enrollAll(Scenario.TWO.name(), untilAllAreRecorded, result -> {});
      assertThat(recorded.getCount()).as("mails that waited for the whole import").isZero();
      assertThat(contacts.get()).isLessThan(MOST_CONTACTS);
      assertThat(transport.attempted()).hasSize(MAILS);
    } finally {
      engine.stop(Duration.ZERO);
    }
  }
}
