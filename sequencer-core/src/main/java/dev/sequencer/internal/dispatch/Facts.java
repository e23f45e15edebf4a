package dev.sequencer.internal.dispatch;

import dev.sequencer.Attributes;
import dev.sequencer.Contact;
import dev.sequencer.internal.definition.Json;
import dev.sequencer.spi.store.Subject;
import org.jspecify.annotations.Nullable;

/**
 * What the contact and the data of an enrollment say, read when it is first asked for and then
 * kept: one mail asks several times. What it gives is immutable, so two threads that ask at once
 * read twice and agree.
 */
final class Facts {
  private final Subject subject;
  private @Nullable Contact contact;
  private @Nullable Attributes data;

  Facts(Subject subject) {
    this.subject = subject;
  }

  Contact contact() {
    Contact known = contact;
    if (known == null) {
      known = Contacts.contact(subject.contact());
      contact = known;
    }
    return known;
  }

  Attributes data() {
    Attributes known = data;
    if (known == null) {
      known = Json.attributes(subject.data());
      data = known;
    }
    return known;
  }
}
