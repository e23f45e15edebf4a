package dev.sequencer;

import dev.sequencer.internal.text.OutsideText;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that happened outside, to be recorded. Immutable; each method gives a new one. It needs
 * an id, by which it is recorded once, and somebody or something it is about: a contact, a delivery
 * or a Message-ID.
 *
 * <p>A reply, an unsubscribe and a hard bounce end the enrollments they concern; an event that
 * names a delivery in doubt proves that it was sent.
 */
public final class HostEvent {
  /** The kinds with a meaning of their own. */
  public enum Kind {
    /** The contact answered. */
    REPLIED,
    /** The mail was opened. */
    OPENED,
    /** A link was clicked. */
    CLICKED,
    /** The mail came back for good: the address is suppressed. */
    BOUNCED_HARD,
    /** The mail came back for now. */
    BOUNCED_SOFT,
    /** The contact wants no more marketing mail. */
    UNSUBSCRIBED,
    /** The contact marked a mail as spam. */
    COMPLAINED,
    /** An event of the host. */
    CUSTOM
  }

  private final Kind kind;
  private final String name;
  private final Optional<String> id;
  private final About about;
  private final Optional<Instant> at;
  private final Attributes data;

  private HostEvent(
      Kind kind,
      String name,
      Optional<String> id,
      About about,
      Optional<Instant> at,
      Attributes data) {
    this.kind = kind;
    this.name = name;
    this.id = id;
    this.about = about;
    this.at = at;
    this.data = data;
  }

  /**
   * Gives an event of the host, such as {@code deal.won}.
   *
   * @throws IllegalArgumentException when the name is blank or longer than 100 characters
   */
  public static HostEvent named(String name) {
    String stripped = name.strip();
    if (stripped.isEmpty() || stripped.length() > 100) {
      throw new IllegalArgumentException(
          "the name of an event must have 1 to 100 characters, but has " + stripped.length());
    }
    return of(Kind.CUSTOM, OutsideText.clean(stripped, 100));
  }

  /** Gives "the contact answered". */
  public static HostEvent replied() {
    return of(Kind.REPLIED, "replied");
  }

  /** Gives "the mail was opened". */
  public static HostEvent opened() {
    return of(Kind.OPENED, "opened");
  }

  /** Gives "a link was clicked". */
  public static HostEvent clicked() {
    return of(Kind.CLICKED, "clicked");
  }

  /** Gives "the mail came back for good". */
  public static HostEvent bounced() {
    return of(Kind.BOUNCED_HARD, "bounced");
  }

  /** Gives "the mail came back for now". */
  public static HostEvent bouncedSoftly() {
    return of(Kind.BOUNCED_SOFT, "bounced-softly");
  }

  /** Gives "the contact wants no more marketing mail". */
  public static HostEvent unsubscribed() {
    return of(Kind.UNSUBSCRIBED, "unsubscribed");
  }

  /** Gives "the contact marked a mail as spam". */
  public static HostEvent complained() {
    return of(Kind.COMPLAINED, "complained");
  }

  private static HostEvent of(Kind kind, String name) {
    return new HostEvent(
        kind, name, Optional.empty(), About.NOBODY, Optional.empty(), Attributes.none());
  }

  /**
   * Gives the same with an id: a second event with it changes nothing.
   *
   * @throws IllegalArgumentException when it is blank or longer than 200 characters
   */
  public HostEvent id(String eventId) {
    return new HostEvent(kind, name, Optional.of(EnrollRequest.checkKey(eventId)), about, at, data);
  }

  /**
   * Gives the same about the contact with a host's id.
   *
   * @throws IllegalArgumentException when it is blank or longer than 200 characters
   */
  public HostEvent contact(String hostId) {
    return about(new About.ContactId(Contact.checkId(hostId)));
  }

  /**
   * Gives the same about contacts with an address.
   *
   * @throws IllegalArgumentException when it is no address
   */
  public HostEvent email(String address) {
    return about(new About.Address(EmailAddress.of(address)));
  }

  /** Gives the same about one delivery. */
  public HostEvent delivery(DeliveryId delivery) {
    return about(new About.OfDelivery(delivery));
  }

  /**
   * Gives the same about the delivery with a Message-ID, with or without angle brackets.
   *
   * @throws IllegalArgumentException when it is blank or longer than 998 characters
   */
  public HostEvent messageId(String messageId) {
    String stripped = messageId.strip();
    if (stripped.isEmpty() || stripped.length() > 998) {
      throw new IllegalArgumentException(
          "a Message-ID must have 1 to 998 characters, but has " + stripped.length());
    }
    return about(new About.MessageId(OutsideText.clean(stripped, 998)));
  }

  private HostEvent about(About newAbout) {
    return new HostEvent(kind, name, id, newAbout, at, data);
  }

  /**
   * Gives the same with the host's own time stamp, for the history; delays never count from it.
   *
   * @throws IllegalArgumentException when its year is not between 1 and 9999
   */
  public HostEvent at(Instant instant) {
    return new HostEvent(kind, name, id, about, Optional.of(Instants.cut(instant)), data);
  }

  /** Gives the same with data for the history. */
  public HostEvent data(Attributes values) {
    return new HostEvent(kind, name, id, about, at, values);
  }

  /** Gives its kind. */
  public Kind kind() {
    return kind;
  }

  /** Gives its name. */
  public String name() {
    return name;
  }

  /** Gives its id. */
  public Optional<String> id() {
    return id;
  }

  /** Gives whom or what it is about. */
  public About about() {
    return about;
  }

  /** Gives the host's own time stamp. */
  public Optional<Instant> at() {
    return at;
  }

  /** Gives its data. */
  public Attributes data() {
    return data;
  }

  /** Gives kind, name and id. */
  @Override
  public String toString() {
    return "HostEvent[" + name + id.map(i -> " " + i).orElse("") + "]";
  }

  /** Whom or what an event is about. */
  public sealed interface About {
    /** Nothing was said yet. */
    About NOBODY = new Nobody();

    /** Nothing was said yet. */
    record Nobody() implements About {}

    /**
     * The contact with a host's id.
     *
     * @param id the id
     */
    record ContactId(String id) implements About {
      /** Checks that it is there. */
      public ContactId {
        Objects.requireNonNull(id, "id");
      }
    }

    /**
     * Contacts with an address.
     *
     * @param email the address
     */
    record Address(EmailAddress email) implements About {
      /** Checks that it is there. */
      public Address {
        Objects.requireNonNull(email, "email");
      }

      @Override
      public String toString() {
        return "Address[hidden]";
      }
    }

    /**
     * One delivery.
     *
     * @param delivery its id
     */
    record OfDelivery(DeliveryId delivery) implements About {
      /** Checks that it is there. */
      public OfDelivery {
        Objects.requireNonNull(delivery, "delivery");
      }
    }

    /**
     * The delivery with a Message-ID, requested or actual.
     *
     * @param messageId the Message-ID, with or without angle brackets
     */
    record MessageId(String messageId) implements About {
      /** Checks that it is there. */
      public MessageId {
        Objects.requireNonNull(messageId, "messageId");
      }
    }
  }
}
