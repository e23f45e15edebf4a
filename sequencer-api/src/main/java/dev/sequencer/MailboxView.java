package dev.sequencer;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A mailbox as it is.
 *
 * @param mailbox its definition
 * @param paused whether somebody paused it
 * @param rest why and until when it rests
 * @param usage what it has used
 */
public record MailboxView(Mailbox mailbox, boolean paused, Optional<Rest> rest, Usage usage) {
  /** Checks that nothing is missing. */
  public MailboxView {
    Objects.requireNonNull(mailbox, "mailbox");
    Objects.requireNonNull(rest, "rest");
    Objects.requireNonNull(usage, "usage");
  }

  /**
   * A rest.
   *
   * @param reason why
   * @param until when it ends; empty: when the mailbox is reconnected
   */
  public record Rest(String reason, Optional<Instant> until) {
    /** Checks that nothing is missing. */
    public Rest {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(until, "until");
    }
  }

  /**
   * What a mailbox has used of its quotas.
   *
   * @param today mails counted in the current day
   * @param thisHour mails counted in the current hour
   * @param lastLeft when its newest mail left, or began to be sent where that is later
   */
  public record Usage(int today, int thisHour, Optional<Instant> lastLeft) {
    /** Checks that nothing is missing. */
    public Usage {
      Objects.requireNonNull(lastLeft, "lastLeft");
    }
  }
}
