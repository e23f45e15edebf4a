package dev.sequencer.tck.smtp;

/** The moments of an SMTP session at which {@link ScriptedSmtpServer} answers (RFC 5321). */
public enum SmtpMoment {
  /** The connection was accepted; the greeting is due. */
  GREETING,
  /** {@code EHLO}. */
  EHLO,
  /** {@code HELO}. */
  HELO,
  /** {@code STARTTLS} (RFC 3207); when the reply is 220, TLS follows. */
  STARTTLS,
  /** {@code AUTH}, with or without an initial response (RFC 4954). */
  AUTH,
  /** A line that the client sends in answer to a 334 challenge. */
  AUTH_ANSWER,
  /** {@code MAIL FROM}. */
  MAIL,
  /** {@code RCPT TO}. */
  RCPT,
  /** {@code DATA}. */
  DATA,
  /** The final dot was received. */
  DOT,
  /** {@code RSET}. */
  RSET,
  /** {@code NOOP}. */
  NOOP,
  /** {@code QUIT}. */
  QUIT,
  /** Any other command. */
  OTHER
}
