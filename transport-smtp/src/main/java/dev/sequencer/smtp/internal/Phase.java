package dev.sequencer.smtp.internal;

/** How far an SMTP dialogue is (RFC 5321 section 3). The same reply means other things in each. */
public enum Phase {
  /** Waiting for the server's first word. */
  GREETING,
  /** {@code EHLO} or {@code HELO}. */
  HELLO,
  /** {@code STARTTLS} and the TLS handshake. */
  STARTTLS,
  /** {@code AUTH}. */
  AUTH,
  /** {@code MAIL FROM}: about the sender. */
  MAIL,
  /** {@code RCPT TO} of the recipient. */
  RECIPIENT,
  /** {@code RCPT TO} of a carbon or blind copy. */
  COPY,
  /** {@code DATA} and the body. */
  DATA,
  /** After the final dot: the point of no return has passed. */
  DOT
}
