package dev.sequencer.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Contact;
import dev.sequencer.DeliveryId;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Instant AT = Instant.parse("2026-06-01T08:00:00Z");

  private static SentMail sent(String messageId, String recipient) {
    DeliveryView view =
        new DeliveryView(
            DeliveryId.of(1, 1),
            "onboarding",
            "welcome",
            DeliveryStatus.SENT,
            "ann@acme.example",
            1,
            new DeliveryView.Times(AT, Optional.of(AT), Optional.of(AT)),
            new DeliveryView.Ids(messageId, Optional.empty(), Optional.empty(), Optional.empty()),
            "");
    return new SentMail(view, Contact.of(recipient), ZoneOffset.UTC);
  }

  private static ArrivedMail arrived(String messageId, String recipient) {
    return new ArrivedMail(messageId, recipient, AT, Path.of("a.eml"));
  }

  private static List<String> differences(List<SentMail> sent, List<ArrivedMail> arrived) {
    return Comparison.of(sent, arrived, List.of()).differences();
  }

  @Test
  void theSameMailsInAnyOrderAreTheSame() {
    assertThat(
            differences(
                List.of(sent("<1@x>", "bo@example.com"), sent("<2@x>", "cy@example.com")),
                List.of(arrived("<2@x>", "cy@example.com"), arrived("<1@x>", "BO@example.com"))))
        .isEmpty();
  }

  @Test
  void eachWayOfBeingDifferentIsTold() {
    SentMail bo = sent("<1@x>", "bo@example.com");
    assertThat(differences(List.of(bo), List.of())).singleElement().asString().contains("arrive");
    assertThat(differences(List.of(), List.of(arrived("<1@x>", "bo@example.com"))))
        .singleElement()
        .asString()
        .contains("does not say that it was sent");
    assertThat(
            differences(
                List.of(bo),
                List.of(arrived("<1@x>", "bo@example.com"), arrived("<1@x>", "bo@example.com"))))
        .singleElement()
        .asString()
        .contains("2 times");
    assertThat(differences(List.of(bo), List.of(arrived("<1@x>", "cy@example.com")))).hasSize(2);
    assertThat(differences(List.of(bo), List.of(arrived("", "bo@example.com")))).hasSize(2);
  }
}
