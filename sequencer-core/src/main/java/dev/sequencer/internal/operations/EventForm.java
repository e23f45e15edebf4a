package dev.sequencer.internal.operations;

import dev.sequencer.Attributes;
import dev.sequencer.DeliveryId;
import dev.sequencer.HostEvent;
import dev.sequencer.HostEvent.About;
import dev.sequencer.HostEvent.Kind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** An event as it is left in a transaction of the host, and back. */
final class EventForm {
  static final String KIND = "event";

  private EventForm() {}

  static Wish wish(HostEvent event) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("kind", event.kind().name());
    form.put("name", event.name());
    event.id().ifPresent(id -> form.put("id", id));
    About about = event.about();
    if (about instanceof About.ContactId contact) {
      form.put("contact", contact.id());
    } else if (about instanceof About.Address address) {
      form.put("email", address.email().address());
    } else if (about instanceof About.OfDelivery of) {
      form.put("delivery", of.delivery().toString());
    } else if (about instanceof About.MessageId message) {
      form.put("messageId", message.messageId());
    }
    event.at().ifPresent(at -> form.put("at", at.toString()));
    if (!event.data().isEmpty()) {
      form.put("data", event.data().asMap());
    }
    return new Wish(KIND, form);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is none
   */
  static HostEvent read(Wish wish) {
    Map<String, Object> form = wish.values();
    HostEvent event = named(Kind.valueOf(wish.text("kind")), wish.text("name"));
    event = event.id(wish.text("id"));
    if (form.containsKey("contact")) {
      event = event.contact(wish.text("contact"));
    } else if (form.containsKey("email")) {
      event = event.email(wish.text("email"));
    } else if (form.containsKey("delivery")) {
      event = event.delivery(DeliveryId.parse(wish.text("delivery")));
    } else if (form.containsKey("messageId")) {
      event = event.messageId(wish.text("messageId"));
    }
    if (form.containsKey("at")) {
      event = event.at(Instant.parse(wish.text("at")));
    }
    return form.get("data") instanceof Map<?, ?> data ? event.data(attributes(data)) : event;
  }

  private static Attributes attributes(Map<?, ?> data) {
    Map<String, Object> values = new LinkedHashMap<>();
    data.forEach((name, value) -> values.put(String.valueOf(name), value));
    return Attributes.of(values);
  }

  private static HostEvent named(Kind kind, String name) {
    return switch (kind) {
      case REPLIED -> HostEvent.replied();
      case OPENED -> HostEvent.opened();
      case CLICKED -> HostEvent.clicked();
      case BOUNCED_HARD -> HostEvent.bounced();
      case BOUNCED_SOFT -> HostEvent.bouncedSoftly();
      case UNSUBSCRIBED -> HostEvent.unsubscribed();
      case COMPLAINED -> HostEvent.complained();
      case CUSTOM -> HostEvent.named(name);
    };
  }
}
