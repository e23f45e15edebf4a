package dev.sequencer.spi;

import java.time.Instant;
import java.util.Objects;

/**
 * What identifies one delivery at a transport, the same for every attempt from one mailbox.
 *
 * @param value opaque, printable ASCII, at most 64 characters; goes into the header {@code
 *     X-Sequencer-Send-Key}
 * @param messageId the requested Message-ID with its angle brackets
 * @param begunAt when the attempt in question began
 */
public record SendKey(String value, String messageId, Instant begunAt) {
  /** Checks that nothing is missing. */
  public SendKey {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(messageId, "messageId");
    Objects.requireNonNull(begunAt, "begunAt");
  }
}
