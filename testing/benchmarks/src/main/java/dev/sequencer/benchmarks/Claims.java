package dev.sequencer.benchmarks;

import dev.sequencer.Mailbox;
import dev.sequencer.Sequencer;
import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.ClaimCall.Claimed;
import dev.sequencer.spi.store.ClaimCall.LaneHead;
import dev.sequencer.spi.store.ClaimCall.LedgerReader;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** Measures single claims over what an engine has enrolled; what is claimed is given back. */
final class Claims {
  /** Rows of a claim. */
  static final int ROWS = 96;

  private static final Duration EXPIRY = Duration.ofSeconds(60);

  private Claims() {}

  /** Claims while one row in a hundred is due; gives the name of the figures. */
  static String oneInAHundredDue(StoreKind kind, int size, int claims, Report report) {
    String name = "scale." + kind.text() + "." + size;
    try (StoreKind.Opened opened = kind.open();
        Sequencer engine =
            Engines.builder(opened.store(), new InstantTransport(mail -> {})).build()) {
      Instant now = InstantSource.system().instant();
      Engines.enroll(engine, Engines.MAILBOXES, size, oneDue(now));
      opened.settle();
      measure(name + ".claim", opened, claims, ROWS / Engines.MAILBOXES, report);
      long bytes = opened.bytes();
      if (bytes > 0) {
        report.add(name + ".bytes_each", "bytes", (double) bytes / size);
      }
    }
    return name + ".claim";
  }

  private static LongFunction<Instant> oneDue(Instant now) {
    return number -> {
      int random = new Random(number).nextInt(3_600_000);
      return number / Engines.MAILBOXES % 100 == 0
          ? now.minusMillis(1 + random)
          : now.plus(Duration.ofDays(1)).plusMillis(random * 24L);
    };
  }

  /** Claims the one mail that a mailbox may send now of all that are due behind it. */
  static void behindOneMailbox(StoreKind kind, int due, int claims, Report report) {
    try (StoreKind.Opened opened = kind.open()) {
      Sequencer.Builder builder =
          Sequencer.builder()
              .store(opened.store())
              .defaultZone("UTC")
              .transport("bench", new InstantTransport(mail -> {}))
              .templates(Engines.templates())
              .mailbox(Mailbox.of(Engines.address(0)).via("bench").perDay(30).evenly())
              .sequence(Engines.drip(Engines.sequence(0), Engines.address(0)));
      try (Sequencer engine = builder.build()) {
        Engines.enroll(engine, 1, due, Engines.overdue(InstantSource.system()));
        opened.settle();
        measure("scale." + kind.text() + ".backlog.claim", opened, claims, 1, report);
      }
    }
  }

  /** Measures claims as an engine makes them, each of so many rows of a mailbox. */
  static void measure(String name, StoreKind.Opened opened, int claims, int each, Report report) {
    List<Double> millis = new ArrayList<>();
    try (StoreHandle handle =
        opened.store().open(new StoreSetup(InstantSource.system(), "claims"))) {
      for (int i = 0; i < claims + claims / 2; i++) {
        long from = System.nanoTime();
        ClaimCall.Answer answer =
            handle.claim(new ClaimCall(EXPIRY, 500, i == 0, List.of(), new Everything(each)));
        double took = (System.nanoTime() - from) / 1e6;
        if (answer.rows().isEmpty()) {
          throw new IllegalStateException(name + ": nothing was claimed");
        }
        // The first third warms up.
        if (i >= claims / 2) {
          millis.add(took);
        }
        List<Claimed> back =
            answer.rows().stream()
                .map(row -> new Claimed(row.enrollment(), answer.until()))
                .toList();
        handle.claim(new ClaimCall(EXPIRY, 0, false, back, new Everything(0)));
      }
    }
    report.add(name + ".p50", "ms", Percentiles.of(millis, 0.5));
    report.add(name + ".p99", "ms", Percentiles.of(millis, 0.99));
  }

  /** Opens every lane and gives every mailbox the same number of slots. */
  private record Everything(int each) implements ClaimCall.Policy {
    @Override
    public Map<Integer, Integer> slots(List<Integer> owners, LedgerReader ledgers, Instant now) {
      return owners.stream()
          .filter(owner -> owner != Lane.CONTROL_OWNER)
          .collect(Collectors.toMap(owner -> owner, owner -> each));
    }

    @Override
    public boolean open(Lane lane, Instant now) {
      return true;
    }

    @Override
    public Instant wakeAt(
        int owner, int taken, List<LaneHead> heads, LedgerReader ledgers, Instant now) {
      return heads.stream()
          .map(LaneHead::due)
          .min(Instant::compareTo)
          .orElse(now.plus(Duration.ofDays(365)));
    }
  }
}
