package dev.sequencer.verification.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What windows, hours, quotas, gaps and paces allow, said by {@code java.time} and counting alone,
 * so that a fault of the engine's own rules shows. Clocks that differ are forgiven by how much they
 * differ.
 */
final class Limits {
  private static final ZoneId BERLIN = ZoneId.of(Scene.ZONE);

  private final Duration skew;
  private final Map<String, List<Instant>> left = new HashMap<>();
  private final Map<String, List<Instant>> accepted = new HashMap<>();

  Limits(Duration skew) {
    this.skew = skew;
  }

  /** Gives what is wrong with a mail that leaves at an instant. */
  Optional<String> leaves(Mailing mail, Instant at) {
    if (!open(mail, at.minus(skew)) && !open(mail, at) && !open(mail, at.plus(skew))) {
      return Optional.of("it leaves outside its window or hours");
    }
    Optional<String> wrong =
        tooClose(mail.mailbox(), gapOf(mail.mailbox()), at)
            .or(() -> tooClose("paced", gapOf("paced"), at, mail));
    note(left, mail.mailbox(), at);
    note(left, mail.sequence(), at);
    return wrong;
  }

  private static void note(Map<String, List<Instant>> lists, String key, Instant at) {
    lists.computeIfAbsent(key, k -> new ArrayList<>()).add(at);
  }

  private static boolean open(Mailing mail, Instant at) {
    LocalTime contacts = LocalTime.ofInstant(at, mail.zone().orElse(BERLIN));
    LocalTime mailboxes = LocalTime.ofInstant(at, ZoneId.of("America/New_York"));
    return switch (mail.sequence()) {
      case "drip" ->
          between(contacts, "08:00", "09:16")
              || between(contacts, "09:30", "11:16")
              || between(contacts, "13:00", "15:16")
              || between(contacts, "15:30", "18:16");
      case "news" -> between(contacts, "07:00", "16:00") && between(mailboxes, "02:00", "20:00");
      default -> true;
    };
  }

  private static boolean between(LocalTime time, String from, String to) {
    return !time.isBefore(LocalTime.parse(from)) && time.isBefore(LocalTime.parse(to));
  }

  private static Duration gapOf(String who) {
    return switch (who) {
      case "a@own.example" -> Duration.ofSeconds(30);
      case "e@acme.example" -> Duration.ofMinutes(2);
      // Every hour, and each of its slots within a minute.
      case "c@own.example" -> Duration.ofMinutes(55);
      case "paced" -> Duration.ofMinutes(4);
      default -> Duration.ZERO;
    };
  }

  private Optional<String> tooClose(String who, Duration gap, Instant at, Mailing mail) {
    return mail.sequence().equals(who) ? tooClose(who, gap, at) : Optional.empty();
  }

  private Optional<String> tooClose(String who, Duration gap, Instant at) {
    return left.getOrDefault(who, List.of()).stream()
        .filter(other -> Duration.between(other, at).abs().plus(skew).compareTo(gap) < 0)
        .findAny()
        .map(other -> "it leaves too close after " + other + ", the gap is " + gap);
  }

  /** Gives what is wrong with a mail that is accepted, by when it left. */
  Optional<String> accepted(Mailing mail, Instant leftAt) {
    note(accepted, mail.mailbox(), leftAt);
    note(accepted, mail.sequence(), leftAt);
    List<Instant> ofMailbox = accepted.get(mail.mailbox());
    return switch (mail.mailbox().charAt(0)) {
      case 'a' -> full(ofMailbox, leftAt, 6, day("Asia/Tokyo"), ChronoUnit.DAYS);
      case 'b' -> full(ofMailbox, leftAt, 4, hour("Asia/Kathmandu"), ChronoUnit.HOURS);
      case 'c' -> full(ofMailbox, leftAt, 24, day("UTC"), ChronoUnit.DAYS);
      case 'd' -> rolling(ofMailbox, leftAt, 3, Duration.ofHours(1));
      default -> rolling(ofMailbox, leftAt, 7, Duration.ofHours(24));
    };
  }

  /** Gives what is wrong with the pace of a sequence. */
  Optional<String> pace(Mailing mail, Instant leftAt) {
    return mail.sequence().equals("paced")
        ? full(accepted.get("paced"), leftAt, 3, hour(Scene.ZONE), ChronoUnit.HOURS)
        : Optional.empty();
  }

  private static UnaryOperator<ZonedDateTime> day(String zone) {
    return time -> time.withZoneSameInstant(ZoneId.of(zone)).truncatedTo(ChronoUnit.DAYS);
  }

  private static UnaryOperator<ZonedDateTime> hour(String zone) {
    return time -> time.withZoneSameInstant(ZoneId.of(zone)).truncatedTo(ChronoUnit.HOURS);
  }

  private Optional<String> full(
      List<Instant> all, Instant at, int most, UnaryOperator<ZonedDateTime> cut, ChronoUnit unit) {
    ZonedDateTime start = cut.apply(at.atZone(BERLIN));
    Instant from = start.toInstant().plus(skew);
    Instant to = start.plus(1, unit).toInstant().minus(skew);
    long count = all.stream().filter(i -> !i.isBefore(from) && i.isBefore(to)).count();
    return count > most ? Optional.of(count + " mails of " + most + " in a bucket") : none();
  }

  private Optional<String> rolling(List<Instant> all, Instant at, int most, Duration length) {
    // Late answers come out of order: every span that holds this one. What is in doubt counts from
    // its begin (KERNEL K24), which is earlier by the time of its hand-over.
    for (Instant last : all) {
      Instant from = last.minus(length).plus(skew).plus(FarEnd.LIMITS.handOver());
      long count = all.stream().filter(i -> i.isAfter(from) && !i.isAfter(last)).count();
      if (count > most) {
        return Optional.of(count + " mails of " + most + " within " + length + ", at " + at);
      }
    }
    return none();
  }

  private static Optional<String> none() {
    return Optional.empty();
  }
}
