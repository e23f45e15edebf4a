package dev.sequencer.internal.dispatch;

import dev.sequencer.Attributes;
import dev.sequencer.Contact;
import dev.sequencer.internal.definition.Json;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Work;
import org.jspecify.annotations.Nullable;

/**
 * An enrollment with what its contact and its data say, read when it is first asked for and then
 * kept: one mail asks several times. What it gives is immutable, so two threads that ask at once
 * read twice and agree.
 */
public final class Facts {
  private final Subject subject;
  private @Nullable Contact contact;
  private @Nullable Attributes ofContact;
  private @Nullable Attributes data;
  private @Nullable Attributes attributes;

  /** Makes the facts of an enrollment as it was read. */
  public Facts(Subject subject) {
    this.subject = subject;
  }

  /** Gives the same facts beside a later state of the row. */
  Facts with(Work row) {
    Facts later =
        new Facts(new Subject(row, subject.contact(), subject.data(), subject.deliveries()));
    later.contact = contact;
    later.ofContact = ofContact;
    later.data = data;
    later.attributes = attributes;
    return later;
  }

  Subject subject() {
    return subject;
  }

  Work work() {
    return subject.work();
  }

  Contact contact() {
    Contact known = contact;
    if (known == null) {
      known = Contacts.contact(subject.contact(), ofContact());
      contact = known;
    }
    return known;
  }

  private Attributes ofContact() {
    Attributes known = ofContact;
    if (known == null) {
      known = Json.attributes(subject.contact().attributes());
      ofContact = known;
    }
    return known;
  }

  /** Gives the enrollment's own data. */
  Attributes data() {
    Attributes known = data;
    if (known == null) {
      known = Json.attributes(subject.data());
      data = known;
    }
    return known;
  }

  /** Gives the attributes of the contact with the enrollment's own data over them. */
  Attributes attributes() {
    Attributes known = attributes;
    if (known == null) {
      known = ofContact().overlaidWith(data());
      attributes = known;
    }
    return known;
  }
}
