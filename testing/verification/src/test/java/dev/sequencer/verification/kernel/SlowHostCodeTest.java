package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Attributes;
import dev.sequencer.Contact;
import dev.sequencer.EnrollmentId;
import dev.sequencer.Health;
import dev.sequencer.Sequencer;
import dev.sequencer.testkit.FakeTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Code of the host that is slow or never returns, in an engine with threads of its own. */
class SlowHostCodeTest {
  @TempDir Path folder;

  private final FakeTransport transport = FakeTransport.create();
  private final CountDownLatch never = new CountDownLatch(1);
  private final List<Sequencer> engines = new ArrayList<>();

  @AfterEach
  void stopAll() {
    never.countDown();
    engines.forEach(engine -> engine.stop(Duration.ZERO));
  }

  private Sequencer.Builder describe(Kept kept) {
    return Sequencer.builder()
        .store(kept.in(folder))
        .transport("fake", transport)
        .node("test")
        .defaultZone("UTC")
        .mailbox(Scenario.mailbox())
        .templates(HostCodeTest.Code.templates(() -> {}))
        .hostCodeLimit(Duration.ofMillis(200))
        .sequence(HostCodeTest.one(HostCodeTest.GOOD))
        .sequence(HostCodeTest.one(HostCodeTest.BAD));
  }

  /** Enrolls the bad ones first, so that one batch holds all, and starts. */
  private Sequencer start(Sequencer.Builder builder, int bad, int good) {
    Sequencer engine = builder.build();
    engines.add(engine);
    for (int i = 0; i < bad; i++) {
      engine.enroll(HostCodeTest.BAD, Contact.of("b" + i + "@example.com"));
    }
    for (int i = 0; i < good; i++) {
      engine.enroll(HostCodeTest.GOOD, Contact.of("g" + i + "@example.com"));
    }
    engine.start();
    return engine;
  }

  private void hang() {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hangWhateverComes() {
    boolean over = false;
    while (!over) {
      try {
        never.await();
        over = true;
      } catch (InterruptedException again) {
        // Code that does not heed an interrupt.
      }
    }
  }

  private void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("dev.sequencer.verification.kernel.HostCodeTest#codes")
  @DisplayName("K12 code of the host that never returns stops its own mail, the batch goes on")
  void neverReturns(HostCodeTest.Code code, Kept kept) throws Exception {
    boolean[] publishing = {true};
    Sequencer.Builder builder = describe(kept);
    code.into(
        builder,
        () -> {
          if (!publishing[0]) {
            hang();
          }
        });
    Sequencer engine = builder.build();
    engines.add(engine);
    engine.enroll(HostCodeTest.BAD, Contact.of("b@example.com"));
    for (int i = 0; i < 5; i++) {
      engine.enroll(HostCodeTest.GOOD, Contact.of("g" + i + "@example.com"));
    }
    publishing[0] = false;
    engine.start();
    await(transport.whenAccepted(5));
    assertThat(transport.accepted()).allMatch(mail -> mail.mail().to().address().startsWith("g"));
  }

  @ParameterizedTest
  @CsvSource({"2, true", "3, false"})
  @DisplayName("K12 more than four calls that have not ended turn health down")
  void healthTellsOfStuckCalls(int bad, boolean healthy) throws Exception {
    Sequencer.Builder builder = describe(Kept.IN_MEMORY);
    HostCodeTest.Code.MODELS.into(builder, this::hangWhateverComes);
    Sequencer engine = start(builder, bad, 3);
    await(transport.whenAccepted(3));
    Health health = engine.health();
    assertThat(health.problems()).as(health.toString()).hasSize(healthy ? 0 : 1);
    if (!healthy) {
      assertThat(health.problems().get(0)).contains("calls of host code have not ended");
    }
  }

  @Test
  @DisplayName("K12 after two mails of a batch were too slow the others are asked for in the next")
  void fewSlowCallsInABatch() throws Exception {
    List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    Sequencer engine =
        start(
            describe(Kept.IN_MEMORY)
                .models(
                    mails -> {
                      sizes.add(mails.size());
                      if (mails.stream().anyMatch(m -> m.sequence().equals(HostCodeTest.BAD))) {
                        hang();
                      }
                      return Map.<EnrollmentId, Attributes>of();
                    }),
            5,
            3);
    await(transport.whenAccepted(3));
    assertThat(sizes).startsWith(8, 1, 1, 6, 1, 1, 4, 1);
    assertThat(engine.health().problems()).isEmpty();
  }
}
