package dev.sequencer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Mailbox;
import dev.sequencer.Sequencer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@SequencerTest(startingAt = "2026-03-01T10:00:00Z", zone = "Europe/Berlin")
class SequencerTestAnnotationTest {
  private static final Set<TestSequencer> SEEN = new HashSet<>();
  private static int tests;

  private TestSequencer before = TestSequencer.create();

  @BeforeEach
  void remember(TestSequencer sequencer) {
    before = sequencer;
  }

  @AfterEach
  void count(TestSequencer sequencer) {
    assertThat(sequencer).isSameAs(before);
    assertThat(((StubEngine.Engine) sequencer.engine()).stops()).isZero();
    SEEN.add(sequencer);
    tests++;
  }

  @AfterAll
  static void eachTestHadAnEngineOfItsOwnThatIsClosed() {
    assertThat(SEEN).hasSize(tests);
    assertThat(SEEN).allMatch(s -> ((StubEngine.Engine) s.engine()).stops() == 1);
  }

  @Test
  void handsOneEngineToAllParametersOfATest(
      TestSequencer sequencer, Sequencer api, ManualClock clock, FakeTransport transport) {
    assertThat(api).isSameAs(sequencer).isSameAs(before);
    assertThat(clock).isSameAs(sequencer.clock());
    assertThat(transport).isSameAs(sequencer.transport());
  }

  @Test
  void startsWhereTheClassSays(TestSequencer sequencer) {
    assertThat(sequencer.clock().instant()).isEqualTo("2026-03-01T10:00:00Z");
    assertThat(((StubEngine.Engine) sequencer.engine()).config().time().defaultZone())
        .hasToString("Optional[Europe/Berlin]");
  }

  @Test
  @SequencerTest(startingAt = "2026-04-01T10:00:00Z")
  void startsWhereTheMethodSaysAndForgetsTheClass(TestSequencer sequencer) {
    assertThat(sequencer.clock().instant()).isEqualTo("2026-04-01T10:00:00Z");
    assertThat(((StubEngine.Engine) sequencer.engine()).config().time().defaultZone())
        .hasToString("Optional[UTC]");
  }

  @Test
  @SequencerTest(setup = WithAnn.class)
  void addsWhatTheSetupSays(TestSequencer sequencer) {
    assertThat(((StubEngine.Engine) sequencer.engine()).config().mailboxes())
        .extracting(mailbox -> mailbox.address().address())
        .containsExactly("ann@acme.example");
    assertThat(sequencer.clock().instant()).isEqualTo("2026-06-01T08:00:00Z");
  }

  @RepeatedTest(2)
  void isFreshForEachRepetition(ManualClock clock) {
    assertThat(clock.instant()).isEqualTo("2026-03-01T10:00:00Z");
    clock.advance(java.time.Duration.ofDays(1));
  }

  private static final class WithAnn implements TestSequencerSetup {
    @Override
    public void configure(TestSequencerBuilder builder) {
      builder.mailbox(Mailbox.of("ann@acme.example").via("smtp"));
    }
  }

  @Nested
  class InAClassWithin {
    @Test
    void usesTheAnnotationOfTheClassAround(ManualClock clock) {
      assertThat(clock.instant()).isEqualTo("2026-03-01T10:00:00Z");
    }
  }

  @Nested
  @SequencerTest(startingAt = "2026-05-01T10:00:00Z")
  class InAClassWithinThatSaysOtherwise {
    @Test
    void usesItsOwn(ManualClock clock) {
      assertThat(clock.instant()).isEqualTo("2026-05-01T10:00:00Z");
    }
  }
}
