package dev.sequencer.verification.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Mailbox;
import dev.sequencer.Problem;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.testkit.TestSequencer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** S2: a window that meets too little of an evenly spread mailbox's hours is told at publish. */
class WindowAndHoursTest {
  private static final Mailbox BERLIN =
      Mailbox.of("ann@acme.example")
          .via("fake")
          .perDay(8)
          .evenly()
          .hours(SendWindow.daily("09:00", "17:00"))
          .zone("Europe/Berlin");

  private static List<Problem> lints(Mailbox mailbox, String zone, SendWindow window) {
    Mailbox named = mailbox;
    try (TestSequencer sequencer =
        TestSequencer.builder().engine(builder -> builder.mailbox(named)).build()) {
      return sequencer
          .publish(
              Sequence.named("s")
                  .defaultZone(zone)
                  .window(window)
                  .pool(mailbox.address().address())
                  .email("first", mail -> mail.template("first"))
                  .build())
          .lints();
    }
  }

  private static List<Problem> lints(Mailbox mailbox, String from, String to) {
    return lints(mailbox, "Europe/Berlin", SendWindow.daily(from, to));
  }

  @Test
  @DisplayName("S2 contacts far away can use few slots of a mailbox: place, numbers, what to do")
  void farAway() {
    Mailbox ann = BERLIN.perDay(30);
    assertThat(lints(ann, "Asia/Tokyo", SendWindow.daily("09:00", "18:00")))
        .singleElement()
        .satisfies(
            lint -> {
              assertThat(lint.severity()).isEqualTo(Problem.Severity.LINT);
              assertThat(lint.place()).isEqualTo("window");
              assertThat(lint.message())
                  .contains("contacts in Asia/Tokyo can use")
                  .contains("of 30 slots a day of 'ann@acme.example'")
                  .contains("widen the window or the mailbox's hours");
            });
  }

  @Test
  @DisplayName("S2 half of the slots is enough, one less is not")
  void half() {
    assertThat(lints(BERLIN, "09:00", "12:01")).isEmpty();
    assertThat(lints(BERLIN, "09:00", "12:00")).singleElement().asString().contains("3 of 8 slots");
  }

  @Test
  @DisplayName("S2 a window behind the last slot leaves none, one that holds it leaves one")
  void theLastSlot() {
    assertThat(lints(BERLIN, "16:00", "20:00")).singleElement().asString().contains("1 of 8 slots");
    assertThat(lints(BERLIN, "16:01", "20:00")).singleElement().asString().contains("0 of 8 slots");
  }

  @Test
  @DisplayName("S2 a weekend without work is not held against a window of workdays")
  void weekend() {
    assertThat(lints(BERLIN, "Europe/Berlin", SendWindow.weekdays("09:00", "17:00"))).isEmpty();
  }

  @Test
  @DisplayName("S2 a mailbox that sends as mail comes loses nothing")
  void asItComes() {
    Mailbox plain =
        Mailbox.of("ann@acme.example")
            .via("fake")
            .perDay(8)
            .hours(SendWindow.daily("09:00", "17:00"))
            .zone("Europe/Berlin");
    assertThat(lints(plain, "16:00", "20:00")).isEmpty();
  }
}
