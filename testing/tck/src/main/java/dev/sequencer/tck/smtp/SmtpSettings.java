package dev.sequencer.tck.smtp;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a test server offers; fixed when it starts. */
record SmtpSettings(
    List<String> extensions,
    List<String> mechanisms,
    Map<String, String> users,
    boolean requiresLogin,
    Optional<String> xoauth2Refusal,
    boolean startTls,
    boolean implicitTls,
    Optional<SelfSignedCertificate> certificate,
    int mailsPerConnection,
    int longestLine) {

  /** Lines of an authentication exchange may be this long (RFC 4954 section 4). */
  static final int LONGEST_AUTH_LINE = 12_288;

  /** A body above this many bytes is refused. */
  static final int LONGEST_BODY = 64 * 1024 * 1024;

  /** More connections than this at once are turned away. */
  static final int MOST_CONNECTIONS = 256;

  SmtpSettings {
    extensions = List.copyOf(extensions);
    mechanisms = List.copyOf(mechanisms);
    users = Map.copyOf(users);
  }

  boolean accepts(SmtpLogin login) {
    return users.isEmpty() || login.secret().equals(users.get(login.user()));
  }
}
