package dev.sequencer;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Which deliveries to list. Immutable; each method gives a new one.
 *
 * @param sequence only of this sequence
 * @param status only with this outcome
 * @param mailbox only of this mailbox
 * @param olderThan only recorded at least that long ago
 * @param after where a page before ended
 * @param limit how many at the most, 100 by default
 */
public record DeliveryQuery(
    Optional<String> sequence,
    Optional<DeliveryStatus> status,
    Optional<EmailAddress> mailbox,
    Optional<Duration> olderThan,
    Optional<String> after,
    int limit) {
  /**
   * Checks limit and age.
   *
   * @throws IllegalArgumentException when the limit is not between 1 and 1,000 or the age negative
   */
  public DeliveryQuery {
    Objects.requireNonNull(sequence, "sequence");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(mailbox, "mailbox");
    Objects.requireNonNull(olderThan, "olderThan");
    Objects.requireNonNull(after, "after");
    EnrollmentQuery.checkLimit(limit);
    if (olderThan.isPresent() && olderThan.get().isNegative()) {
      throw new IllegalArgumentException("an age must not be negative, but is " + olderThan.get());
    }
  }

  /** Gives the query for all. */
  public static DeliveryQuery all() {
    return new DeliveryQuery(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        100);
  }

  /** Gives the query for those in doubt. */
  public static DeliveryQuery inDoubt() {
    return all().status(DeliveryStatus.IN_DOUBT);
  }

  /** Gives the same for one sequence. */
  public DeliveryQuery sequence(String name) {
    return new DeliveryQuery(Optional.of(name), status, mailbox, olderThan, after, limit);
  }

  /** Gives the same for one outcome. */
  public DeliveryQuery status(DeliveryStatus only) {
    return new DeliveryQuery(sequence, Optional.of(only), mailbox, olderThan, after, limit);
  }

  /**
   * Gives the same for one mailbox.
   *
   * @throws IllegalArgumentException when it is no address
   */
  public DeliveryQuery mailbox(String address) {
    return new DeliveryQuery(
        sequence, status, Optional.of(EmailAddress.of(address)), olderThan, after, limit);
  }

  /**
   * Gives the same for those recorded at least that long ago.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public DeliveryQuery olderThan(Duration age) {
    return new DeliveryQuery(sequence, status, mailbox, Optional.of(age), after, limit);
  }

  /** Gives the same, beginning after a page. */
  public DeliveryQuery after(String next) {
    return new DeliveryQuery(sequence, status, mailbox, olderThan, Optional.of(next), limit);
  }

  /**
   * Gives the same with another size of page.
   *
   * @throws IllegalArgumentException when it is not between 1 and 1,000
   */
  public DeliveryQuery limit(int items) {
    return new DeliveryQuery(sequence, status, mailbox, olderThan, after, items);
  }
}
