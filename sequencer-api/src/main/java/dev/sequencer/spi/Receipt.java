package dev.sequencer.spi;

import dev.sequencer.internal.text.OutsideText;
import java.util.Objects;
import java.util.Optional;

/**
 * What the other side said when it accepted a mail.
 *
 * @param actualMessageId the Message-ID that recipients see, when the provider tells it; empty when
 *     it is the requested one or unknown
 * @param providerId the provider's id of the message
 * @param providerThreadId the provider's id of its thread
 * @param text the text of the acceptance, cut to 500 characters
 */
public record Receipt(
    Optional<String> actualMessageId,
    Optional<String> providerId,
    Optional<String> providerThreadId,
    String text) {
  /** An acceptance without any word. */
  public static final Receipt PLAIN =
      new Receipt(Optional.empty(), Optional.empty(), Optional.empty(), "");

  /** Cleans and cuts what came from outside. */
  public Receipt {
    actualMessageId = actualMessageId.map(id -> OutsideText.clean(id, 998));
    providerId = providerId.map(id -> OutsideText.clean(id, 500));
    providerThreadId = providerThreadId.map(id -> OutsideText.clean(id, 500));
    text = OutsideText.clean(Objects.requireNonNull(text, "text"), 500);
  }

  /** Gives the ids; the text may hold an address and stays out. */
  @Override
  public String toString() {
    return "Receipt["
        + actualMessageId.map(id -> "actual=" + id + " ").orElse("")
        + providerId.map(id -> "id=" + id + " ").orElse("")
        + providerThreadId.map(id -> "thread=" + id + " ").orElse("")
        + "text hidden]";
  }
}
