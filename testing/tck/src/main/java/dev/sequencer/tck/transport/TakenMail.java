package dev.sequencer.tck.transport;

import java.util.List;
import java.util.Objects;

/**
 * A mail as the other side has it.
 *
 * @param messageId its Message-ID with angle brackets, as recipients see it
 * @param recipients the addresses that it goes to, blind copies included
 * @param content headers and bodies as the other side has them; empty when it cannot tell
 */
public record TakenMail(String messageId, List<String> recipients, String content) {
  /** Copies the list. */
  public TakenMail {
    Objects.requireNonNull(messageId, "messageId");
    recipients = List.copyOf(recipients);
    Objects.requireNonNull(content, "content");
  }

  /** Gives the Message-ID; addresses stay out. */
  @Override
  public String toString() {
    return "TakenMail[" + messageId + "]";
  }
}
