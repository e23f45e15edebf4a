package dev.sequencer;

import java.util.Objects;
import java.util.Optional;

/**
 * Which enrollments to list. Immutable; each method gives a new one.
 *
 * @param sequence only of this sequence
 * @param status only in this status
 * @param phase only in this phase
 * @param email only of contacts with this address
 * @param contactId only of the contact with this host's id
 * @param after where a page before ended
 * @param limit how many at the most, 100 by default
 */
public record EnrollmentQuery(
    Optional<String> sequence,
    Optional<EnrollmentStatus> status,
    Optional<EnrollmentPhase> phase,
    Optional<EmailAddress> email,
    Optional<String> contactId,
    Optional<String> after,
    int limit) {
  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException when it is not between 1 and 1,000
   */
  public EnrollmentQuery {
    Objects.requireNonNull(sequence, "sequence");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(contactId, "contactId");
    Objects.requireNonNull(after, "after");
    checkLimit(limit);
  }

  static void checkLimit(int limit) {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException(
          "a page has 1 to 1000 items, but " + limit + " were asked for");
    }
  }

  /** Gives the query for all. */
  public static EnrollmentQuery all() {
    return new EnrollmentQuery(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        100);
  }

  /** Gives the same for one sequence. */
  public EnrollmentQuery sequence(String name) {
    return new EnrollmentQuery(Optional.of(name), status, phase, email, contactId, after, limit);
  }

  /** Gives the same for one status. */
  public EnrollmentQuery status(EnrollmentStatus only) {
    return new EnrollmentQuery(sequence, Optional.of(only), phase, email, contactId, after, limit);
  }

  /** Gives the same for one phase. */
  public EnrollmentQuery phase(EnrollmentPhase only) {
    return new EnrollmentQuery(sequence, status, Optional.of(only), email, contactId, after, limit);
  }

  /**
   * Gives the same for contacts with an address.
   *
   * @throws IllegalArgumentException when it is no address
   */
  public EnrollmentQuery email(String address) {
    return new EnrollmentQuery(
        sequence, status, phase, Optional.of(EmailAddress.of(address)), contactId, after, limit);
  }

  /** Gives the same for the contact with a host's id. */
  public EnrollmentQuery contactId(String id) {
    return new EnrollmentQuery(sequence, status, phase, email, Optional.of(id), after, limit);
  }

  /** Gives the same, beginning after a page. */
  public EnrollmentQuery after(String next) {
    return new EnrollmentQuery(sequence, status, phase, email, contactId, Optional.of(next), limit);
  }

  /**
   * Gives the same with another size of page.
   *
   * @throws IllegalArgumentException when it is not between 1 and 1,000
   */
  public EnrollmentQuery limit(int items) {
    return new EnrollmentQuery(sequence, status, phase, email, contactId, after, items);
  }

  /** Gives the query without the address, which stays out of logs. */
  @Override
  public String toString() {
    return "EnrollmentQuery["
        + sequence.map(name -> "sequence=" + name + " ").orElse("")
        + status.map(only -> "status=" + only + " ").orElse("")
        + phase.map(only -> "phase=" + only + " ").orElse("")
        + email.map(hidden -> "email=hidden ").orElse("")
        + contactId.map(id -> "contactId=" + id + " ").orElse("")
        + "limit="
        + limit
        + "]";
  }
}
