package dev.sequencer.tck.smtp;

/**
 * A login that a client tried.
 *
 * @param mechanism {@code PLAIN}, {@code LOGIN} or {@code XOAUTH2}
 * @param user the user name
 * @param secret the password or token
 */
public record SmtpLogin(String mechanism, String user, String secret) {
  /** Gives mechanism and user; the secret stays out. */
  @Override
  public String toString() {
    return "SmtpLogin[" + mechanism + "]";
  }
}
