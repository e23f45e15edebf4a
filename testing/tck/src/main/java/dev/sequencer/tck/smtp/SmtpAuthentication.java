package dev.sequencer.tck.smtp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Reads what a client says in {@code AUTH} (RFC 4954, RFC 4616, Google's XOAUTH2). */
final class SmtpAuthentication {
  /** Asks the client something by 334 and gives its answer; empty when the exchange is over. */
  @FunctionalInterface
  interface Challenge {
    Optional<String> ask(String text) throws IOException, InterruptedException;
  }

  private SmtpAuthentication() {}

  /** Leads the exchange of the mechanism; empty when it ended or made no sense. */
  static Optional<SmtpLogin> read(String line, Challenge challenge)
      throws IOException, InterruptedException {
    Optional<String> first = initialResponse(line);
    if (mechanism(line).equals("LOGIN")) {
      return login(first, challenge);
    }
    if (first.isEmpty()) {
      first = challenge.ask("");
    }
    return switch (mechanism(line)) {
      case "PLAIN" -> first.flatMap(SmtpAuthentication::plain);
      case "XOAUTH2" -> first.flatMap(SmtpAuthentication::xoauth2);
      default -> Optional.empty();
    };
  }

  private static Optional<SmtpLogin> login(Optional<String> first, Challenge challenge)
      throws IOException, InterruptedException {
    Optional<String> user = first.isPresent() ? first : challenge.ask("Username:");
    if (user.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> password = challenge.ask("Password:");
    return password.map(p -> new SmtpLogin("LOGIN", decode(user.get()), decode(p)));
  }

  static String mechanism(String line) {
    String[] words = line.split(" ", 3);
    return words.length < 2 ? "" : words[1].toUpperCase(Locale.ROOT);
  }

  private static Optional<String> initialResponse(String line) {
    String[] words = line.split(" ", 3);
    return words.length < 3 ? Optional.empty() : Optional.of(words[2]);
  }

  private static Optional<SmtpLogin> plain(String base64) {
    String[] parts = decode(base64).split("\0", -1);
    return parts.length == 3
        ? Optional.of(new SmtpLogin("PLAIN", parts[1], parts[2]))
        : Optional.empty();
  }

  private static Optional<SmtpLogin> xoauth2(String base64) {
    String user = "";
    String token = "";
    for (String part : decode(base64).split("\u0001", -1)) {
      if (part.startsWith("user=")) {
        user = part.substring("user=".length());
      } else if (part.startsWith("auth=Bearer ")) {
        token = part.substring("auth=Bearer ".length());
      }
    }
    return user.isEmpty() ? Optional.empty() : Optional.of(new SmtpLogin("XOAUTH2", user, token));
  }

  /** Gives the text behind Base64, or an empty one when it is none. */
  private static String decode(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }

  static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
