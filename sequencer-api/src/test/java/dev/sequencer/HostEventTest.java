package dev.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.HostEvent.About;
import dev.sequencer.HostEvent.Kind;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostEventTest {
  @Test
  void eachKindHasAName() {
    assertThat(HostEvent.replied().kind()).isEqualTo(Kind.REPLIED);
    assertThat(HostEvent.replied().name()).isEqualTo("replied");
    assertThat(HostEvent.opened().kind()).isEqualTo(Kind.OPENED);
    assertThat(HostEvent.clicked().kind()).isEqualTo(Kind.CLICKED);
    assertThat(HostEvent.bounced().kind()).isEqualTo(Kind.BOUNCED_HARD);
    assertThat(HostEvent.bouncedSoftly().kind()).isEqualTo(Kind.BOUNCED_SOFT);
    assertThat(HostEvent.unsubscribed().kind()).isEqualTo(Kind.UNSUBSCRIBED);
    assertThat(HostEvent.complained().kind()).isEqualTo(Kind.COMPLAINED);
    assertThat(HostEvent.named(" deal.won ").kind()).isEqualTo(Kind.CUSTOM);
    assertThat(HostEvent.named(" deal.won ").name()).isEqualTo("deal.won");
  }

  @Test
  void eachMethodGivesANewEvent() {
    HostEvent plain = HostEvent.named("deal.won");
    HostEvent full =
        plain
            .id("deal:7")
            .contact(" u-1 ")
            .at(Instant.parse("2026-06-01T08:00:00.123456789Z"))
            .data(Attributes.of(Map.of("sum", 5)));
    assertThat(full.id()).contains("deal:7");
    assertThat(full.about()).isEqualTo(new About.ContactId("u-1"));
    assertThat(full.at()).contains(Instant.parse("2026-06-01T08:00:00.123Z"));
    assertThat(full.data()).isEqualTo(Attributes.of(Map.of("sum", 5)));
    assertThat(plain.id()).isEmpty();
    assertThat(plain.about()).isEqualTo(About.NOBODY);
    assertThat(plain.at()).isEmpty();
    assertThat(plain.data().isEmpty()).isTrue();
  }

  @Test
  void theLastThingItIsAboutCounts() {
    DeliveryId delivery = DeliveryId.of(42, 1);
    HostEvent event = HostEvent.replied().contact("u-1").email("Ann@x.example");
    assertThat(event.about()).isEqualTo(new About.Address(EmailAddress.of("ann@x.example")));
    assertThat(event.delivery(delivery).about()).isEqualTo(new About.OfDelivery(delivery));
    assertThat(event.messageId(" <a@b> ").about()).isEqualTo(new About.MessageId("<a@b>"));
    assertThat(event.messageId("a\0@b").about()).isEqualTo(new About.MessageId("a\uFFFD@b"));
  }

  @Test
  void aNameHas1To100Characters() {
    assertThat(HostEvent.named("x".repeat(100)).name()).hasSize(100);
    assertThatThrownBy(() -> HostEvent.named("x".repeat(101)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the name of an event must have 1 to 100 characters, but has 101");
    assertThatThrownBy(() -> HostEvent.named("   "))
        .hasMessage("the name of an event must have 1 to 100 characters, but has 0");
    assertThat(HostEvent.named("a\0").name()).isEqualTo("a\uFFFD");
  }

  @Test
  void anIdHas1To200Characters() {
    assertThat(HostEvent.replied().id("x".repeat(200)).id()).contains("x".repeat(200));
    assertThatThrownBy(() -> HostEvent.replied().id("x".repeat(201)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a key must have 1 to 200 characters and not be blank, but has 201");
    assertThatThrownBy(() -> HostEvent.replied().id(" "))
        .hasMessage("a key must have 1 to 200 characters and not be blank, but has 1");
  }

  @Test
  void whatItIsAboutIsThere() {
    assertThatThrownBy(() -> HostEvent.replied().contact(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the id of a contact must have 1 to 200 characters, but has 0");
    assertThat(HostEvent.replied().contact("x".repeat(200)).about())
        .isEqualTo(new About.ContactId("x".repeat(200)));
    assertThatThrownBy(() -> HostEvent.replied().contact("x".repeat(201)))
        .hasMessageEndingWith("but has 201");
    assertThatThrownBy(() -> HostEvent.replied().email("ann"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HostEvent.replied().messageId("\r\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a Message-ID must have 1 to 998 characters, but has 0");
    assertThat(HostEvent.replied().messageId("x".repeat(998)).about())
        .isEqualTo(new About.MessageId("x".repeat(998)));
    assertThatThrownBy(() -> HostEvent.replied().messageId("x".repeat(999)))
        .hasMessage("a Message-ID must have 1 to 998 characters, but has 999");
  }

  @Test
  void aTimeLiesWithinWhatStoresKeep() {
    Instant first = Instant.parse("0001-01-01T00:00:00Z");
    Instant last = Instant.parse("9999-12-31T23:59:59.999Z");
    assertThat(HostEvent.replied().at(first).at()).contains(first);
    assertThat(HostEvent.replied().at(last).at()).contains(last);
    assertThatThrownBy(() -> HostEvent.replied().at(first.minusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a time must lie between the years 1 and 9999, but is 0000-12-31T23:59:59.999Z: leave"
                + " it out for none");
    assertThatThrownBy(() -> HostEvent.replied().at(last.plusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
    for (Instant absurd : new Instant[] {Instant.MIN, Instant.MAX}) {
      assertThatThrownBy(() -> HostEvent.replied().at(absurd))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("a time must lie between the years 1 and 9999");
    }
  }

  @Test
  void aStartLiesWithinWhatStoresKeep() {
    assertThat(new StartTime.At(Instant.parse("2026-06-01T08:00:00.0009Z")).instant())
        .isEqualTo("2026-06-01T08:00:00Z");
    assertThatThrownBy(() -> new StartTime.At(Instant.MAX))
        .isInstanceOf(IllegalArgumentException.class);
    LocalDateTime last = LocalDateTime.parse("9999-12-31T23:59");
    assertThat(new StartTime.Local(last).time()).isEqualTo(last);
    assertThatThrownBy(() -> new StartTime.Local(last.plusMinutes(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a time must lie between the years 1 and 9999, but is +10000-01-01T00:00: leave it out"
                + " for none");
    LocalDateTime first = LocalDateTime.parse("0001-01-01T00:00");
    assertThat(new StartTime.Local(first).time()).isEqualTo(first);
    assertThatThrownBy(() -> new StartTime.Local(first.minusMinutes(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void textsShowNameAndIdOnly() {
    HostEvent event =
        HostEvent.named("deal.won").email("secret@x").data(Attributes.of(Map.of("a", "secret")));
    assertThat(event).hasToString("HostEvent[deal.won]");
    assertThat(event.id("d:7")).hasToString("HostEvent[deal.won d:7]");
    assertThat(event.about()).hasToString("Address[hidden]");
  }
}
