package dev.sequencer;

import java.util.Objects;
import java.util.Optional;

/**
 * Restricts a pass to part of the work. Immutable.
 *
 * @param tenant only this tenant
 * @param sequence only this sequence
 * @param mailbox only this mailbox
 */
public record RunScope(
    Optional<String> tenant, Optional<String> sequence, Optional<EmailAddress> mailbox) {
  /** No restriction. */
  public static final RunScope EVERYTHING =
      new RunScope(Optional.empty(), Optional.empty(), Optional.empty());

  /** Checks that nothing is missing. */
  public RunScope {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(sequence, "sequence");
    Objects.requireNonNull(mailbox, "mailbox");
  }

  /** Gives the scope of one sequence of the tenant {@code ""}. */
  public static RunScope sequence(String name) {
    return new RunScope(Optional.of(""), Optional.of(name), Optional.empty());
  }

  /** Gives the scope of one mailbox of the tenant {@code ""}. */
  public static RunScope mailbox(String address) {
    return new RunScope(Optional.of(""), Optional.empty(), Optional.of(EmailAddress.of(address)));
  }

  /** Gives the scope of one tenant. */
  public static RunScope tenant(String name) {
    return new RunScope(Optional.of(name), Optional.empty(), Optional.empty());
  }
}
