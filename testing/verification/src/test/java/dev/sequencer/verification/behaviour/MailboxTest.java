package dev.sequencer.verification.behaviour;

import static dev.sequencer.verification.behaviour.Scenes.copies;
import static dev.sequencer.verification.behaviour.Scenes.left;
import static dev.sequencer.verification.behaviour.Scenes.one;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.ContactInput;
import dev.sequencer.Delay;
import dev.sequencer.Mailbox;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What mailboxes send when: the figures that hosts are promised. */
class MailboxTest {
  private static final String[] POOL = {"a@acme.example", "b@acme.example", "c@acme.example"};
  private static final String MAILBOX = "a@acme.example";

  @TempDir Path folder;

  private static Stream<ContactInput> people(int number) {
    return IntStream.range(0, number).mapToObj(i -> ContactInput.of("p" + i + "@example.com"));
  }

  private static Mailbox mailbox(String address) {
    return Mailbox.of(address).via(TestSequencerBuilder.FAKE);
  }

  private TestSequencer threeMailboxes(Stores kept, Sequence sequence) {
    TestSequencerBuilder builder = kept.engine(folder).sequence(sequence);
    for (String address : POOL) {
      builder.mailbox(mailbox(address).perDay(30).evenly());
    }
    return builder.build();
  }

  private static Sequence withWindow(SendWindow window, Delay... delays) {
    Sequence.Builder sequence =
        Sequence.named("outreach").window(window).pool(POOL).email("mail-1", m -> m.template("1"));
    for (int i = 0; i < delays.length; i++) {
      String step = "mail-" + (i + 2);
      sequence.waitFor(delays[i]).email(step, m -> m.template(step));
    }
    return sequence.build();
  }

  /** Gives 30 instants from the first on. */
  private static List<Instant> thirty(String first, Duration apart) {
    return IntStream.range(0, 30)
        .mapToObj(i -> Instant.parse(first).plus(apart.multipliedBy(i)))
        .toList();
  }

  private static Map<String, List<Instant>> byMailbox(TestSequencer sequencer) {
    return sequencer.mails().stream()
        .collect(
            Collectors.groupingBy(
                SentMail::mailbox, Collectors.mapping(SentMail::leftAt, Collectors.toList())));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "window 9-17, three mailboxes with 30 a day, 90 contacts: 30 each, every 16 minutes, last"
          + " 16:44")
  void ninetyContactsOverThreeMailboxes(Stores kept) {
    SendWindow window = SendWindow.weekdays("09:00", "17:00");
    try (TestSequencer sequencer = threeMailboxes(kept, withWindow(window))) {
      sequencer.enrollAll("outreach", people(90), each -> {});
      sequencer.advanceTo("2026-06-02T08:00:00Z");

      List<Instant> expected = thirty("2026-06-01T09:00:00Z", Duration.ofMinutes(16));
      assertThat(expected.get(29)).isEqualTo(Instant.parse("2026-06-01T16:44:00Z"));
      assertThat(byMailbox(sequencer)).hasSize(3);
      byMailbox(sequencer).values().forEach(times -> assertThat(times).isEqualTo(expected));
      assertThat(copies(sequencer.transport()).values()).hasSize(90).containsOnly(1L);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "the same as a sequence of three steps (immediate, 2 days, 1 day): 270 mails, each contact"
          + " from one mailbox")
  void threeSteps(Stores kept) {
    SendWindow window = SendWindow.weekdays("09:00", "17:00");
    Sequence sequence = withWindow(window, Delay.days(2), Delay.days(1));
    try (TestSequencer sequencer = threeMailboxes(kept, sequence)) {
      sequencer.enrollAll("outreach", people(90), each -> {});
      sequencer.advanceTo("2026-06-05T08:00:00Z");

      List<Instant> expected = new ArrayList<>();
      for (String day : List.of("2026-06-01", "2026-06-03", "2026-06-04")) {
        expected.addAll(thirty(day + "T09:00:00Z", Duration.ofMinutes(16)));
      }
      assertThat(sequencer.mails()).hasSize(270);
      byMailbox(sequencer).values().forEach(times -> assertThat(times).isEqualTo(expected));
      assertThat(copies(sequencer.transport()).values()).hasSize(90).containsOnly(3L);
      Map<String, Long> mailboxesOfContact =
          sequencer.mails().stream()
              .map(mail -> mail.to() + " " + mail.mailbox())
              .distinct()
              .collect(
                  Collectors.groupingBy(
                      pair -> pair.substring(0, pair.indexOf(' ')), Collectors.counting()));
      assertThat(mailboxesOfContact.values()).hasSize(90).containsOnly(1L);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("window of 10 hours: every 20 minutes")
  void tenHours(Stores kept) {
    SendWindow window = SendWindow.weekdays("08:00", "18:00");
    try (TestSequencer sequencer = threeMailboxes(kept, withWindow(window))) {
      sequencer.enrollAll("outreach", people(90), each -> {});
      sequencer.advanceTo("2026-06-02T07:00:00Z");

      List<Instant> expected = thirty("2026-06-01T08:00:00Z", Duration.ofMinutes(20));
      assertThat(byMailbox(sequencer)).hasSize(3);
      byMailbox(sequencer).values().forEach(times -> assertThat(times).isEqualTo(expected));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("15 due at once leave exactly 4 s apart over all sequences of the mailbox")
  void fourSecondsApart(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder)
            .mailbox(Mailbox.gmail(MAILBOX).via(TestSequencerBuilder.FAKE))
            .sequence(one("first"))
            .sequence(one("second"))
            .sequence(one("third"))
            .build()) {
      for (String name : List.of("first", "second", "third")) {
        sequencer.enrollAll(name, people(5), each -> {});
      }
      sequencer.advance(Duration.ofMinutes(2));

      Instant start = Instant.parse("2026-06-01T08:00:00Z");
      assertThat(left(sequencer.transport()))
          .isEqualTo(IntStream.range(0, 15).mapToObj(i -> start.plusSeconds(4L * i)).toList());
      assertThat(sequencer.mails().stream().map(SentMail::sequence).distinct()).hasSize(3);
    }
  }

  private TestSequencer limited(Stores kept, Mailbox mailbox) {
    return kept.engine(folder)
        .mailbox(mailbox)
        .sequence(
            Sequence.named("one")
                .window(SendWindow.daily("09:00", "17:00"))
                .email("mail-1", m -> m.template("mail-1"))
                .build())
        .build();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("\"limit\": 1 per hour, two mails due at 09:00: the second leaves at 10:00")
  void onePerHour(Stores kept) {
    try (TestSequencer sequencer = limited(kept, mailbox(MAILBOX).perHour(1))) {
      sequencer.enrollAll("one", people(2), each -> {});
      sequencer.advance(Duration.ofHours(8));
      assertThat(left(sequencer.transport()))
          .containsExactly(
              Instant.parse("2026-06-01T09:00:00Z"), Instant.parse("2026-06-01T10:00:00Z"));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("\"limit\": 1 per rolling hour, two mails due at 09:00: the second leaves at 10:00")
  void onePerRollingHour(Stores kept) {
    try (TestSequencer sequencer = limited(kept, mailbox(MAILBOX).perHour(1).rollingHour())) {
      sequencer.enrollAll("one", people(2), each -> {});
      sequencer.advance(Duration.ofHours(8));
      assertThat(left(sequencer.transport()))
          .containsExactly(
              Instant.parse("2026-06-01T09:00:00Z"), Instant.parse("2026-06-01T10:00:00Z"));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "1 per hour from 09:30 on: by the clock the second leaves at 10:00, rolling at 10:30")
  void clockHoursAndRollingHoursDiffer(Stores kept) {
    for (boolean rolling : List.of(false, true)) {
      Mailbox mailbox = mailbox(MAILBOX).perHour(1);
      try (TestSequencer sequencer =
          kept.engine(folder)
              .startingAt("2026-06-01T09:30:00Z")
              .mailbox(rolling ? mailbox.rollingHour() : mailbox)
              .sequence(one("one"))
              .build()) {
        sequencer.enrollAll("one", people(2), each -> {});
        sequencer.advance(Duration.ofHours(3));
        assertThat(left(sequencer.transport()))
            .containsExactly(
                Instant.parse("2026-06-01T09:30:00Z"),
                Instant.parse(rolling ? "2026-06-01T10:30:00Z" : "2026-06-01T10:00:00Z"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("\"delay\": 5,000 ms exactly between two mails")
  void fiveThousandMilliseconds(Stores kept) {
    try (TestSequencer sequencer =
        kept.engine(folder)
            .startingAt("2026-06-01T09:00:00.123Z")
            .mailbox(mailbox(MAILBOX).minGap(Duration.ofSeconds(5)))
            .sequence(one("one"))
            .build()) {
      sequencer.enrollAll("one", people(3), each -> {});
      sequencer.advance(Duration.ofMinutes(1));
      assertThat(left(sequencer.transport()))
          .containsExactly(
              Instant.parse("2026-06-01T09:00:00.123Z"),
              Instant.parse("2026-06-01T09:00:05.123Z"),
              Instant.parse("2026-06-01T09:00:10.123Z"));
    }
  }
}
