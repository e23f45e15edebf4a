package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.ContactInput;
import dev.sequencer.DeliveryQuery;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.Mailbox;
import dev.sequencer.Pace;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.spi.store.Store;
import dev.sequencer.testkit.FakeTransport;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits hold over all threads of all nodes: two that run, with five workers each. */
class LimitsOverNodesTest {
  private static final Duration TENTH = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofSeconds(6);
  private static final int MAILS = 15;

  @TempDir private Path folder;

  private final FakeTransport sends = FakeTransport.create();
  private final List<Sequencer> engines = new ArrayList<>();

  @AfterEach
  void stopAll() {
    engines.forEach(engine -> engine.stop(Duration.ofSeconds(10)));
  }

  private void start(Store store, Sequence sequence, Mailbox... mailboxes) {
    for (String node : List.of("a", "b")) {
      Sequencer.Builder builder =
          Sequencer.builder()
              .store(store)
              .node(node)
              .defaultZone("UTC")
              .workers(5)
              .withoutOutcomeLog()
              .transport(TestSequencerBuilder.FAKE, sends)
              .sequence(sequence);
      for (Mailbox mailbox : mailboxes) {
        builder.mailbox(mailbox.via(TestSequencerBuilder.FAKE).concurrency(5));
      }
      engines.add(builder.build());
    }
    engines
        .get(0)
        .enrollAll(
            "limited",
            IntStream.range(0, 60).mapToObj(i -> ContactInput.of("c" + i + "@example.com")),
            each -> {});
    engines.forEach(Sequencer::start);
  }

  private static Sequence.Builder limited() {
    return Sequence.named("limited").email("first", mail -> mail.subject("1").text("first"));
  }

  /** Gives when the mails left that are known to be sent, by the store's clock. */
  private List<Instant> left() {
    return engines
        .get(0)
        .deliveries()
        .find(DeliveryQuery.all().status(DeliveryStatus.SENT).limit(1000))
        .items()
        .stream()
        .map(DeliveryView::leftAt)
        .map(at -> at.orElseThrow())
        .sorted()
        .toList();
  }

  private void checkGaps(List<Instant> left) {
    assertThat(left).hasSizeGreaterThanOrEqualTo(MAILS - 1);
    for (int i = 1; i < left.size(); i++) {
      assertThat(Duration.between(left.get(i - 1), left.get(i)))
          .as("mail %s after the one before", i)
          .isGreaterThanOrEqualTo(TENTH);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K14 ten a second of a mailbox, with five threads on two nodes, stay ten")
  void tenASecondOfAMailbox(Kept kept) throws Exception {
    start(kept.in(folder), limited().build(), Mailbox.of("a@acme.example").minGap(TENTH));
    assertThat(sends.whenAccepted(MAILS).await(40, TimeUnit.SECONDS)).isTrue();
    checkGaps(left());
    assertThat(sends.mostInFlight()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K14 P3 ten a second of a sequence, over two mailboxes and two nodes, are about ten")
  void tenASecondOfASequence(Kept kept) throws Exception {
    start(
        kept.in(folder),
        limited().pace(Pace.every(TENTH)).pool("a@acme.example", "b@acme.example").build(),
        Mailbox.of("a@acme.example"),
        Mailbox.of("b@acme.example"));
    assertThat(sends.whenAccepted(MAILS).await(40, TimeUnit.SECONDS)).isTrue();
    List<Instant> left = left();
    checkGaps(left);
    // 1.4 s on a machine that has nothing else to do; a node that sleeps too long loses a second.
    assertThat(Duration.between(left.get(0), left.get(MAILS - 2))).isLessThan(MOST);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K5 a quota that ten threads of two nodes draw on is not overdrawn by one")
  void aQuotaOverNodes(Kept kept) throws Exception {
    start(kept.in(folder), limited().build(), Mailbox.of("a@acme.example").perDay(23).rollingDay());
    assertThat(sends.whenAccepted(23).await(40, TimeUnit.SECONDS)).isTrue();
    assertThat(sends.whenAccepted(24).await(300, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(sends.attempted()).hasSize(23);
  }
}
