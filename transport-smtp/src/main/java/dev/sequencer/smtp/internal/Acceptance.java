package dev.sequencer.smtp.internal;

import dev.sequencer.spi.Receipt;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the words of an acceptance tell: the provider's id of the mail, by which its events and
 * bounces name it, and the Message-ID that recipients see when the provider replaces ours.
 *
 * <p>The shapes: Amazon SES {@code Ok 0100...-000000} (which becomes the Message-ID); SendGrid,
 * Postmark and Postfix {@code queued as ID}; Resend a bare UUID; Mailgun {@code Great success}
 * without an id, whose events name our Message-ID; Exchange Online {@code <id@host>
 * [Hostname=...]}, which is the new Message-ID; Exim, Sendmail and Gmail.
 */
public final class Acceptance {
  private static final String UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
  private static final Pattern SES =
      Pattern.compile("(?:Ok|OK) ([0-9a-f]{16}-" + UUID + "-[0-9]{6})");
  private static final Pattern SES_HOST =
      Pattern.compile("email-smtp(?:-fips)?\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?");
  private static final Pattern QUEUED =
      Pattern.compile("\\bqueued as ([A-Za-z0-9._-]{3,100})", Pattern.CASE_INSENSITIVE);
  private static final Pattern BARE_UUID =
      Pattern.compile("(?:OK:? ?)?(" + UUID + ")", Pattern.CASE_INSENSITIVE);
  private static final Pattern MAILGUN = Pattern.compile("Great success.*");
  private static final Pattern EXCHANGE =
      Pattern.compile("(?:OK )?<([^<>\\s@]{1,200}@[A-Za-z0-9.-]{1,200})> \\[.*");
  private static final Pattern EXIM = Pattern.compile("OK id=([A-Za-z0-9-]{3,60}).*");
  private static final Pattern SENDMAIL =
      Pattern.compile("([A-Za-z0-9]{6,40}) Message accepted for delivery.*");
  private static final Pattern GMAIL = Pattern.compile("OK +(?:[0-9]+ )?(\\S{10,100}) - gsmtp.*");

  private Acceptance() {}

  /** Gives the receipt for a positive reply to the final dot. */
  public static Receipt of(Reply reply, String host, String requestedMessageId) {
    String text = reply.text();
    Matcher ses = SES.matcher(text);
    if (ses.matches()) {
      return receipt(sesMessageId(host, ses.group(1)), Optional.of(ses.group(1)), text);
    }
    Matcher exchange = EXCHANGE.matcher(text);
    if (exchange.matches()) {
      String id = "<" + exchange.group(1) + ">";
      Optional<String> actual = id.equals(requestedMessageId) ? Optional.empty() : Optional.of(id);
      return receipt(actual, Optional.of(exchange.group(1)), text);
    }
    if (MAILGUN.matcher(text).matches()) {
      String bare = requestedMessageId.substring(1, requestedMessageId.length() - 1);
      return receipt(Optional.empty(), Optional.of(bare), text);
    }
    return receipt(Optional.empty(), plainId(text), text);
  }

  private static Optional<String> plainId(String text) {
    Matcher queued = QUEUED.matcher(text);
    if (queued.find()) {
      return Optional.of(queued.group(1));
    }
    for (Pattern pattern : new Pattern[] {BARE_UUID, EXIM, SENDMAIL, GMAIL}) {
      Matcher matcher = pattern.matcher(text);
      if (matcher.matches()) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }

  /** SES writes a Message-ID of its own: this id at the name of its region. */
  private static Optional<String> sesMessageId(String host, String id) {
    Matcher region = SES_HOST.matcher(host.toLowerCase(Locale.ROOT));
    if (!region.matches()) {
      return Optional.empty();
    }
    String name = region.group(1).equals("us-east-1") ? "email" : region.group(1);
    return Optional.of("<" + id + "@" + name + ".amazonses.com>");
  }

  private static Receipt receipt(Optional<String> actual, Optional<String> provider, String text) {
    return new Receipt(actual, provider, Optional.empty(), text);
  }
}
