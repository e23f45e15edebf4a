package dev.sequencer.jdbc.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When an engine calls the others. */
final class CallsTest {
  private static final long DUE = -5;

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10_000_000);
  private final Calls calls = calls("ann");

  private Calls calls(String node) {
    return new Calls(PostgresOptions.USUAL, node, nanos::get);
  }

  private void pass(long millis) {
    nanos.addAndGet(millis * 1_000_000);
  }

  @Test
  void aCallStandsForWhatIsLeftInTheNext50Milliseconds() {
    assertThat(calls.wanted(DUE)).isTrue();
    assertThat(calls.wanted(DUE)).isFalse();
    pass(49);
    assertThat(calls.wanted(DUE)).isFalse();
    pass(1);
    assertThat(calls.wanted(DUE)).isTrue();
    assertThat(calls.wanted(DUE)).isFalse();
  }

  @Test
  void workIsCalledForThatIsDueBeforeEverybodyLooksByThemselves() {
    assertThat(calls.wanted(1_000)).isFalse();
    assertThat(calls.wanted(999)).isTrue();
  }

  @Test
  void nobodyHearsThemselvesNorAnybodysPing() {
    Calls others = calls("ben");
    String own = calls.ping(1).substring(1, calls.ping(1).indexOf(' '));
    assertThat(calls.isCall(own)).isFalse();
    assertThat(others.isCall(own)).isTrue();
    assertThat(others.isCall(calls.ping(1))).isFalse();
    assertThat(calls.isCall(others.ping(1))).isFalse();
  }

  @Test
  void storesOfOneDatabaseCallOnChannelsOfTheirOwn() {
    Calls other = new Calls(PostgresOptions.USUAL.withPrefix("mail_"), "ann", nanos::get);
    assertThat(other.channel()).isNotEqualTo(calls.channel());
    assertThat(calls("ben").channel()).isEqualTo(calls.channel()).matches("[a-z0-9_]{1,63}");
  }
}
