package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Delay;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.EnrollmentView;
import dev.sequencer.Mailbox;
import dev.sequencer.Sequence;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.StagedTransport;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.SimulatedCrash;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.FakeTransport;
import dev.sequencer.testkit.ManualClock;
import dev.sequencer.testkit.StagedFakeTransport;
import dev.sequencer.testkit.TestSequencer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A three-step run in which the process dies before or after the n-th call of its transport, for
 * every n: never twice, never lost, and at most the draft that was in its hands is left.
 */
class CrashAtTransportCallsTest {
  private static final Sequence THREE =
      Sequence.named("three")
          .pool(Scenario.MAILBOX)
          .email("one", mail -> mail.subject("1").text("one"))
          .waitFor(Delay.hours(1))
          .email("two", mail -> mail.subject("2").text("two"))
          .waitFor(Delay.days(1))
          .email("three", mail -> mail.subject("3").text("three"))
          .build();
  private static final List<String> CONTACTS =
      List.of("ann@example.com", "ben@example.com", "cy@example.com");
  private static final int MOST_CALLS = 500;

  /** What a transport can tell afterwards. */
  private enum Kind {
    DRAFTS,
    TELLS_ALL,
    TELLS_NOTHING
  }

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  @DisplayName("K1 K18 a process that dies around any call of a transport with drafts")
  void drafts(Kept kept) {
    assertThat(everywhere(kept, Kind.DRAFTS))
        .contains("stage", "connect", "send", "find", "discard");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "K1 A4 a process that dies around any call of a transport that can tell what it sent")
  void tellsAll(Kept kept) {
    assertThat(everywhere(kept, Kind.TELLS_ALL)).contains("connect", "send", "find");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K1 A4 a process that dies around any call of a transport that cannot tell, as SMTP")
  void tellsNothing(Kept kept) {
    assertThat(everywhere(kept, Kind.TELLS_NOTHING)).contains("connect", "send", "find");
  }

  private Set<String> everywhere(Kept kept, Kind kind) {
    Set<String> names = new HashSet<>();
    int stride = kept == Kept.IN_MEMORY ? 1 : 17;
    for (boolean before : List.of(true, false)) {
      int calls = MOST_CALLS;
      for (int n = 1; n <= calls; n += stride) {
        String name = kind + "-" + before + "-" + n;
        Run run = new Run(FaultyStore.around(kept.in(folder, name)), kind, n, before);
        run.drive();
        run.check("death " + (before ? "before" : "after") + " call " + n);
        names.addAll(run.mortal.calls());
        calls = run.mortal.calls().size();
      }
      assertThat(calls).as("it ended before the bound").isLessThan(MOST_CALLS);
    }
    return names;
  }

  private static final class Run {
    private final Kind kind;
    private final StagedFakeTransport staged;
    private final FakeTransport fake;
    private final MortalTransport mortal;
    private final TestSequencer sequencer;

    Run(FaultyStore store, Kind kind, int deadly, boolean before) {
      this.kind = kind;
      ManualClock clock = ManualClock.at(Scenario.START);
      staged = StagedFakeTransport.on(clock);
      fake = kind == Kind.DRAFTS ? staged.sends() : FakeTransport.on(clock);
      if (kind != Kind.DRAFTS) {
        fake.lookup(
            kind == Kind.TELLS_ALL ? FakeTransport.Lookup.TRUTH : FakeTransport.Lookup.NOTHING);
      }
      fake.answer(CONTACTS.get(0), SendResult.deferred("451", "later"));
      fake.answer(CONTACTS.get(1), FakeAnswer.inDoubtButAccepted());
      fake.answer(CONTACTS.get(2), SendResult.refusedMessage("554", "no"));
      mortal = new MortalTransport(store, kind == Kind.DRAFTS ? staged : fake, deadly, before);
      MailTransport transport =
          kind == Kind.DRAFTS ? mortal.as(StagedTransport.class) : mortal.as(MailTransport.class);
      sequencer =
          TestSequencer.builder()
              .clock(clock)
              .store(store)
              .engine(
                  engine ->
                      engine
                          .transport("mortal", transport)
                          .mailbox(Mailbox.of(Scenario.MAILBOX).via("mortal"))
                          .sequence(THREE))
              .build();
    }

    void drive() {
      for (String contact : CONTACTS) {
        Scenario.enroll(sequencer, THREE, contact);
      }
      for (int hour = 0; hour < 40; hour++) {
        try {
          sequencer.advance(Duration.ofHours(1));
        } catch (SimulatedCrash crash) {
          sequencer.crash();
          mortal.revive();
        }
      }
    }

    void check(String where) {
      List<String> accepted =
          fake.accepted().stream().map(mail -> mail.mail().key().value()).toList();
      assertThat(accepted).as(where).doesNotHaveDuplicates();
      List<DeliveryView> deliveries = Scenario.deliveries(sequencer);
      for (EnrollmentId id :
          deliveries.stream().map(d -> d.id().enrollment()).collect(Collectors.toSet())) {
        settled(where, Scenario.view(sequencer, id), deliveries);
      }
      assertThat(deliveries.stream().map(d -> d.id().enrollment()).distinct())
          .as(where + ": nobody was lost")
          .hasSize(CONTACTS.size());
      long sent = count(deliveries, DeliveryStatus.SENT);
      assertThat((long) accepted.size())
          .as(where + ": what arrived is what the store says was sent, or doubts")
          .isBetween(sent, sent + count(deliveries, DeliveryStatus.IN_DOUBT));
      assertThat(staged.drafts()).as(where).hasSizeLessThanOrEqualTo(1);
      sequencer.close();
    }

    private void settled(String where, EnrollmentView view, List<DeliveryView> deliveries) {
      List<DeliveryView> own = new ArrayList<>(deliveries);
      own.removeIf(d -> !d.id().enrollment().equals(view.id()));
      if (view.status() == EnrollmentStatus.HELD) {
        // A mail is held only where the transport cannot tell whether it left.
        assertThat(view.state().phase()).as(where).isEqualTo(EnrollmentPhase.IN_DOUBT);
        assertThat(kind).as(where + ": " + view).isEqualTo(Kind.TELLS_NOTHING);
        return;
      }
      assertThat(view.status()).as(where + ": " + view).isEqualTo(EnrollmentStatus.ENDED);
      if (count(own, DeliveryStatus.FAILED) == 0) {
        assertThat(count(own, DeliveryStatus.SENT)).as(where + ": " + view).isEqualTo(3);
      } else {
        assertThat(view.contact().email().address()).as(where).isEqualTo(CONTACTS.get(2));
      }
    }

    private static long count(List<DeliveryView> deliveries, DeliveryStatus status) {
      return deliveries.stream().filter(d -> d.status() == status).count();
    }
  }
}
