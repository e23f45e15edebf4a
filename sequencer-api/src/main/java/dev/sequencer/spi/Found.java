package dev.sequencer.spi;

import java.util.Optional;

/** What a transport can tell about an attempt without outcome. Immutable. */
public final class Found {
  /** The transport cannot tell: the look-up failed, is not supported, or proves nothing. */
  public static final Found CANNOT_TELL = new Found(Verdict.CANNOT_TELL, Optional.empty());

  /** The transport proves that the mail was not and will not be sent. */
  public static final Found NOT_SENT = new Found(Verdict.NOT_SENT, Optional.empty());

  /** The three answers. */
  public enum Verdict {
    /** It was sent. */
    SENT,
    /** It was not sent and will not be. */
    NOT_SENT,
    /** Unknown. */
    CANNOT_TELL
  }

  private final Verdict verdict;
  private final Optional<Receipt> receipt;

  private Found(Verdict verdict, Optional<Receipt> receipt) {
    this.verdict = verdict;
    this.receipt = receipt;
  }

  /** Gives the answer that the mail was sent. */
  public static Found sent(Receipt receipt) {
    return new Found(Verdict.SENT, Optional.of(receipt));
  }

  /** Gives the answer. */
  public Verdict verdict() {
    return verdict;
  }

  /** Gives the receipt when it was sent. */
  public Optional<Receipt> receipt() {
    return receipt;
  }

  @Override
  public String toString() {
    return "Found[" + verdict + "]";
  }
}
