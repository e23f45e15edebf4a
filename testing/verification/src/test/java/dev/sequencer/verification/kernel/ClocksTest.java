package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Contact;
import dev.sequencer.EnrollRequest;
import dev.sequencer.EnrollmentId;
import dev.sequencer.HostEvent;
import dev.sequencer.Mailbox;
import dev.sequencer.Send;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.testkit.ManualClock;
import dev.sequencer.testkit.TestSequencer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clocks that go back, clocks that differ, and instants finer than a millisecond. */
class ClocksTest extends Scenario {
  private static final Instant MIDNIGHT = Instant.parse("2026-06-02T00:00:00Z");

  private static Mailbox onePerDay() {
    return mailbox().zone("UTC").perDay(1);
  }

  private List<Instant> left() {
    return transport.accepted().stream().map(mail -> mail.at()).toList();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K13 a clock that is back before midnight at a restart gives no second quota")
  void backOverMidnightAndRestarted(Kept kept) {
    clock.set(MIDNIGHT.plusSeconds(10));
    TestSequencer sequencer = start(store(kept), onePerDay(), ONE);
    enroll(sequencer, ONE, "a@example.com");
    sequencer.runUntilIdle();
    clock.stepBack(Duration.ofMinutes(1));
    sequencer.crash();
    enroll(sequencer, ONE, "b@example.com");
    enroll(sequencer, ONE, "c@example.com");
    sequencer.advanceTo(MIDNIGHT.plus(Duration.ofDays(1)).minus(MILLI));
    assertThat(left()).hasSize(1);
    sequencer.advance(MILLI);
    assertThat(left()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K13 an hour's quota is not given again either when the clock steps back an hour")
  void backAnHour(Kept kept) {
    clock.set(START.plusSeconds(10));
    TestSequencer sequencer = start(store(kept), mailbox().zone("UTC").perHour(1), ONE);
    enroll(sequencer, ONE, "a@example.com");
    sequencer.runUntilIdle();
    clock.stepBack(Duration.ofMinutes(1));
    sequencer.crash();
    enroll(sequencer, ONE, "b@example.com");
    sequencer.advanceTo(START.plus(Duration.ofHours(1)).minus(MILLI));
    assertThat(left()).hasSize(1);
    sequencer.advance(MILLI);
    assertThat(left()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K13 two nodes whose clocks differ over midnight share one quota for each day")
  void clocksThatDiffer(Kept kept) {
    FaultyStore store = store(kept);
    clock.set(MIDNIGHT.minusSeconds(10));
    ManualClock ahead = ManualClock.at(MIDNIGHT.plusSeconds(50));
    TestSequencer behind = start(store, onePerDay(), ONE);
    TestSequencer early = closing(describe(store, onePerDay(), ONE).clock(ahead).build());
    for (String address : List.of("a@example.com", "b@example.com", "c@example.com")) {
      enroll(early, ONE, address);
    }
    early.runUntilIdle();
    assertThat(transport.accepted()).hasSize(1);
    // The slower node takes part as if its clock had reached the day that the ledger knows.
    behind.runUntilIdle();
    behind.advanceTo(MIDNIGHT.plusSeconds(49));
    assertThat(transport.accepted()).hasSize(1);
    early.advanceTo(MIDNIGHT.plus(Duration.ofDays(1)));
    assertThat(transport.accepted()).hasSize(2);
    behind.advanceTo(MIDNIGHT.plus(Duration.ofDays(2)).minus(MILLI));
    assertThat(transport.accepted()).hasSize(2);
    behind.advance(MILLI);
    assertThat(transport.accepted()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K13 a minimum gap counts from the newest mail though another node's clock is ahead")
  void gapsBetweenClocks(Kept kept) {
    FaultyStore store = store(kept);
    Mailbox mailbox = mailbox().minGap(Duration.ofSeconds(30));
    ManualClock ahead = ManualClock.at(START.plusSeconds(20));
    TestSequencer behind = start(store, mailbox, ONE);
    TestSequencer early = closing(describe(store, mailbox, ONE).clock(ahead).build());
    enroll(early, ONE, "a@example.com");
    early.runUntilIdle();
    enroll(behind, ONE, "b@example.com");
    behind.advanceTo(START.plusSeconds(50).minus(MILLI));
    assertThat(transport.attempted()).hasSize(1);
    behind.advance(MILLI);
    assertThat(transport.attempted()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K13 instants of a host are cut to the millisecond, not rounded")
  void cutToMilliseconds(Kept kept) {
    TestSequencer sequencer = start(store(kept), ONE, TWO);
    Instant fine = START.plusNanos(5_999_999);
    Instant cut = START.plusMillis(5);
    EnrollmentId sent =
        sequencer
            .send(
                Send.to(Contact.of("a@example.com"))
                    .mail(mail -> mail.subject("1").text("1"))
                    .at(fine))
            .enrollment();
    EnrollmentId enrolled =
        sequencer
            .enroll(EnrollRequest.of("two", Contact.of("b@example.com")).startingAt(fine))
            .enrollment()
            .orElseThrow();
    assertThat(view(sequencer, sent).state().due()).contains(cut);
    assertThat(view(sequencer, enrolled).state().due()).contains(cut);
    sequencer.advanceTo(cut.minus(MILLI));
    assertThat(transport.attempted()).isEmpty();
    sequencer.advanceTo(cut);
    assertThat(left()).containsExactly(cut, cut);
    assertThat(HostEvent.replied().at(fine).at()).contains(cut);
    sequencer.advanceTo(cut.plus(Duration.ofDays(1)));
    assertThat(left()).endsWith(cut.plus(Duration.ofDays(1)));
  }
}
