package dev.sequencer.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.spi.HostTransaction;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Document.Kind;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.spi.store.Work;
import dev.sequencer.tck.store.Begins;
import dev.sequencer.tck.store.Claims;
import dev.sequencer.tck.store.ManualClock;
import dev.sequencer.tck.store.Plans;
import dev.sequencer.tck.store.StoreBench;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class InMemoryStoreOwnTest {
  private static final HostTransaction FOREIGN = new HostTransaction() {};

  private static byte[] keyOf(InMemoryStore store) {
    return store.open(new StoreSetup(ManualClock.at(StoreBench.START), "ann")).messageKey();
  }

  @Test
  void noTwoStoresHaveTheSameMessageKey() {
    assertThat(keyOf(InMemoryStore.create())).isNotEqualTo(keyOf(InMemoryStore.create()));
  }

  @Test
  void aGivenMessageKeyIsKeptAndNotShared() {
    byte[] key = new byte[16];
    key[3] = 7;
    InMemoryStore store = InMemoryStore.withKey(key);
    key[3] = 8;
    assertThat(keyOf(store)[3]).isEqualTo((byte) 7);
  }

  @Test
  void aMessageKeyHas16BytesNot15Or17() {
    for (int length : new int[] {15, 17}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> InMemoryStore.withKey(new byte[length]))
          .withMessage(
              "a message key must have 16 bytes, but has %s: hand in the one of the store that is"
                  + " copied",
              length);
    }
  }

  @Test
  void aTransactionOfTheHostIsRefusedWithWhatToDo() {
    try (StoreBench bench = new StoreBench(InMemoryStore.create())) {
      assertThatIllegalStateException()
          .isThrownBy(() -> bench.handle().join(FOREIGN))
          .withMessageContaining("use a JDBC store");
    }
  }

  @Test
  void aFunctionThatCallsTheStoreIsRefusedAndNothingIsChanged() {
    try (StoreBench bench = new StoreBench(InMemoryStore.create())) {
      Work work = bench.work(bench.enroll(bench.row("bo@x.example")));
      ThrowingCallable nosy =
          () ->
              bench.steer(
                  work.enrollment(),
                  subject -> {
                    bench.claim();
                    return Optional.empty();
                  });
      assertThatIllegalStateException()
          .isThrownBy(nosy)
          .withMessageStartingWith("a function that is handed to a store must be pure");
      assertThat(bench.claim()).containsExactly(work);
    }
  }

  @Test
  void aDocumentThatIsNotThereCannotBeSavedOver() {
    try (StoreBench bench = new StoreBench(InMemoryStore.create())) {
      Document lost = new Document(Kind.SWITCH, "", "all", 99, 3, "{}");
      assertThatThrownBy(() -> bench.handle().save(lost))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("revision 3 was named: save it with revision 0");
    }
  }

  @Test
  void aTransitionForAnotherRowIsRefused() {
    try (StoreBench bench = new StoreBench(InMemoryStore.create())) {
      Work one = bench.work(bench.enroll(bench.row("1@x.example")));
      Work two = bench.work(bench.enroll(bench.row("2@x.example")));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> bench.steer(one.enrollment(), Plans.change(work -> two)))
          .withMessageContaining("keeps enrollment and origin of its row");
      assertThat(bench.work(one.enrollment())).isEqualTo(one);
    }
  }

  @Test
  void aLostClaimIsMadeUpForWithoutTheSafetyNet() {
    try (StoreBench bench = new StoreBench(InMemoryStore.create())) {
      bench.enroll(bench.row("bo@x.example"));
      bench.claim();
      bench.clock().advance(Claims.EXPIRY);
      assertThat(bench.claim()).hasSize(1);
    }
  }

  @Test
  void instantsBeyondAllMillisecondsAreLaterThanEverything() {
    try (StoreBench bench = new StoreBench(InMemoryStore.create())) {
      Work work = bench.work(bench.enroll(bench.row("bo@x.example")));
      bench.claim(new Claims().slots(bench.mailbox(), 0).wake(bench.mailbox(), Instant.MAX));
      assertThat(bench.claim(new Claims()).nextWake()).isEqualTo(Claims.NEVER);
      bench.steer(
          work.enrollment(), Plans.change(same -> same.waitingIn(same.lane(), Instant.MAX)));
      bench.clock().advance(Duration.ofDays(365_000));
      assertThat(bench.claim(new Claims().all()).rows()).isEmpty();
      assertThat(bench.begun(Begins.of(bench.work(work.enrollment()))).due())
          .isEqualTo(Millis.cut(Instant.MAX));
    }
  }
}
