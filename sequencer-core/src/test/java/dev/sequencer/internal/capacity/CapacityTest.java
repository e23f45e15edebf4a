package dev.sequencer.internal.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.Mailbox;
import dev.sequencer.Pace;
import dev.sequencer.RampUp;
import dev.sequencer.SendWindow;
import dev.sequencer.TimeRuleException;
import dev.sequencer.internal.capacity.Gate.Reason;
import dev.sequencer.internal.time.Openings;
import dev.sequencer.internal.time.Wall;
import dev.sequencer.spi.store.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Monday is 1 June 2026; Berlin is two hours ahead of UTC. */
class CapacityTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Openings OFFICE = Openings.of(SendWindow.weekdays("09:00", "17:00"), BERLIN);
  private static final Openings ALWAYS = Openings.always(BERLIN);
  private static final String NINE = "2026-06-01T07:00:00Z";
  private static final Mailbox ANN = Mailbox.of("ann@acme.example").via("smtp");

  @Test
  @DisplayName("window 9-17, 30 a day, 90 contacts: 30 a day, every 16 minutes, last 16:44")
  void evenSpreading() {
    List<Instant> sent = new Sender(Capacity.of(ANN.perDay(30).evenly(), OFFICE), NINE).send(90);
    for (int i = 0; i < 90; i++) {
      LocalDate day = LocalDate.parse("2026-06-01").plusDays(i / 30);
      LocalTime time = LocalTime.of(9, 0).plusMinutes(16L * (i % 30));
      assertThat(Wall.local(sent.get(i), BERLIN)).isEqualTo(day.atTime(time));
    }
    assertThat(Wall.local(sent.get(29), BERLIN)).isEqualTo("2026-06-01T16:44");
  }

  @Test
  @DisplayName("window of 10 hours: every 20 minutes")
  void tenHours() {
    Openings tenHours = Openings.of(SendWindow.daily("08:00", "18:00"), BERLIN);
    List<Instant> sent = new Sender(Capacity.of(ANN.perDay(30).evenly(), tenHours), NINE).send(5);
    assertThat(distances(sent)).containsOnly(Duration.ofMinutes(20));
  }

  @Test
  @DisplayName("15 due at once leave exactly 4 s apart")
  void minimumGap() {
    Mailbox gmail = Mailbox.gmail("ann@acme.example");
    List<Instant> sent = new Sender(Capacity.of(gmail, ALWAYS), NINE).send(15);
    assertThat(sent.get(0)).isEqualTo(NINE);
    assertThat(distances(sent)).hasSize(14).containsOnly(Duration.ofSeconds(4));
  }

  @Test
  @DisplayName("delay: 5,000 ms exactly")
  void gapToTheMillisecond() {
    Mailbox mailbox = ANN.minGap(Duration.ofMillis(5_001));
    List<Instant> sent = new Sender(Capacity.of(mailbox, ALWAYS), NINE).send(3);
    assertThat(distances(sent)).containsOnly(Duration.ofMillis(5_001));
    Capacity pace = Capacity.of(Pace.every(Duration.ofSeconds(5)), BERLIN);
    assertThat(distances(new Sender(pace, NINE).send(3))).containsOnly(Duration.ofSeconds(5));
  }

  @Test
  @DisplayName("limit: 1 per hour, two due at 09:00, the second at 10:00, calendar and rolling")
  void oneAnHour() {
    List<Instant> nineAndTen = List.of(Instant.parse(NINE), Instant.parse("2026-06-01T08:00:00Z"));
    assertThat(new Sender(Capacity.of(ANN.perHour(1), OFFICE), NINE).send(2)).isEqualTo(nineAndTen);
    assertThat(new Sender(Capacity.of(ANN.perHour(1).rollingHour(), OFFICE), NINE).send(2))
        .isEqualTo(nineAndTen);
    assertThat(new Sender(Capacity.of(Pace.perHour(1), BERLIN), NINE).send(2))
        .isEqualTo(nineAndTen);
  }

  @Test
  void calendarHoursResetOnTheHourAndRollingOnesAfterSixtyMinutes() {
    String late = "2026-06-01T07:50:00Z";
    assertThat(new Sender(Capacity.of(ANN.perHour(1), OFFICE), late).send(2))
        .last()
        .isEqualTo(Instant.parse("2026-06-01T08:00:00Z"));
    assertThat(new Sender(Capacity.of(ANN.perHour(1).rollingHour(), OFFICE), late).send(2))
        .last()
        .isEqualTo(Instant.parse("2026-06-01T08:50:00Z"));
  }

  @Test
  @DisplayName("F4 one mail in 8 minutes is one mail in 8 minutes, however late the wake-ups")
  void oneInEightMinutes() {
    Random random = new Random(4);
    Capacity capacity = Capacity.of(ANN.minGap(Duration.ofMinutes(8)), ALWAYS);
    Sender sender =
        new Sender(capacity, Instant.parse(NINE), () -> Duration.ofMillis(random.nextInt(3_000)));
    assertThat(distances(sender.send(10)))
        .as("seed 4")
        .hasSize(9)
        .allSatisfy(gap -> assertThat(gap).isGreaterThanOrEqualTo(Duration.ofMinutes(8)));
  }

  @Test
  @DisplayName("F6 a rolling quota frees exactly 24 hours after the mail that fills it")
  void rollingDay() {
    Capacity capacity = Capacity.of(ANN.perDay(2).rollingDay(), ALWAYS);
    Sender sender = new Sender(capacity, "2026-06-01T21:50:00Z"); // 23:50
    sender.send(1);
    sender.now(Instant.parse("2026-06-02T06:00:00Z"));
    sender.send(1);
    Gate full = new Gate(Instant.parse("2026-06-02T21:50:00Z"), Reason.ROLLING_QUOTA);
    assertThat(sender.gate()).isEqualTo(full);
    // The ledger remembers it, so that claims need not count.
    assertThat(capacity.gate(sender.ledger(), Instant.parse("2026-06-02T06:00:00Z")))
        .isEqualTo(full);
    assertThat(sender.send(1)).containsExactly(Instant.parse("2026-06-02T21:50:00Z"));
    assertThat(sender.send(1)).containsExactly(Instant.parse("2026-06-03T06:00:00Z"));
  }

  @Test
  @DisplayName("F12 a quota of zero is refused, none is no limit")
  void zeroIsRefused() {
    assertThatThrownBy(() -> ANN.perDay(0)).isInstanceOf(TimeRuleException.class);
    Sender sender = new Sender(Capacity.of(ANN, ALWAYS), NINE);
    assertThat(sender.send(1_000)).containsOnly(Instant.parse(NINE));
    assertThat(Capacity.of(ANN, ALWAYS).free(sender.ledger(), Instant.parse(NINE)))
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  @DisplayName("F14 ramp 10, +5 a day, to 50: day n has min(50, 10 + 5 (n - 1))")
  void rampUp() {
    RampUp ramp = new RampUp(10, 5, 50);
    assertThat(Ramps.cap(ramp, 1)).isEqualTo(10);
    assertThat(Ramps.cap(ramp, 2)).isEqualTo(15);
    assertThat(Ramps.cap(ramp, 8)).isEqualTo(45);
    assertThat(Ramps.cap(ramp, 9)).isEqualTo(50);
    assertThat(Ramps.cap(ramp, Integer.MAX_VALUE)).isEqualTo(50);
    Sender sender = new Sender(Capacity.of(ANN.rampUp(10, 5, 50), ALWAYS), NINE);
    assertThat(perDay(sender.send(10 + 15 + 20)).values()).containsExactly(10L, 15L, 20L);
  }

  @Test
  @DisplayName("F14 a day counts when a mail left on it")
  void restDaysDoNotWarmUp() {
    Sender sender = new Sender(Capacity.of(ANN.rampUp(1, 1, 9), ALWAYS), NINE);
    sender.send(1);
    sender.now(Instant.parse("2026-06-20T07:00:00Z"));
    assertThat(perDay(sender.send(3)))
        .isEqualTo(Map.of(LocalDate.parse("2026-06-20"), 2L, LocalDate.parse("2026-06-21"), 1L));
  }

  @Test
  void theWarmUpAlsoSpreadsEvenly() {
    Mailbox warm = ANN.perDay(30).evenly().rampUp(8, 8, 30);
    List<Instant> sent = new Sender(Capacity.of(warm, OFFICE), NINE).send(24);
    assertThat(distances(sent.subList(0, 8))).containsOnly(Duration.ofHours(1));
    assertThat(distances(sent.subList(8, 24))).containsOnly(Duration.ofMinutes(30));
  }

  @Test
  @DisplayName("F1 S3 a deferred attempt gives back its quota, not its slot")
  void deferredAttempts() {
    Sender sender = new Sender(Capacity.of(ANN.perDay(30).evenly(), OFFICE), NINE);
    assertThat(sender.sendRefused()).isEqualTo(NINE);
    assertThat(sender.ledger().day().used()).isZero();
    assertThat(sender.send(1)).containsExactly(Instant.parse("2026-06-01T07:16:00Z"));
    assertThat(sender.ledger().day().used()).isEqualTo(1);
  }

  @Test
  @DisplayName("F1 what was taken in a bucket that is over does not come back")
  void yesterdaysQuotaIsNotCredited() {
    Capacity capacity = Capacity.of(ANN.perDay(2), ALWAYS);
    Instant yesterday = Instant.parse("2026-06-01T21:59:00Z");
    Sender sender = new Sender(capacity, "2026-06-01T22:01:00Z");
    sender.send(1);
    assertThat(capacity.givenBack(sender.ledger(), yesterday).day().used()).isEqualTo(1);
    assertThat(capacity.givenBack(sender.ledger(), yesterday.plusSeconds(120)).day().used())
        .isZero();
  }

  @Test
  @DisplayName("F5 each mailbox has its own limit")
  void eachMailboxHasItsOwnLimit() {
    assertThat(perDay(new Sender(Capacity.of(ANN.perDay(2), ALWAYS), NINE).send(4)).values())
        .containsExactly(2L, 2L);
    assertThat(perDay(new Sender(Capacity.of(ANN.perDay(5), ALWAYS), NINE).send(6)).values())
        .containsExactly(5L, 1L);
  }

  @Test
  @DisplayName("E15 60 an hour stop at the closing and go on at the next opening")
  void longRunsStopAtTheClosing() {
    Openings office = Openings.of(SendWindow.weekdays("09:00", "18:00"), BERLIN);
    Sender sender =
        new Sender(Capacity.of(ANN.perHour(60), office), "2026-06-05T14:00:00Z"); // Friday 16:00
    List<Instant> sent = sender.send(180);
    assertThat(sent.get(119)).isEqualTo("2026-06-05T15:00:00Z");
    assertThat(Wall.local(sent.get(120), BERLIN)).isEqualTo("2026-06-08T09:00");
  }

  @Test
  @DisplayName(
      "K6 a mailbox that spreads evenly sends its whole quota though every wake-up is late")
  void lateWakeUpsLoseNoSlot() {
    Random random = new Random(6);
    Capacity capacity = Capacity.of(ANN.perDay(30).evenly().minGap(Duration.ofSeconds(90)), OFFICE);
    Sender sender =
        new Sender(capacity, Instant.parse(NINE), () -> Duration.ofMillis(random.nextInt(3_000)));
    assertThat(perDay(sender.send(90)).values()).as("seed 6").containsExactly(30L, 30L, 30L);
  }

  @Test
  @DisplayName("K13 when the clock steps back over midnight the quota does not begin anew")
  void noSecondQuota() {
    Capacity capacity = Capacity.of(ANN.perDay(2), ALWAYS);
    Sender sender = new Sender(capacity, "2026-06-01T22:00:01Z");
    sender.send(2);
    sender.now(Instant.parse("2026-06-01T21:59:58Z"));
    assertThat(sender.gate())
        .isEqualTo(new Gate(Instant.parse("2026-06-02T22:00:00Z"), Reason.DAY_QUOTA));
    assertThat(capacity.free(sender.ledger(), Instant.parse("2026-06-01T21:59:58Z"))).isZero();
  }

  @Test
  @DisplayName("K14 with a gap only one mail is on its way, until its deadline")
  void oneAtATime() {
    Instant nine = Instant.parse(NINE);
    Capacity capacity = Capacity.of(ANN.minGap(Duration.ofSeconds(30)), ALWAYS);
    Ledger fresh = new Sender(capacity, NINE).ledger();
    Ledger begun = capacity.taken(fresh, n -> Optional.empty(), nine, nine.plusSeconds(150));
    assertThat(capacity.gate(begun, nine.plusSeconds(40)))
        .isEqualTo(new Gate(nine.plusSeconds(150), Reason.IN_FLIGHT));
    Ledger left = capacity.left(begun, nine.plusSeconds(20));
    assertThat(capacity.gate(left, nine.plusSeconds(40)))
        .isEqualTo(new Gate(nine.plusSeconds(50), Reason.SPACING));
    assertThat(capacity.gate(capacity.ended(begun, nine), nine.plusSeconds(1)).reason())
        .isEqualTo(Reason.FREE);
    assertThat(capacity.free(fresh, nine)).isEqualTo(1);
  }

  @Test
  @DisplayName("K14 an outcome that comes late does not free the place of the next mail")
  void lateOutcomes() {
    Instant nine = Instant.parse(NINE);
    Capacity capacity = Capacity.of(ANN.minGap(Duration.ofSeconds(30)), ALWAYS);
    Ledger fresh = new Sender(capacity, NINE).ledger();
    Ledger first = capacity.taken(fresh, n -> Optional.empty(), nine, nine.plusSeconds(150));
    Instant next = nine.plusSeconds(150);
    Ledger second = capacity.taken(first, n -> Optional.empty(), next, next.plusSeconds(150));
    for (Ledger late :
        List.of(capacity.left(second, nine.plusSeconds(5)), capacity.ended(second, nine))) {
      assertThat(capacity.gate(late, next.plusSeconds(60)))
          .isEqualTo(new Gate(next.plusSeconds(150), Reason.IN_FLIGHT));
    }
    assertThat(capacity.left(second, next).inFlightUntil()).isEmpty();
    assertThat(capacity.ended(second, next).inFlightUntil()).isEmpty();
  }

  @Test
  void aMailboxThatRestsSaysUntilWhenAndAStoppedOneThatItIsStopped() {
    Instant nine = Instant.parse(NINE);
    Capacity capacity = Capacity.of(ANN, OFFICE);
    Ledger fresh = new Sender(capacity, NINE).ledger();
    Ledger resting =
        fresh.rest(
            new Ledger.Rest(Optional.of(nine), Optional.of(nine.plusSeconds(120)), "THROTTLED", 1));
    assertThat(capacity.gate(resting, nine))
        .isEqualTo(new Gate(nine.plusSeconds(120), Reason.RESTING));
    assertThat(capacity.gate(resting, nine.plusSeconds(120)).reason()).isEqualTo(Reason.FREE);
    Ledger stopped = fresh.rest(new Ledger.Rest(Optional.of(nine), Optional.empty(), "LOGIN", 1));
    assertThat(capacity.gate(stopped, nine)).isEqualTo(new Gate(Gate.NEVER, Reason.STOPPED));
    assertThat(capacity.free(stopped, nine)).isZero();
  }

  @Test
  void theBindingGateIsTheOneThatOpensLast() {
    Capacity capacity = Capacity.of(ANN.perDay(1), OFFICE);
    Sender sender = new Sender(capacity, "2026-06-05T08:00:00Z"); // Friday
    sender.send(1);
    // The quota resets on Saturday, so it is the hours that bind.
    assertThat(sender.gate())
        .isEqualTo(new Gate(Instant.parse("2026-06-08T07:00:00Z"), Reason.HOURS));
  }

  @Test
  void permitsEndWithTheHoursAndWithTheBucketsInUse() {
    Ledger fresh = new Sender(Capacity.of(ANN, OFFICE), NINE).ledger();
    Instant now = Instant.parse("2026-06-01T14:30:00Z");
    assertThat(Capacity.of(ANN, ALWAYS).permitEnd(fresh, now)).isEmpty();
    assertThat(Capacity.of(ANN, OFFICE).permitEnd(fresh, now))
        .contains(Instant.parse("2026-06-01T15:00:00Z"));
    assertThat(Capacity.of(ANN.perDay(5), ALWAYS).permitEnd(fresh, now))
        .contains(Instant.parse("2026-06-01T22:00:00Z"));
    assertThat(Capacity.of(ANN.perDay(5).rollingDay(), ALWAYS).permitEnd(fresh, now)).isEmpty();
    assertThat(Capacity.of(ANN.perDay(5).perHour(5), ALWAYS).permitEnd(fresh, now))
        .contains(Instant.parse("2026-06-01T15:00:00Z"));
  }

  @Test
  void aClaimMayTakeWhatTheDayHasLeft() {
    Capacity capacity = Capacity.of(ANN.perDay(5), ALWAYS);
    Sender sender = new Sender(capacity, NINE);
    sender.send(2);
    assertThat(capacity.free(sender.ledger(), Instant.parse(NINE))).isEqualTo(3);
    assertThat(capacity.free(sender.ledger(), Instant.parse(NINE).plus(Duration.ofDays(1))))
        .isEqualTo(5);
    sender.send(3);
    assertThat(capacity.free(sender.ledger(), Instant.parse(NINE))).isZero();
  }

  private static List<Duration> distances(List<Instant> instants) {
    List<Duration> distances = new ArrayList<>();
    for (int i = 1; i < instants.size(); i++) {
      distances.add(Duration.between(instants.get(i - 1), instants.get(i)));
    }
    return distances;
  }

  private static Map<LocalDate, Long> perDay(List<Instant> instants) {
    return instants.stream()
        .collect(
            Collectors.groupingBy(
                instant -> Wall.local(instant, BERLIN).toLocalDate(),
                TreeMap::new,
                Collectors.counting()));
  }
}
