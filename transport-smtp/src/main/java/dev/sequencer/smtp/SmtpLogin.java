package dev.sequencer.smtp;

import dev.sequencer.smtp.internal.Reply;
import dev.sequencer.smtp.internal.ReplyMeaning;
import dev.sequencer.spi.Credential;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Logs a mailbox in (RFC 4954). Angus' own login sends a token of any length in one line, which
 * servers cut off (angus-mail#201), and skips the login in silence where AUTH is not offered.
 */
final class SmtpLogin {
  /** A command line with its end (RFC 5321 section 4.5.3.1.4). */
  private static final int LONGEST_LINE = 512;

  /** From this length on a refused token may have been refused for its length. */
  private static final int LONG_TOKEN = 700;

  private static final Set<Integer> LINE_TOO_LONG = Set.of(500, 501, 552, 554, 555);
  private static final Pattern STATUS = Pattern.compile("\"status\"\\s*:\\s*\"?([0-9]{3})");

  private final SmtpDialogue dialogue;
  private final SmtpConfig config;

  SmtpLogin(SmtpDialogue dialogue, SmtpConfig config) {
    this.dialogue = dialogue;
    this.config = config;
  }

  /**
   * Logs in.
   *
   * @param address the mailbox's address, for a credential without a user of its own
   * @throws NotReadyException when the login fails
   */
  void login(Credential credential, String address) throws NotReadyException {
    String user = credential.user().isEmpty() ? address : credential.user();
    try {
      if (credential instanceof Credential.AccessToken token) {
        check(SmtpAuth.XOAUTH2, "an access token");
        token(user, token.token());
      } else if (credential instanceof Credential.Password password) {
        password(user, password.secret());
      }
    } catch (NoReplyException e) {
      throw new NotReadyException(SendResult.notHandedOver("login: " + e.what()));
    }
  }

  private void password(String user, String secret) throws NotReadyException, NoReplyException {
    SmtpAuth mechanism =
        config.auth().orElseGet(() -> offers("PLAIN") ? SmtpAuth.PLAIN : SmtpAuth.LOGIN);
    if (mechanism == SmtpAuth.XOAUTH2) {
      throw refused("the transport is set to XOAUTH2, but the mailbox's credential is a password");
    }
    check(mechanism, "a password");
    Reply reply =
        mechanism == SmtpAuth.PLAIN
            ? authenticate("PLAIN", base64("\0" + user + "\0" + secret))
            : twoSteps(user, secret);
    if (!reply.isPositive()) {
      throw failed(reply, Kind.LOGIN, reply.text());
    }
  }

  private Reply twoSteps(String user, String secret) throws NoReplyException {
    Reply reply = dialogue.say("AUTH LOGIN");
    if (reply.code() == 334) {
      reply = dialogue.saySecret(base64(user));
    }
    return reply.code() == 334 ? dialogue.saySecret(base64(secret)) : reply;
  }

  private void token(String user, String token) throws NotReadyException, NoReplyException {
    String line = "user=" + user + "\u0001auth=Bearer " + token + "\u0001\u0001";
    Reply reply = authenticate("XOAUTH2", base64(line));
    if (reply.code() == 334) {
      // the challenge says why; an empty answer fetches the refusal
      String status = status(reply.text());
      Reply end = dialogue.saySecret("");
      throw failed(end, Kind.TOKEN, "the token was refused" + status);
    }
    if (token.length() > LONG_TOKEN && LINE_TOO_LONG.contains(reply.code())) {
      throw refused(
          "the server takes no token of "
              + token.length()
              + " characters over SMTP ("
              + reply.codes()
              + "): send through the provider's API, or log in with a password for applications");
    }
    if (!reply.isPositive()) {
      throw failed(reply, Kind.TOKEN, reply.text());
    }
  }

  /** Sends the response with the command where it fits, else after the server's 334. */
  private Reply authenticate(String mechanism, String response) throws NoReplyException {
    String line = "AUTH " + mechanism + " " + response;
    if (line.length() + 2 <= LONGEST_LINE) {
      return dialogue.saySecret(line);
    }
    Reply reply = dialogue.say("AUTH " + mechanism);
    return reply.code() == 334 ? dialogue.saySecret(response) : reply;
  }

  private static NotReadyException failed(Reply reply, Kind kind, String text) {
    if (reply.isTransient()) {
      // 454 4.7.0 "too many login attempts" comes like a wrong password, and is none
      return new NotReadyException(ReplyMeaning.trouble(Kind.THROTTLED, reply));
    }
    return new NotReadyException(SendResult.mailboxTrouble(kind, text).code(reply.codes()));
  }

  private static NotReadyException refused(String text) {
    return new NotReadyException(SendResult.mailboxTrouble(Kind.LOGIN, text));
  }

  private void check(SmtpAuth mechanism, String credential) throws NotReadyException {
    Optional<SmtpAuth> only = config.auth();
    if (only.isPresent() && only.get() != mechanism) {
      throw refused(
          "the transport is set to "
              + only.get()
              + ", but the mailbox's credential is "
              + credential);
    }
    if (dialogue.extension("AUTH").isEmpty() && dialogue.extension("AUTH=LOGIN").isEmpty()) {
      throw refused(
          "the mailbox has a credential, but "
              + config.server()
              + " offers no login: check host, port and encryption");
    }
    if (!offers(mechanism.name())) {
      throw refused(
          config.server()
              + " offers no "
              + mechanism
              + " for "
              + credential
              + ", but: "
              + dialogue.extension("AUTH").orElse("LOGIN"));
    }
  }

  private boolean offers(String mechanism) {
    String offered = dialogue.extension("AUTH").orElse("").toUpperCase(Locale.ROOT);
    return Set.of(offered.split(" ", -1)).contains(mechanism)
        || (mechanism.equals("LOGIN") && dialogue.extension("AUTH=LOGIN").isPresent());
  }

  /** Reads the status out of the JSON of a XOAUTH2 challenge; blank when it is something else. */
  private static String status(String challenge) {
    try {
      String json =
          new String(Base64.getDecoder().decode(challenge.strip()), StandardCharsets.UTF_8);
      Matcher matcher = STATUS.matcher(json);
      return matcher.find() ? " with status " + matcher.group(1) : "";
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
