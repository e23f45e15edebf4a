package dev.sequencer.internal.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Mailbox;
import dev.sequencer.MailboxLimits.Counting;
import dev.sequencer.SendWindow;
import dev.sequencer.internal.capacity.Gate.Reason;
import dev.sequencer.internal.time.Calendar;
import dev.sequencer.internal.time.Dice;
import dev.sequencer.internal.time.LocalTimes;
import dev.sequencer.internal.time.Openings;
import dev.sequencer.internal.time.Wall;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.LedgerKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OrderTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final SendWindow OFFICE = SendWindow.weekdays("09:00", "17:00");
  private static final Instant MONDAY_NOON = Instant.parse("2026-06-01T10:00:00Z");

  @Test
  @DisplayName("E13 no mail leaves outside its window, the hours, a quota or the spacing")
  void nothingLeavesOutsideTheRules() {
    int sent = 0;
    for (long seed = 0; seed < 80; seed++) {
      Run run = new Run(seed);
      run.play();
      sent += run.left.size();
    }
    assertThat(sent).isGreaterThan(500);
  }

  @Test
  @DisplayName("S2 a mail leaves when the contact's window and the mailbox's hours are both open")
  void bothMustBeOpen() {
    Calendar tokyo = Calendar.of(Optional.of(OFFICE), Optional.empty(), ZoneId.of("Asia/Tokyo"));
    Gate gate = first(tokyo, Capacity.of(mailbox(), Openings.of(OFFICE, BERLIN)));
    // From 09:00 in Berlin to 17:00 in Tokyo is the hour from 07:00 UTC.
    assertThat(gate).isEqualTo(new Gate(Instant.parse("2026-06-02T07:00:00Z"), Reason.HOURS));
  }

  @Test
  void windowsThatNeverMeetEndTheSearch() {
    Calendar mornings =
        Calendar.of(Optional.of(SendWindow.daily("06:00", "08:00")), Optional.empty(), BERLIN);
    assertThat(first(mornings, Capacity.of(mailbox(), Openings.of(OFFICE, BERLIN))))
        .isEqualTo(new Gate(Gate.NEVER, Reason.NO_OPEN_TIME));
  }

  @Test
  void aRowThatIsNotDueSaysSo() {
    Capacity capacity = Capacity.of(mailbox(), Openings.always(BERLIN));
    Instant due = MONDAY_NOON.plusSeconds(60);
    assertThat(Order.firstLeaving(due, MONDAY_NOON, Calendar.always(), gates(capacity, fresh())))
        .isEqualTo(new Gate(due, Reason.NOT_DUE));
    assertThat(Order.firstLeaving(MONDAY_NOON, due, Calendar.always(), gates(capacity, fresh())))
        .isEqualTo(new Gate(due, Reason.FREE));
  }

  @Test
  void aQuotaThatMovesTheMailToALaterDateMovesItToItsSendTime() {
    Calendar calendar = Calendar.of(Optional.of(OFFICE), Optional.of(LocalTime.of(11, 30)), BERLIN);
    Capacity capacity = Capacity.of(mailbox().perDay(1), Openings.always(BERLIN));
    Ledger used =
        capacity.taken(fresh(), n -> Optional.empty(), MONDAY_NOON, MONDAY_NOON.plusSeconds(60));
    assertThat(Order.firstLeaving(MONDAY_NOON, MONDAY_NOON, calendar, gates(capacity, used)))
        .isEqualTo(new Gate(Instant.parse("2026-06-02T09:30:00Z"), Reason.WINDOW));
  }

  private static Mailbox mailbox() {
    return Mailbox.of("ann@acme.example").via("smtp");
  }

  private static Ledger fresh() {
    return Ledger.fresh(new LedgerKey(LedgerKey.Kind.MAILBOX, 1));
  }

  private static Gate first(Calendar calendar, Capacity capacity) {
    return Order.firstLeaving(MONDAY_NOON, MONDAY_NOON, calendar, gates(capacity, fresh()));
  }

  private static List<Function<Instant, Gate>> gates(Capacity capacity, Ledger ledger) {
    return List.of(at -> capacity.gate(ledger, at));
  }

  /** A mailbox with random limits that sends to contacts with random calendars. */
  private static final class Run {

    private record Row(Instant due, Calendar calendar) {}

    private final long seed;
    private final Dice dice;
    private final ZoneId zone;
    private final SendWindow hours;
    private final Mailbox mailbox;
    private final Capacity capacity;
    private final List<Row> rows = new ArrayList<>();
    private final List<Instant> left = new ArrayList<>();
    private Ledger ledger = fresh();
    private Instant now;

    Run(long seed) {
      this.seed = seed;
      this.dice = new Dice(seed);
      this.zone = dice.zone();
      this.now = dice.near(zone);
      this.hours = dice.window(LocalTimes.date(now, zone));
      this.mailbox = randomMailbox();
      this.capacity = Capacity.of(mailbox, Openings.of(hours, zone));
      for (int i = 0; i < 12; i++) {
        ZoneId contact = dice.zone();
        Optional<LocalTime> sendTime =
            dice.below(2) == 0
                ? Optional.empty()
                : Optional.of(LocalTime.of(dice.below(24), dice.below(60)));
        Instant due = now.plusSeconds(60L * (dice.below(2_000) - 1_000));
        Optional<SendWindow> window = Optional.of(dice.window(LocalTimes.date(due, contact)));
        rows.add(new Row(due, Calendar.of(window, sendTime, contact)));
      }
    }

    private Mailbox randomMailbox() {
      Mailbox random = mailbox().perDay(1 + dice.below(8));
      random = dice.below(3) == 0 ? random.rollingDay() : random;
      random = dice.below(3) == 0 ? random.perHour(1 + dice.below(3)) : random;
      random = dice.below(4) == 0 ? random.rollingHour() : random;
      random =
          dice.below(2) == 0 ? random.minGap(Duration.ofMillis(1 + dice.below(900_000))) : random;
      random = dice.below(3) == 0 ? random.rampUp(1, 2, 6) : random;
      return switch (dice.below(3)) {
        case 0 -> random.evenly();
        case 1 -> random.evenlyWithJitter();
        default -> random;
      };
    }

    void play() {
      for (int wakeUp = 0; wakeUp < 300 && !rows.isEmpty(); wakeUp++) {
        Row next =
            rows.stream().min(Comparator.comparing((Row row) -> gate(row).at())).orElseThrow();
        Gate gate = gate(next);
        if (gate.at().equals(Gate.NEVER)) {
          return;
        }
        assertThat(gate.at()).as(this::describe).isAfterOrEqualTo(now);
        now = gate.at().plusMillis(dice.below(3) == 0 ? 0 : dice.below(3_000));
        begin(next);
      }
    }

    private void begin(Row row) {
      boolean may =
          row.calendar().openFor(row.due(), now)
              && row.calendar().laneOpen(now)
              && capacity.exactGate(ledger, this::nthNewest, now).isOpen(now);
      if (may) {
        ledger = capacity.taken(ledger, this::nthNewest, now, now.plusSeconds(150));
        assertThat(capacity.permitEnd(ledger, now).map(now::isBefore).orElse(true))
            .as(this::describe)
            .isTrue();
        ledger = capacity.left(ledger, now);
        left.add(now);
        rows.remove(row);
        check(row);
      }
    }

    private void check(Row row) {
      ZoneId contact = row.calendar().zone();
      SendWindow window = row.calendar().window().orElseThrow();
      assertThat(row.due()).as(this::describe).isBeforeOrEqualTo(now);
      assertThat(Wall.open(window, now, contact)).as(this::describe).isTrue();
      assertThat(Wall.open(hours, now, zone)).as(this::describe).isTrue();
      row.calendar().sendTime().ifPresent(time -> checkSendTime(row, window, time));
      int limit = mailbox.limits().perDay().orElseThrow();
      boolean rolling = mailbox.limits().day() == Counting.ROLLING;
      assertThat(rolling ? within(Duration.ofHours(24)) : onDay())
          .as(this::describe)
          .isLessThanOrEqualTo(limit);
      boolean rollingHour = mailbox.limits().hour() == Counting.ROLLING;
      mailbox
          .limits()
          .perHour()
          .ifPresent(
              mails ->
                  assertThat(rollingHour ? within(Duration.ofHours(1)) : inHour())
                      .as(this::describe)
                      .isLessThanOrEqualTo(mails));
      if (left.size() > 1) {
        assertThat(Duration.between(left.get(left.size() - 2), now))
            .as(this::describe)
            .isGreaterThanOrEqualTo(mailbox.limits().minGap());
      }
    }

    private void checkSendTime(Row row, SendWindow window, LocalTime time) {
      ZoneId contact = row.calendar().zone();
      Instant sendTime =
          Wall.local(now, contact).toLocalDate().atTime(time).atZone(contact).toInstant();
      boolean laterDate =
          Wall.local(now, contact)
              .toLocalDate()
              .isAfter(Wall.local(row.due(), contact).toLocalDate());
      assertThat(laterDate && now.isBefore(sendTime) && Wall.open(window, sendTime, contact))
          .as(this::describe)
          .isFalse();
    }

    private long onDay() {
      return left.stream()
          .filter(
              at -> Wall.local(at, zone).toLocalDate().equals(Wall.local(now, zone).toLocalDate()))
          .count();
    }

    private long inHour() {
      return left.stream().filter(Quotas.hour(now, zone)::contains).count();
    }

    private long within(Duration span) {
      return left.stream().filter(at -> at.isAfter(now.minus(span))).count();
    }

    private Gate gate(Row row) {
      return Order.firstLeaving(
          row.due(), now, row.calendar(), List.of(at -> capacity.gate(ledger, at)));
    }

    private Optional<Instant> nthNewest(int n) {
      return n > left.size() ? Optional.empty() : Optional.of(left.get(left.size() - n));
    }

    private String describe() {
      return "seed %d, %s, %s, %s, hours %s, left %s"
          .formatted(seed, now, zone, mailbox.limits(), hours, left);
    }
  }
}
