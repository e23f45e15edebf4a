package dev.sequencer.internal.mail;

import java.util.List;

/**
 * The name of a variable or section.
 *
 * @param text as it was written, without blanks around it
 * @param parts its parts between the dots; none for {@code .}, the item itself
 */
record MustacheName(String text, List<String> parts) {
  static final String ITEM = ".";

  MustacheName {
    parts = List.copyOf(parts);
  }

  /** Reads a name; one with an empty part is none and is the caller's to refuse. */
  static MustacheName of(String text) {
    return new MustacheName(text, text.equals(ITEM) ? List.of() : List.of(text.split("\\.", -1)));
  }

  boolean isItem() {
    return parts.isEmpty();
  }

  boolean hasEmptyPart() {
    return parts.stream().anyMatch(String::isBlank);
  }

  /** Quotes it for a message, short. */
  String quoted() {
    return MailRules.quoted(text);
  }
}
