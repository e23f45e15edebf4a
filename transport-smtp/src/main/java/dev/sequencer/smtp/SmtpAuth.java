package dev.sequencer.smtp;

/** How a mailbox logs in (RFC 4954). */
public enum SmtpAuth {
  /** User and password in one line (RFC 4616). */
  PLAIN,
  /** User and password one after the other; old, and still all that some servers know. */
  LOGIN,
  /** User and OAuth 2.0 access token, as Google and Microsoft take it. */
  XOAUTH2
}
