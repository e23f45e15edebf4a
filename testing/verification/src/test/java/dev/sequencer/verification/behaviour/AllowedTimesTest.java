package dev.sequencer.verification.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.Holidays;
import dev.sequencer.Mailbox;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.spi.SendResult;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * E13: random zones, windows, hours, delays, jitter, gaps and quotas over the weeks of the clock
 * changes; whether an instant is allowed is asked of a few lines that share nothing with the
 * engine.
 */
class AllowedTimesTest {
  private static final String[] ZONES = {
    "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Pacific/Auckland", "Australia/Lord_Howe",
    "America/St_Johns", "Asia/Kolkata", "Pacific/Kiritimati", "UTC", "America/Sao_Paulo"
  };
  private static final String[] STARTS = {"2026-03-05T00:00:00Z", "2026-10-20T12:34:56.789Z"};

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  @DisplayName("E13 no mail leaves outside an allowed interval, whatever zones, windows and quotas")
  void onlyAtAllowedTimes(Stores kept) {
    int runs = kept == Stores.IN_MEMORY ? 150 : 15;
    int sent = 0;
    for (int seed = 1; seed <= runs; seed++) {
      sent += run(kept, seed);
    }
    assertThat(sent).as("mails of all runs").isGreaterThan(runs * 5);
  }

  private int run(Stores kept, int seed) {
    Random random = new Random(seed);
    Scene scene = new Scene(random);
    try (TestSequencer sequencer =
        kept.engine(folder)
            .startingAt(STARTS[random.nextInt(STARTS.length)])
            .mailbox(scene.mailbox)
            .sequence(scene.sequence)
            .build()) {
      sequencer
          .transport()
          .onNext(SendResult.deferred("451", "later"), SendResult.deferred("451", "later"));
      for (int i = 0; i < 12; i++) {
        sequencer.enroll(
            "random", Contact.of("p" + i + "@example.com").zone(ZONES[random.nextInt(10)]));
        sequencer.advance(Duration.ofMinutes(random.nextInt(600)));
      }
      sequencer.advance(Duration.ofDays(21));
      scene.check("seed " + seed, sequencer.mails());
      return sequencer.mails().size();
    }
  }

  /** A sequence, a mailbox and what they allow. */
  private static final class Scene {
    private final SendWindow window;
    private final SendWindow hours;
    private final ZoneId zone;
    private final int quota;
    private final boolean rolling;
    private final Duration gap;
    private final Mailbox mailbox;
    private final Sequence sequence;

    Scene(Random random) {
      window = window(random);
      hours = window(random);
      zone = ZoneId.of(ZONES[random.nextInt(ZONES.length)]);
      quota = 1 + random.nextInt(8);
      rolling = random.nextInt(4) == 0;
      gap = Duration.ofSeconds(1 + random.nextInt(3_600));
      Mailbox limited =
          Mailbox.of("a@acme.example")
              .via(TestSequencerBuilder.FAKE)
              .zone(zone.getId())
              .hours(hours)
              .perDay(quota)
              .minGap(gap);
      if (rolling) {
        mailbox = limited.rollingDay();
      } else {
        mailbox =
            switch (random.nextInt(3)) {
              case 0 -> limited;
              case 1 -> limited.evenly();
              default -> limited.evenlyWithJitter();
            };
      }
      Sequence.Builder steps =
          Sequence.named("random").window(window).email("mail-1", mail -> mail.template("1"));
      for (int i = 2; i <= 3; i++) {
        String step = "mail-" + i;
        steps.waitFor(delay(random)).email(step, mail -> mail.template(step));
      }
      sequence = steps.build();
    }

    private static Delay delay(Random random) {
      return switch (random.nextInt(5)) {
        case 0 -> Delay.minutes(random.nextInt(3_000));
        case 1 -> Delay.hours(random.nextInt(50));
        case 2 -> Delay.days(1 + random.nextInt(3)).at(time(random.nextInt(24 * 60)));
        case 3 -> Delay.businessDays(1 + random.nextInt(3));
        default -> Delay.days(random.nextInt(3));
      };
    }

    private static String time(int minutes) {
      return String.format("%02d:%02d", minutes / 60, minutes % 60);
    }

    /** Gives random ranges on five days or more, some over midnight, and two days off. */
    private static SendWindow window(Random random) {
      Map<DayOfWeek, List<String>> ranges = new EnumMap<>(DayOfWeek.class);
      for (DayOfWeek day : DayOfWeek.values()) {
        if (random.nextInt(7) < 5) {
          List<String> ofDay = new ArrayList<>();
          for (int i = 0; i <= random.nextInt(2); i++) {
            int from = random.nextInt(24 * 60);
            int length = 60 + random.nextInt(16 * 60);
            ofDay.add(time(from) + "-" + time((from + length) % (24 * 60)));
          }
          ranges.put(day, ofDay);
        }
      }
      ranges.putIfAbsent(DayOfWeek.TUESDAY, List.of("01:30-03:15", "23:00-02:30"));
      LocalDate off = LocalDate.parse("2026-03-07").plusDays(random.nextInt(20));
      LocalDate later = LocalDate.parse("2026-10-22").plusDays(random.nextInt(20));
      return SendWindow.of(ranges).without(Holidays.of(off, later));
    }

    void check(String where, List<SentMail> mails) {
      Map<LocalDate, Integer> days = new HashMap<>();
      List<Instant> before = new ArrayList<>();
      for (SentMail mail : mails) {
        Instant at = mail.leftAt();
        String what = where + ": " + mail;
        assertThat(open(window, at, mail.zone())).as(what + " in its window " + window).isTrue();
        assertThat(open(hours, at, zone)).as(what + " in the hours " + hours).isTrue();
        if (!before.isEmpty()) {
          assertThat(Duration.between(before.get(before.size() - 1), at))
              .as(what + " after its gap")
              .isGreaterThanOrEqualTo(gap);
        }
        if (rolling) {
          Instant dayBefore = at.minus(Duration.ofDays(1));
          assertThat(before.stream().filter(other -> other.isAfter(dayBefore)).count())
              .as(what + " in its rolling quota")
              .isLessThan(quota);
        } else {
          LocalDate day = LocalDateTime.ofInstant(at, zone).toLocalDate();
          assertThat(days.merge(day, 1, Integer::sum))
              .as(what + " in its quota")
              .isLessThanOrEqualTo(quota);
        }
        before.add(at);
      }
    }

    private static boolean open(SendWindow window, Instant at, ZoneId zone) {
      LocalDateTime local = LocalDateTime.ofInstant(at, zone);
      LocalDate today = local.toLocalDate();
      if (window.holidays().contains(today)) {
        return false;
      }
      int second = local.toLocalTime().toSecondOfDay();
      boolean own =
          ranges(window, today).stream()
              .anyMatch(
                  range ->
                      range.from() * 60 <= second
                          && (range.overnight() || second < range.to() * 60));
      LocalDate yesterday = today.minusDays(1);
      boolean tail =
          !window.holidays().contains(yesterday)
              && ranges(window, yesterday).stream()
                  .anyMatch(range -> range.overnight() && second < range.to() * 60);
      return own || tail;
    }

    private static List<SendWindow.Range> ranges(SendWindow window, LocalDate date) {
      return window.ranges().getOrDefault(date.getDayOfWeek(), List.of());
    }
  }
}
