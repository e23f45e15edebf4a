package dev.sequencer.verification.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.DeliveryQuery;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentQuery;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.EnrollmentView;
import dev.sequencer.Mailbox;
import dev.sequencer.Sequence;
import dev.sequencer.inmemory.InMemoryStore;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.store.Store;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.SimulatedCrash;
import dev.sequencer.tck.faults.Times;
import dev.sequencer.tck.postgres.PostgresServer;
import dev.sequencer.testkit.FakeTransport;
import dev.sequencer.testkit.FakeTransport.Accepted;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A three-step run of two contacts, one of whose mails is deferred once, with one fault at the n-th
 * call of the store, for every n: never twice, never lost.
 */
class FaultAtEveryCallTest {
  private static final int MOST_CALLS = 2_000;
  private static final int STEPS = 3;
  private static final Sequence THREE =
      Sequence.named("three")
          .email("one", mail -> mail.subject("1").text("one"))
          .waitFor(Delay.hours(1))
          .email("two", mail -> mail.subject("2").text("two"))
          .waitFor(Delay.days(1))
          .email("three", mail -> mail.subject("3").text("three"))
          .build();

  enum Kept {
    IN_MEMORY,
    SQLITE,
    POSTGRES;

    Store create(Path folder, int number) {
      return switch (this) {
        case IN_MEMORY -> InMemoryStore.create();
        case SQLITE -> JdbcStore.sqlite(folder.resolve("store-" + number + ".db"));
        case POSTGRES -> {
          PostgresServer server = PostgresServer.shared();
          yield JdbcStore.postgres(server.source()).schema(server.emptySchema());
        }
      };
    }

    /** On disk each run is slower: every 37th call stands for all, on a server every 211th. */
    int stride() {
      return switch (this) {
        case IN_MEMORY -> 1;
        case SQLITE -> 37;
        case POSTGRES -> 211;
      };
    }
  }

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "A1 A4 A7 K17 L6 a node that dies before any call loses nothing and sends nothing twice")
  void dyingBeforeACall(Kept kept) {
    atEveryCall(kept, (store, n) -> store.crashBefore(FaultyStore.ANY, Times.nth(n)));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A1 A4 A7 K17 a node that dies after any call loses nothing and sends nothing twice")
  void dyingAfterACall(Kept kept) {
    atEveryCall(kept, (store, n) -> store.crashAfter(FaultyStore.ANY, Times.nth(n)));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K3 K17 a call that fails loses nothing and sends nothing twice")
  void failingCall(Kept kept) {
    atEveryCall(kept, (store, n) -> store.failBefore(FaultyStore.ANY, Times.nth(n)));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K9 K17 a call whose answer is lost loses nothing and sends nothing twice")
  void lostAnswer(Kept kept) {
    atEveryCall(kept, (store, n) -> store.failAfter(FaultyStore.ANY, Times.nth(n)));
  }

  private void atEveryCall(Kept kept, BiConsumer<FaultyStore, Integer> fault) {
    int reached = 0;
    for (int n = 1; n < MOST_CALLS; n += kept.stride()) {
      FaultyStore store = FaultyStore.around(kept.create(folder, n));
      FakeTransport transport = FakeTransport.create();
      transport.answer("ann@example.com", SendResult.deferred("451", "later"));
      fault.accept(store, n);
      Run run = new Run(store, transport);
      run.drive();
      reached = store.calls().size();
      store.heal();
      run.check("fault at call " + n);
      if (n > reached) {
        break;
      }
    }
    assertThat(reached).as("the run ended before the bound").isLessThan(MOST_CALLS);
  }

  /** One run. */
  private static final class Run {
    private static final int MOST_FAULTS = 50;

    private final FaultyStore store;
    private final FakeTransport transport;
    private TestSequencer sequencer;

    Run(FaultyStore store, FakeTransport transport) {
      this.store = store;
      this.transport = transport;
      this.sequencer = build();
    }

    private TestSequencer build() {
      for (int i = 0; i < MOST_FAULTS; i++) {
        try {
          return TestSequencer.builder()
              .store(store)
              .transport(transport)
              .mailbox(Mailbox.of("a@acme.example").via(TestSequencerBuilder.FAKE))
              .sequence(THREE)
              .build();
        } catch (SimulatedCrash | RuntimeException again) {
          // Begin once more, as a host that restarts would.
        }
      }
      throw new AssertionError("it could not be built after " + MOST_FAULTS + " tries");
    }

    void drive() {
      step(() -> sequencer.enroll("three", Contact.of("ann@example.com").id("ann")));
      step(() -> sequencer.enroll("three", Contact.of("ben@example.com").id("ben")));
      for (int hour = 0; hour < 36; hour++) {
        step(() -> sequencer.advance(Duration.ofHours(1)));
      }
    }

    /** Does something until it is done: a host repeats what failed or was cut off. */
    private void step(Runnable what) {
      for (int i = 0; i < MOST_FAULTS; i++) {
        try {
          what.run();
          return;
        } catch (SimulatedCrash crash) {
          rebuild();
        } catch (RuntimeException failed) {
          // Once more.
        }
      }
      throw new AssertionError("it did not end after " + MOST_FAULTS + " tries");
    }

    private void rebuild() {
      for (int i = 0; i < MOST_FAULTS; i++) {
        try {
          sequencer.crash();
          return;
        } catch (SimulatedCrash | RuntimeException again) {
          // Once more.
        }
      }
    }

    void check(String where) {
      Map<String, Long> copies =
          transport.accepted().stream()
              .map(Accepted::mail)
              .collect(Collectors.groupingBy(OutgoingMail::messageId, Collectors.counting()));
      assertThat(copies.values()).as(where + ": accepted once").containsOnly(1L);
      List<EnrollmentView> enrollments =
          sequencer.enrollments().find(EnrollmentQuery.all()).items();
      assertThat(enrollments).as(where).hasSize(2);
      List<DeliveryView> deliveries = sequencer.deliveries().find(DeliveryQuery.all()).items();
      for (EnrollmentView enrollment : enrollments) {
        boolean held =
            enrollment.status() == EnrollmentStatus.HELD
                && enrollment.state().phase() == EnrollmentPhase.IN_DOUBT;
        boolean done = enrollment.status() == EnrollmentStatus.ENDED;
        assertThat(held || done).as(where + ": settled or held, but " + enrollment).isTrue();
        long sent =
            deliveries.stream()
                .filter(d -> d.id().enrollment().equals(enrollment.id()))
                .filter(d -> d.status() == DeliveryStatus.SENT)
                .count();
        if (done) {
          assertThat(sent).as(where + ": " + enrollment).isEqualTo(STEPS);
        }
      }
      long doubtful =
          deliveries.stream().filter(d -> d.status() == DeliveryStatus.IN_DOUBT).count();
      long stored = deliveries.stream().filter(d -> d.status() == DeliveryStatus.SENT).count();
      assertThat((long) transport.accepted().size())
          .as(where + ": what was accepted is what the store says was sent, or doubts")
          .isBetween(stored, stored + doubtful);
      sequencer.close();
    }
  }
}
