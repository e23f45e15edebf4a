package dev.sequencer.cli;

import dev.sequencer.EmailAddress;
import dev.sequencer.EnrollmentId;
import java.util.Locale;
import java.util.Optional;

/**
 * What an act is about: an enrollment by its number, a mailbox by its address, else a sequence by
 * its name; a kind and a colon before it leave no doubt.
 */
record Target(Kind kind, String name) {
  static final String WORDS =
      "A number is an enrollment, an address a mailbox, anything else a sequence; enrollment:42,"
          + " mailbox:ann@acme.example and sequence:42 say so.";

  enum Kind {
    ENROLLMENT,
    MAILBOX,
    SEQUENCE
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when the kind is said and the name does not fit it
   */
  static Target parse(String text) {
    Target target = said(text).orElseGet(() -> guessed(text));
    if (target.kind == Kind.ENROLLMENT) {
      EnrollmentId.parse(target.name);
    } else if (target.kind == Kind.MAILBOX) {
      ContactOptions.named("mailbox", target.name, EmailAddress::of);
    }
    return target;
  }

  private static Optional<Target> said(String text) {
    for (Kind kind : Kind.values()) {
      String prefix = kind.name().toLowerCase(Locale.ROOT) + ":";
      if (text.startsWith(prefix)) {
        return Optional.of(new Target(kind, text.substring(prefix.length())));
      }
    }
    return Optional.empty();
  }

  private static Target guessed(String text) {
    if (text.matches("\\d+")) {
      return new Target(Kind.ENROLLMENT, text);
    }
    return new Target(text.contains("@") ? Kind.MAILBOX : Kind.SEQUENCE, text);
  }

  EnrollmentId enrollment() {
    return EnrollmentId.parse(name);
  }
}
