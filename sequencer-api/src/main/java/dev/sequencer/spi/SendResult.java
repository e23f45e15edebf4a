package dev.sequencer.spi;

import dev.sequencer.internal.text.OutsideText;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a mail that was handed to a transport: exactly one of the outcomes. The name of a
 * factory says whose fault it was, because the engine suppresses, retries or rests by it. Texts are
 * cleaned and cut here. Immutable.
 *
 * <p>The invariant of every transport: when the other side accepted the mail, the result is {@link
 * Outcome#SENT} or {@link Outcome#IN_DOUBT}, never another one.
 */
public final class SendResult {
  /** The outcomes. */
  public enum Outcome {
    /** Accepted by the other side. */
    SENT,
    /** The recipient will never be reached. */
    REFUSED_RECIPIENT,
    /** This mail will never be taken; the recipient is not to blame. */
    REFUSED_MESSAGE,
    /** Not now; try again. */
    DEFERRED,
    /** The sender is the trouble, not the mail. */
    MAILBOX_TROUBLE,
    /** Nothing was handed over: no connection, or the permit had expired. */
    NOT_HANDED_OVER,
    /** Handed over, and no answer came. */
    IN_DOUBT
  }

  /** The kinds of {@link Outcome#MAILBOX_TROUBLE}. */
  public enum Kind {
    /** The login was refused: stopped until reconnected. */
    LOGIN,
    /** The token was revoked or has expired for good: stopped until reconnected. */
    TOKEN,
    /** Too much, too fast: rests for the hint, else 1, 2, 5, 15, 60 minutes. */
    THROTTLED,
    /** The day's limit is used up: rests for the hint, else to the next quota day. */
    DAILY_LIMIT,
    /** The sender or the content is refused by policy: no rest, the mail is tried again later. */
    POLICY
  }

  private final Outcome outcome;
  private final Optional<Kind> kind;
  private final String code;
  private final String text;
  private final boolean hardBounce;
  private final Optional<Duration> retryAfter;
  private final Receipt receipt;

  private SendResult(
      Outcome outcome,
      Optional<Kind> kind,
      String code,
      String text,
      boolean hardBounce,
      Optional<Duration> retryAfter,
      Receipt receipt) {
    this.outcome = outcome;
    this.kind = kind;
    this.code = OutsideText.clean(Objects.requireNonNull(code, "code"), 40);
    this.text = OutsideText.clean(Objects.requireNonNull(text, "text"), 500);
    this.hardBounce = hardBounce;
    this.retryAfter = retryAfter;
    this.receipt = receipt;
  }

  private static SendResult of(Outcome outcome, String code, String text) {
    return new SendResult(
        outcome, Optional.empty(), code, text, false, Optional.empty(), Receipt.PLAIN);
  }

  /** Gives "accepted", with all that the other side said. */
  public static SendResult sent(Receipt receipt) {
    return new SendResult(
        Outcome.SENT, Optional.empty(), "", receipt.text(), false, Optional.empty(), receipt);
  }

  /**
   * Gives "accepted".
   *
   * @param actualMessageId the Message-ID that recipients see
   * @param providerId the provider's id of the message
   */
  public static SendResult sent(String actualMessageId, String providerId) {
    return sent(
        new Receipt(Optional.of(actualMessageId), Optional.of(providerId), Optional.empty(), ""));
  }

  /** Gives "the recipient does not exist": the delivery fails and the address is suppressed. */
  public static SendResult refusedRecipient(String code, String text) {
    return new SendResult(
        Outcome.REFUSED_RECIPIENT,
        Optional.empty(),
        code,
        text,
        true,
        Optional.empty(),
        Receipt.PLAIN);
  }

  /** Gives "this transport cannot reach the recipient": the delivery fails, nothing more. */
  public static SendResult unreachableRecipient(String code, String text) {
    return of(Outcome.REFUSED_RECIPIENT, code, text);
  }

  /** Gives "this mail is refused for good": the delivery fails, nothing is suppressed. */
  public static SendResult refusedMessage(String code, String text) {
    return of(Outcome.REFUSED_MESSAGE, code, text);
  }

  /** Gives "not now": tried again by the retry policy. */
  public static SendResult deferred(String code, String text) {
    return of(Outcome.DEFERRED, code, text);
  }

  /** Gives "the sender is the trouble": not counted as a try. */
  public static SendResult mailboxTrouble(Kind kind, String text) {
    return new SendResult(
        Outcome.MAILBOX_TROUBLE,
        Optional.of(kind),
        "",
        text,
        false,
        Optional.empty(),
        Receipt.PLAIN);
  }

  /** Gives "nothing was handed over": not counted as a try. */
  public static SendResult notHandedOver(String why) {
    return of(Outcome.NOT_HANDED_OVER, "", why);
  }

  /** Gives "handed over, no answer": held, looked up or decided by policy, never blindly resent. */
  public static SendResult inDoubt(String why) {
    return of(Outcome.IN_DOUBT, "", why);
  }

  /**
   * Gives the same result with the other side's hint when to try again; the engine clamps it to 30
   * seconds to 24 hours.
   */
  public SendResult retryAfter(Duration hint) {
    return new SendResult(outcome, kind, code, text, hardBounce, Optional.of(hint), receipt);
  }

  /** Gives the same result with the reply code that led to it. */
  public SendResult code(String replyCode) {
    return new SendResult(outcome, kind, replyCode, text, hardBounce, retryAfter, receipt);
  }

  /** Gives the outcome. */
  public Outcome outcome() {
    return outcome;
  }

  /** Gives the kind of {@link Outcome#MAILBOX_TROUBLE}. */
  public Optional<Kind> kind() {
    return kind;
  }

  /** Gives the reply code, such as {@code 550 5.1.1}; empty when there is none. */
  public String code() {
    return code;
  }

  /** Gives the reason in words, at most 500 characters. */
  public String text() {
    return text;
  }

  /** Says whether the address is to be suppressed. */
  public boolean hardBounce() {
    return hardBounce;
  }

  /** Gives the hint when to try again. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** Gives the receipt; {@link Receipt#PLAIN} when nothing was accepted. */
  public Receipt receipt() {
    return receipt;
  }

  /** Gives outcome, kind and code; the text may hold an address and stays out. */
  @Override
  public String toString() {
    return "SendResult["
        + outcome
        + kind.map(k -> " " + k).orElse("")
        + (code.isEmpty() ? "" : " " + code)
        + "]";
  }
}
