package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Attributes;
import dev.sequencer.BulkResult;
import dev.sequencer.Contact;
import dev.sequencer.ContactInput;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.HostEvent;
import dev.sequencer.Sequence;
import dev.sequencer.spi.Receipt;
import dev.sequencer.spi.SendResult;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.TestSequencer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Texts from outside that no store takes as they are: nobody's outcome is lost for them. */
class OutsideTextTest extends Scenario {
  private static final List<String> POISON =
      List.of(
          "nul \u0000 inside",
          "high \ud83d alone",
          "low \ude00 alone",
          "\ude00\ud83d turned round",
          "x".repeat(1_000_000),
          "\u0000".repeat(1_000),
          "cut \ud83d\ude00".repeat(100_000));

  /** Gives an answer that is poison for every n-th mail, and says so of each other one. */
  private void answering(List<SendResult> poisons) {
    for (int i = 0; i < poisons.size(); i++) {
      transport.answer("poison" + i + "@example.com", FakeAnswer.of(poisons.get(i)));
    }
  }

  private static void enrollAmong(TestSequencer sequencer, Sequence sequence, int poisons) {
    for (int i = 0; i < poisons; i++) {
      enroll(sequencer, sequence, "poison" + i + "@example.com");
      enroll(sequencer, sequence, "good" + i + "@example.com");
    }
  }

  private static List<DeliveryStatus> statuses(TestSequencer sequencer) {
    return deliveries(sequencer).stream().map(DeliveryView::status).toList();
  }

  private static void assertReadable(TestSequencer sequencer) {
    for (DeliveryView delivery : deliveries(sequencer)) {
      assertThat(delivery.reason()).doesNotContain("\u0000").hasSizeLessThan(1_200);
      assertThat(sequencer.enrollments().history(delivery.id().enrollment()))
          .allSatisfy(entry -> assertThat(entry.toString()).doesNotContain("\u0000"));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K10 receipts with NUL, lone surrogates or a megabyte are recorded as sent")
  void receipts(Kept kept) {
    TestSequencer sequencer = start(store(kept), ONE);
    answering(
        POISON.stream()
            .map(text -> new Receipt(Optional.of(text), Optional.of(text), Optional.of(text), text))
            .map(SendResult::sent)
            .toList());
    enrollAmong(sequencer, ONE, POISON.size());
    sequencer.runUntilIdle();
    assertThat(statuses(sequencer)).hasSize(2 * POISON.size()).containsOnly(DeliveryStatus.SENT);
    assertReadable(sequencer);
    sequencer.advance(Duration.ofDays(1));
    assertThat(transport.attempted()).hasSize(2 * POISON.size());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K10 refusals with such texts fail their own mail, the others are recorded as sent")
  void refusals(Kept kept) {
    TestSequencer sequencer = start(store(kept), ONE);
    answering(POISON.stream().map(text -> SendResult.refusedMessage(text, text)).toList());
    enrollAmong(sequencer, ONE, POISON.size());
    sequencer.runUntilIdle();
    assertThat(statuses(sequencer))
        .hasSize(2 * POISON.size())
        .containsOnly(DeliveryStatus.SENT, DeliveryStatus.FAILED);
    assertThat(statuses(sequencer).stream().filter(s -> s == DeliveryStatus.FAILED))
        .hasSize(POISON.size());
    assertReadable(sequencer);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K10 deferrals with such texts are tried again like any other")
  void deferrals(Kept kept) {
    TestSequencer sequencer = start(store(kept), ONE);
    answering(POISON.stream().map(text -> SendResult.deferred(text, text)).toList());
    enrollAmong(sequencer, ONE, POISON.size());
    sequencer.advance(Duration.ofMinutes(6));
    assertThat(statuses(sequencer)).hasSize(2 * POISON.size()).containsOnly(DeliveryStatus.SENT);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K10 contacts with such values go in or are refused one by one, the others go in")
  void contacts(Kept kept) {
    Sequence named =
        Sequence.named("named")
            .email(
                "first", mail -> mail.subject("1").text("Hi {{nick}}").defaultValue("nick", "you"))
            .build();
    TestSequencer sequencer = start(store(kept), named);
    List<ContactInput> inputs = new ArrayList<>();
    for (int i = 0; i < POISON.size(); i++) {
      String text = POISON.get(i);
      inputs.add(
          new ContactInput(
              "a" + i + "@example.com", "", "", "", "", Attributes.none().with("nick", text)));
      inputs.add(new ContactInput("b" + i + "@example.com", "", text, "", "", Attributes.none()));
      inputs.add(new ContactInput("c" + i + "@example.com", text, "", "", "", Attributes.none()));
      inputs.add(new ContactInput(text, "", "", "", "", Attributes.none()));
      inputs.add(ContactInput.of("good" + i + "@example.com"));
    }
    List<BulkResult> results = new ArrayList<>();
    sequencer.enrollAll("named", inputs.stream(), results::add);
    assertThat(results).hasSize(inputs.size());
    for (int i = 4; i < inputs.size(); i += 5) {
      assertThat(results.get(i).outcome()).isEqualTo(BulkResult.Outcome.ENROLLED);
    }
    long enrolled =
        results.stream().filter(r -> r.outcome() == BulkResult.Outcome.ENROLLED).count();
    sequencer.runUntilIdle();
    assertThat((long) transport.accepted().size()).isEqualTo(enrolled);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K10 events with such texts stop what they name, or are refused whole")
  void events(Kept kept) {
    TestSequencer sequencer = start(store(kept), TWO);
    for (int i = 0; i < POISON.size(); i++) {
      String text = POISON.get(i);
      String address = "bo" + i + "@example.com";
      EnrollmentId enrollment = enroll(sequencer, TWO, address);
      sequencer.runUntilIdle();
      boolean taken = true;
      try {
        sequencer.record(
            HostEvent.replied()
                .id("r" + i)
                .email(address)
                .data(Attributes.none().with("text", text)));
      } catch (IllegalArgumentException refused) {
        taken = false;
        assertThat(refused).hasMessageNotContaining("\u0000");
      }
      assertThat(view(sequencer, enrollment).status())
          .isEqualTo(taken ? EnrollmentStatus.ENDED : EnrollmentStatus.ACTIVE);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("K10 a contact of an engine keeps a name that was cleaned")
  void aName(Kept kept) {
    TestSequencer sequencer = start(store(kept), ONE);
    EnrollmentId enrollment =
        sequencer
            .enroll("one", Contact.of("bo@example.com").name("Bo \ud83d B"))
            .enrollment()
            .orElseThrow();
    assertThat(view(sequencer, enrollment).contact().name().orElseThrow()).startsWith("Bo");
    sequencer.runUntilIdle();
    assertThat(transport.accepted()).hasSize(1);
  }
}
