package dev.sequencer.verification.simulation;

import dev.sequencer.Delay;
import dev.sequencer.InDoubt;
import dev.sequencer.Mailbox;
import dev.sequencer.OnFailure;
import dev.sequencer.Pace;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The sequences and mailboxes of every run; {@link Limits} says by other words what they allow. */
final class Scene {
  static final String ZONE = "Europe/Berlin";
  static final String ACME = "acme";

  /** The transport that sends in one go. */
  static final String PLAIN = "fake";

  /** The transport that sends drafts. */
  static final String STAGED = "drafts";

  static final List<Mailbox> MAILBOXES =
      List.of(
          Mailbox.of("a@own.example")
              .via(PLAIN)
              .perDay(6)
              .minGap(Duration.ofSeconds(30))
              .zone("Asia/Tokyo"),
          Mailbox.of("b@own.example").via(PLAIN).perHour(4).zone("Asia/Kathmandu"),
          Mailbox.of("c@own.example").via(PLAIN).perDay(24).evenly().zone("UTC"),
          Mailbox.of("d@own.example").via(STAGED).perHour(3).rollingHour().zone("UTC"));

  static final List<Mailbox> ACMES =
      List.of(
          Mailbox.of("e@acme.example")
              .via(STAGED)
              .perDay(7)
              .rollingDay()
              .minGap(Duration.ofMinutes(2))
              .hours(SendWindow.daily("02:00", "20:00"))
              .zone("America/New_York"));

  /** Versions of one sequence; a mail says which it belongs to. */
  private static Sequence drip(String version) {
    return Sequence.named("drip")
        // It closes a minute after the hourly quota of b comes back, when much is due.
        .window(
            SendWindow.daily("08:00", "09:16")
                .and(SendWindow.daily("09:30", "11:16"))
                .and(SendWindow.daily("13:00", "15:16"))
                .and(SendWindow.daily("15:30", "18:16")))
        .pool("a@own.example", "b@own.example")
        .email("one", mail -> mail.subject("hello").text("drip/one/" + version))
        .waitFor(Delay.minutes(90))
        .email("two", mail -> mail.subject("hello").text("drip/two/" + version).inThread())
        .waitFor(Delay.days(1))
        .email("three", mail -> mail.subject("hello").text("drip/three/" + version).inThread())
        .build();
  }

  static final List<Sequence> SEQUENCES =
      List.of(
          drip("1"),
          Sequence.named("fast")
              .pool("b@own.example")
              .onFailure(OnFailure.CONTINUE)
              .email("one", mail -> mail.subject("hello").text("fast/one/1"))
              .waitFor(Delay.minutes(10))
              .email("two", mail -> mail.subject("hello").text("fast/two/1"))
              .build(),
          Sequence.named("bold")
              .pool("c@own.example")
              .inDoubt(InDoubt.ASSUME_SENT)
              .email("one", mail -> mail.subject("hello").text("bold/one/1"))
              .waitFor(Delay.hours(2))
              .email("two", mail -> mail.subject("hello").text("bold/two/1"))
              .build(),
          Sequence.named("again")
              .pool("b@own.example", "d@own.example")
              .inDoubt(InDoubt.RESEND)
              .email("one", mail -> mail.subject("hello").text("again/one/1"))
              .waitFor(Delay.hours(1))
              .email("two", mail -> mail.subject("hello").text("again/two/1"))
              .build(),
          Sequence.named("paced")
              .pool("d@own.example", "a@own.example")
              .pace(Pace.perHour(3).minGap(Duration.ofMinutes(4)))
              .email("one", mail -> mail.subject("hello").text("paced/one/1"))
              .waitFor(Delay.minutes(30))
              .email("two", mail -> mail.subject("hello").text("paced/two/1"))
              .build());

  /** Gives a version of the sequence that the other tenant publishes. */
  static Sequence acmes(int version) {
    return Sequence.named("news")
        .window(SendWindow.daily("07:00", "16:00"))
        .pool("e@acme.example")
        .email("one", mail -> mail.subject("hello").text("news/one/" + version))
        .waitFor(Delay.minutes(45))
        .email("two", mail -> mail.subject("hello").text("news/two/" + version))
        .build();
  }

  /** The steps of each sequence, in order. */
  static final Map<String, List<String>> STEPS =
      Map.of(
          "drip", List.of("one", "two", "three"),
          "fast", List.of("one", "two"),
          "bold", List.of("one", "two"),
          "again", List.of("one", "two"),
          "paced", List.of("one", "two"),
          "news", List.of("one", "two"));

  /** Gives the number of a mail's step: they count from 1, and a wait stands between two mails. */
  static int number(String sequence, String step) {
    return 2 * STEPS.getOrDefault(sequence, List.of()).indexOf(step) + 1;
  }

  /** The zones of contacts, by their number; an empty one has none of its own. */
  static final List<String> ZONES = List.of("", "Asia/Tokyo", "America/New_York", "", "UTC");

  static String address(int number) {
    return "c" + number + "@d" + number % 3 + ".example";
  }

  static String zone(int number) {
    return ZONES.get(number % ZONES.size());
  }

  private Scene() {}
}
