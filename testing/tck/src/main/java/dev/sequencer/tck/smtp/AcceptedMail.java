package dev.sequencer.tck.smtp;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A mail that a test server took. Immutable. */
public final class AcceptedMail {
  private final int connection;
  private final String sender;
  private final String mailParameters;
  private final List<String> recipients;
  private final byte[] content;

  AcceptedMail(
      int connection,
      String sender,
      String mailParameters,
      List<String> recipients,
      byte[] content) {
    this.connection = connection;
    this.sender = sender;
    this.mailParameters = mailParameters;
    this.recipients = List.copyOf(recipients);
    this.content = content;
  }

  /** Gives the number of the connection that it came over, from 1. */
  public int connection() {
    return connection;
  }

  /** Gives the address of {@code MAIL FROM}, without angle brackets. */
  public String sender() {
    return sender;
  }

  /** Gives what stood behind the address of {@code MAIL FROM}, such as {@code SIZE=1234}. */
  public String mailParameters() {
    return mailParameters;
  }

  /** Gives the addresses of {@code RCPT TO} that were taken, in order. */
  public List<String> recipients() {
    return recipients;
  }

  /** Gives a copy of the bytes, dots unstuffed, with the final line end. */
  public byte[] content() {
    return content.clone();
  }

  /** Gives the bytes as UTF-8. */
  public String text() {
    return new String(content, StandardCharsets.UTF_8);
  }

  /** Gives the unfolded value of the first header of that name; empty when there is none. */
  public String header(String name) {
    String head = text().split("\r\n\r\n", 2)[0].replaceAll("\r\n[ \t]", " ");
    for (String line : head.split("\r\n", -1)) {
      if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
        return line.substring(name.length() + 1).strip();
      }
    }
    return "";
  }

  /** Gives the number of bytes and recipients; addresses stay out. */
  @Override
  public String toString() {
    return "AcceptedMail[connection="
        + connection
        + ", recipients="
        + recipients.size()
        + ", bytes="
        + content.length
        + "]";
  }
}
