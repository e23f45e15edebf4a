package dev.sequencer;

import java.util.Objects;
import java.util.Optional;

/**
 * One node of a sequence. Immutable.
 *
 * <p>Further kinds of steps may come: a {@code switch} over them needs a default.
 */
public sealed interface Step {
  /** Gives its key, unique in its sequence and kept through all versions. */
  String key();

  /**
   * Gives the key of the step that follows; empty: the next in the list, the end after the last.
   */
  Optional<String> next();

  /**
   * Sends an e-mail.
   *
   * @param key its key
   * @param next the key of the step that follows
   * @param mail what it sends
   */
  record Email(String key, Optional<String> next, MailContent mail) implements Step {
    /** Checks that nothing is missing. */
    public Email {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(next, "next");
      Objects.requireNonNull(mail, "mail");
    }
  }

  /**
   * Waits. Waits in a row follow each other.
   *
   * @param key its key
   * @param next the key of the step that follows
   * @param delay how long
   */
  record Wait(String key, Optional<String> next, Delay delay) implements Step {
    /** Checks that nothing is missing. */
    public Wait {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(next, "next");
      Objects.requireNonNull(delay, "delay");
    }
  }
}
