package dev.sequencer.benchmarks;

import dev.sequencer.EnrollRequest;
import dev.sequencer.Mailbox;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Many mailboxes, each with a mail that waits for the same opening of a window. */
final class Opening {
  private static final LocalTime OPENS = LocalTime.of(9, 0);

  private Opening() {}

  static void at(StoreKind kind, int mailboxes, Report report) throws InterruptedException {
    try (StoreKind.Opened opened = kind.open()) {
      InstantSource system = InstantSource.system();
      Shifted clock = new Shifted(system);
      Instant opening =
          system
              .instant()
              .atZone(ZoneOffset.UTC)
              .toLocalDate()
              .plusDays(1)
              .atTime(OPENS)
              .toInstant(ZoneOffset.UTC);
      clock.set(opening.minus(Duration.ofHours(1)));
      CountDownLatch sent = new CountDownLatch(mailboxes);
      Collection<Double> millis = new ConcurrentLinkedQueue<>();
      InstantTransport transport =
          new InstantTransport(
              mail -> {
                millis.add(Duration.between(opening, clock.instant()).toNanos() / 1e6);
                sent.countDown();
              });
      try (Sequencer engine = engine(opened, clock, transport, mailboxes)) {
        for (int i = 0; i < mailboxes; i++) {
          engine.enroll(
              EnrollRequest.of(
                      "morning", Engines.contact(i, any -> opening).toContact().zone("UTC"))
                  .mailbox(Engines.address(i)));
        }
        opened.settle();
        clock.set(opening.minus(Duration.ofSeconds(5)));
        engine.start();
        if (!sent.await(10, TimeUnit.MINUTES)) {
          throw new IllegalStateException(sent.getCount() + " mailboxes did not send");
        }
      }
      String name = "scale." + kind.text() + ".opening";
      report.add(name + ".p50", "ms", Percentiles.of(millis, 0.5));
      report.add(name + ".p99", "ms", Percentiles.of(millis, 0.99));
      report.add(name + ".last", "ms", Percentiles.of(millis, 1));
    }
  }

  private static Sequencer engine(
      StoreKind.Opened opened, InstantSource clock, InstantTransport transport, int mailboxes) {
    Sequencer.Builder builder =
        Sequencer.builder()
            .store(opened.store())
            .clock(clock)
            .defaultZone("UTC")
            .workers(64)
            .transport("bench", transport)
            .templates(Engines.templates())
            .withoutOutcomeLog();
    for (int i = 0; i < mailboxes; i++) {
      builder.mailbox(Mailbox.of(Engines.address(i)).via("bench").perDay(30));
    }
    return builder
        .sequence(
            Sequence.named("morning")
                .pool(Engines.address(0))
                .defaultZone("UTC")
                .window(SendWindow.daily("09:00", "17:00"))
                .email("hello", mail -> mail.template("hello"))
                .build())
        .build();
  }

  /** The system's clock, set to another time of day. */
  private static final class Shifted implements InstantSource {
    private final InstantSource system;
    private volatile Duration ahead = Duration.ZERO;

    Shifted(InstantSource system) {
      this.system = system;
    }

    void set(Instant now) {
      ahead = Duration.between(system.instant(), now);
    }

    @Override
    public Instant instant() {
      return system.instant().plus(ahead);
    }
  }
}
