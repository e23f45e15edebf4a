package dev.sequencer.mime;

import dev.sequencer.EmailAddress;
import dev.sequencer.spi.OutgoingMail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A mail as the bytes that go over the wire (RFC 5322, MIME), with its envelope. Immutable.
 *
 * <p>The same {@link OutgoingMail} gives the same bytes each time and everywhere: the date is that
 * of the mail, in UTC, the Message-ID is the requested one, boundaries come from the send key.
 * Every line ends with CRLF and has at most 998 bytes; bytes beyond ASCII stand only in the headers
 * of a mail that {@link #needsSmtpUtf8()}. Blind copies are in the envelope and nowhere else.
 */
public final class MimeMail {
  /** The header that holds the send key; it survives where providers replace the Message-ID. */
  public static final String SEND_KEY_HEADER = "X-Sequencer-Send-Key";

  /** Of a long thread the first id and this many of the last are kept. */
  private static final int LAST_REFERENCES = 10;

  private final byte[] bytes;
  private final String sender;
  private final List<String> recipients;
  private final boolean needsSmtpUtf8;

  private MimeMail(byte[] bytes, String sender, List<String> recipients, boolean needsSmtpUtf8) {
    this.bytes = bytes;
    this.sender = sender;
    this.recipients = List.copyOf(recipients);
    this.needsSmtpUtf8 = needsSmtpUtf8;
  }

  /**
   * Writes a mail.
   *
   * @throws IllegalArgumentException when something in it cannot or must not be written: a line
   *     break in a header, a reserved or malformed header name, a Message-ID that is not strict, a
   *     line that is too long; the message names the rule, the header and what to do
   */
  public static MimeMail of(OutgoingMail mail) {
    Part root = Structure.of(mail.content(), HeaderRules.sendKey(mail.key().value()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(headers(mail).bytes());
    out.writeBytes(("MIME-Version: 1.0\r\n" + root.headers()).getBytes(StandardCharsets.UTF_8));
    out.writeBytes(new byte[] {'\r', '\n'});
    out.writeBytes(root.body());
    byte[] body = root.body();
    if (body.length < 2 || body[body.length - 2] != '\r' || body[body.length - 1] != '\n') {
      out.writeBytes(new byte[] {'\r', '\n'});
    }
    return new MimeMail(
        out.toByteArray(),
        Addresses.spec(mail.sender().address()),
        envelope(mail),
        inHeaders(mail).anyMatch(Addresses::needsUtf8)
            || mail.addresses().bcc().stream().anyMatch(Addresses::needsUtf8));
  }

  private static Headers headers(OutgoingMail mail) {
    Headers headers = new Headers();
    headers.raw("Date", date(mail.date()));
    headers.addresses("From", List.of(mail.sender().address()));
    headers.addresses("To", List.of(mail.to()));
    headers.addresses("Cc", mail.addresses().cc());
    headers.addresses("Reply-To", mail.addresses().replyTo());
    headers.text("Subject", mail.content().subject());
    headers.raw("Message-ID", HeaderRules.messageId(mail.messageId()));
    headers.ids("In-Reply-To", mail.thread().inReplyTo().stream().toList());
    headers.ids("References", shortened(mail.thread().references()));
    headers.raw(SEND_KEY_HEADER, mail.key().value());
    mail.content().headers().forEach(headers::custom);
    return headers;
  }

  /** Gives a date of RFC 5322 section 3.3, where "GMT" is obsolete. */
  private static String date(Instant instant) {
    return DateTimeFormatter.RFC_1123_DATE_TIME
        .format(instant.atOffset(ZoneOffset.UTC))
        .replace("GMT", "+0000");
  }

  /** Keeps the first id, by which threads are found, and the last ones (RFC 5322 section 3.6.4). */
  private static List<String> shortened(List<String> references) {
    if (references.size() <= LAST_REFERENCES + 1) {
      return references;
    }
    List<String> kept = new ArrayList<>();
    kept.add(references.get(0));
    kept.addAll(references.subList(references.size() - LAST_REFERENCES, references.size()));
    return kept;
  }

  private static List<String> envelope(OutgoingMail mail) {
    Map<String, String> byMailbox = new LinkedHashMap<>();
    Stream.of(List.of(mail.to()), mail.addresses().cc(), mail.addresses().bcc())
        .flatMap(List::stream)
        .forEach(address -> byMailbox.putIfAbsent(address.normalized(), Addresses.spec(address)));
    return List.copyOf(byMailbox.values());
  }

  private static Stream<EmailAddress> inHeaders(OutgoingMail mail) {
    return Stream.of(
            List.of(mail.sender().address(), mail.to()),
            mail.addresses().cc(),
            mail.addresses().replyTo())
        .flatMap(List::stream);
  }

  /** Gives a copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Gives the number of bytes. */
  public int size() {
    return bytes.length;
  }

  /**
   * Writes the bytes.
   *
   * @throws IOException when the stream fails
   */
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }

  /** Gives the address of the envelope's sender, its domain in ASCII. */
  public String envelopeSender() {
    return sender;
  }

  /**
   * Gives the addresses of the envelope: the recipient first, then carbon and blind copies, each
   * mailbox once, domains in ASCII.
   */
  public List<String> envelopeRecipients() {
    return recipients;
  }

  /**
   * Says whether an address has a local part beyond ASCII, which only servers with SMTPUTF8 carry
   * (RFC 6531).
   */
  public boolean needsSmtpUtf8() {
    return needsSmtpUtf8;
  }
}
