package dev.sequencer.spi;

import dev.sequencer.Attributes;
import dev.sequencer.Contact;
import dev.sequencer.EnrollmentId;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Fresh values for templates, asked for a batch of mails right before they are sent. What it gives
 * wins over the contact's attributes and the enrollment's data. What it throws fails the steps of
 * that batch with a back-off, never the engine. Must be safe for use by several threads.
 */
@FunctionalInterface
public interface ModelSource {
  /** Gives the values of those that have some, by enrollment. */
  Map<EnrollmentId, Attributes> load(List<MailSubject> mails);

  /** Gives a source that has nothing. */
  static ModelSource none() {
    return mails -> Map.of();
  }

  /**
   * One mail to be prepared.
   *
   * @param tenant its tenant, {@code ""} for hosts that have none
   * @param enrollment its enrollment
   * @param sequence the name of its sequence
   * @param step the key of its step
   * @param contact its contact, with attributes
   * @param data the enrollment's own data
   */
  record MailSubject(
      String tenant,
      EnrollmentId enrollment,
      String sequence,
      String step,
      Contact contact,
      Attributes data) {
    /** Checks that nothing is missing. */
    public MailSubject {
      Objects.requireNonNull(tenant, "tenant");
      Objects.requireNonNull(enrollment, "enrollment");
      Objects.requireNonNull(sequence, "sequence");
      Objects.requireNonNull(step, "step");
      Objects.requireNonNull(contact, "contact");
      Objects.requireNonNull(data, "data");
    }
  }
}
