package dev.sequencer.smtp.internal;

import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Kind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a refusal means, decided from phase, code, enhanced code and, last, words (RFC 5321 section
 * 4.2, RFC 3463, RFC 5248). Pure.
 *
 * <ol>
 *   <li>421 is the server's own trouble in every phase; 53x is the login.
 *   <li>A day's limit is said by 5.4.5 or by words, with 4xx as well as 5xx.
 *   <li>4xx is later, unless it speaks of the sender's rate.
 *   <li>5xx to {@code MAIL} is about the sender, whatever it says.
 *   <li>5xx to the recipient, or to the dot of a mail with one recipient, blames the recipient only
 *       when the enhanced code does, or words when there is none; policy (x.7.x) never does.
 *   <li>What remains is refused for good, and nobody is suppressed for it.
 * </ol>
 */
public final class ReplyMeaning {
  /** RFC 5321 section 4.5.4.1 wants 30 minutes in general; greylists open after 5 to 15. */
  private static final Duration GREYLISTED = Duration.ofMinutes(15);

  private static final Set<Integer> LOGIN_CODES = Set.of(530, 534, 535, 538);
  private static final Set<String> LOGIN_DETAILS = Set.of("7.8", "7.9", "7.30", "7.57");
  private static final Set<String> NO_SUCH_RECIPIENT =
      Set.of("1.1", "1.2", "1.3", "1.6", "1.10", "2.1");
  private static final Set<String> UNREACHABLE = Set.of("4.4", "6.7");
  private static final Set<String> SENDER_REFUSED = Set.of("1.7", "1.8");
  private static final Set<String> TOO_BIG = Set.of("2.3", "3.4");

  private static final Pattern DAILY =
      words(
          "daily.{0,40}(limit|quota)"
              + "|(limit|quota).{0,40}(daily|per day|24.?h)"
              + "|sending (limit|quota)");
  private static final Pattern RATE =
      words(
          "rate.?limit|sending rate|throttl|too many (login|connection|message|mail|concurrent)"
              + "|too (fast|quickly)|messages per");
  private static final Pattern GREYLIST = words("gr[ae]y.?list");
  private static final Pattern NO_SUCH_WORDS =
      words(
          "user unknown|unknown (user|recipient|mailbox)|no such|does(n't| not) exist"
              + "|(user|mailbox|recipient|account)( was| is)? not found|invalid (recipient|mailbox)"
              + "|recipient unknown|no mailbox here");
  private static final Pattern POLICY_WORDS =
      words(
          "spam|block(ed|list)|black.?list|polic(y|ies)|relay|spf|dkim|dmarc|reputation"
              + "|authenticat|not permitted|not allowed|access denied");
  private static final Pattern FULL_WORDS = words("full|over ?quota|quota|insufficient|storage");
  private static final Pattern SIZE_WORDS = words("size|too (big|large)|exceed");

  private ReplyMeaning() {}

  private static Pattern words(String pattern) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
  }

  /**
   * Gives what a refusal in a transaction means.
   *
   * @param alone whether the envelope has one recipient, so that a reply to the dot is about it
   */
  public static SendResult of(Phase phase, Reply reply, boolean alone) {
    if (reply.code() == 421) {
      return trouble(Kind.THROTTLED, reply);
    }
    if (LOGIN_CODES.contains(reply.code()) || LOGIN_DETAILS.contains(reply.enhanced())) {
      return trouble(Kind.LOGIN, reply);
    }
    if (isDailyLimit(reply)) {
      return trouble(Kind.DAILY_LIMIT, reply);
    }
    if (reply.isTransient() || reply.enhancedClass() == 4) {
      return later(reply, alone);
    }
    return phase == Phase.MAIL ? senderRefused(reply) : refused(phase, reply, alone);
  }

  /** Words about the recipient's own quota (x.2.x) say nothing about the sender's. */
  private static boolean isDailyLimit(Reply reply) {
    return reply.enhanced().equals("4.5")
        || (reply.subject() != 2 && DAILY.matcher(reply.text()).find());
  }

  private static SendResult later(Reply reply, boolean alone) {
    boolean rate = reply.subject() != 2 && RATE.matcher(reply.text()).find();
    if (reply.code() == 454 || rate) {
      return trouble(Kind.THROTTLED, reply);
    }
    if (reply.enhanced().equals("5.3") && !alone) {
      return SendResult.refusedMessage(
          reply.codes(), "the server takes fewer recipients at once: " + reply.text());
    }
    SendResult deferred = SendResult.deferred(reply.codes(), reply.text());
    return hint(reply).map(deferred::retryAfter).orElse(deferred);
  }

  private static Optional<Duration> hint(Reply reply) {
    Optional<Duration> said = RetryHint.of(reply.text());
    boolean early = reply.code() == 450 || reply.code() == 451;
    boolean greylisted = GREYLIST.matcher(reply.text()).find() || (early && reply.subject() == 7);
    return said.isEmpty() && greylisted ? Optional.of(GREYLISTED) : said;
  }

  private static SendResult senderRefused(Reply reply) {
    boolean tooBig =
        TOO_BIG.contains(reply.enhanced()) || (reply.enhanced().isEmpty() && reply.code() == 552);
    return tooBig
        ? SendResult.refusedMessage(reply.codes(), reply.text())
        : trouble(Kind.POLICY, reply);
  }

  private static SendResult refused(Phase phase, Reply reply, boolean alone) {
    boolean aboutRecipient = phase == Phase.RECIPIENT || (phase == Phase.DOT && alone);
    String detail = reply.enhanced();
    if (detail.isEmpty()) {
      return refusedByWords(phase, reply, aboutRecipient);
    }
    if (NO_SUCH_RECIPIENT.contains(detail)) {
      return aboutRecipient
          ? SendResult.refusedRecipient(reply.codes(), reply.text())
          : SendResult.refusedMessage(reply.codes(), copyRefused(phase, reply));
    }
    if (UNREACHABLE.contains(detail)) {
      return aboutRecipient
          ? SendResult.unreachableRecipient(reply.codes(), reply.text())
          : SendResult.refusedMessage(reply.codes(), copyRefused(phase, reply));
    }
    if (detail.equals("2.2")) {
      return SendResult.deferred(reply.codes(), reply.text());
    }
    boolean sender = SENDER_REFUSED.contains(detail) || reply.subject() == 7;
    if (sender || (reply.subject() == 5 && alone)) {
      return trouble(Kind.POLICY, reply);
    }
    boolean noSuch = reply.subject() == 1 && NO_SUCH_WORDS.matcher(reply.text()).find();
    return noSuch && aboutRecipient
        ? SendResult.refusedRecipient(reply.codes(), reply.text())
        : SendResult.refusedMessage(reply.codes(), copyRefused(phase, reply));
  }

  private static SendResult refusedByWords(Phase phase, Reply reply, boolean aboutRecipient) {
    String text = reply.text().toLowerCase(Locale.ROOT);
    if (reply.code() == 552) {
      // RFC 5321 section 4.5.3.1.10: 552 is often said where 452 is meant
      boolean full = FULL_WORDS.matcher(text).find() && !SIZE_WORDS.matcher(text).find();
      return full || phase == Phase.RECIPIENT || phase == Phase.COPY
          ? SendResult.deferred(reply.codes(), reply.text())
          : SendResult.refusedMessage(reply.codes(), reply.text());
    }
    if (NO_SUCH_WORDS.matcher(text).find() && aboutRecipient) {
      return SendResult.refusedRecipient(reply.codes(), reply.text());
    }
    if (POLICY_WORDS.matcher(text).find()) {
      return trouble(Kind.POLICY, reply);
    }
    return SendResult.refusedMessage(reply.codes(), copyRefused(phase, reply));
  }

  private static String copyRefused(Phase phase, Reply reply) {
    return phase == Phase.COPY
        ? "a carbon or blind copy was refused, so nobody got the mail: " + reply.text()
        : reply.text();
  }

  /** Gives trouble of the mailbox with the codes and the hint of a reply. */
  public static SendResult trouble(Kind kind, Reply reply) {
    SendResult result = SendResult.mailboxTrouble(kind, reply.text()).code(reply.codes());
    return RetryHint.of(reply.text()).map(result::retryAfter).orElse(result);
  }
}
