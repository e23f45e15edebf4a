package dev.sequencer.spi;

import java.util.Objects;

/** What a mailbox logs in with; its text never appears in {@code toString}. Immutable. */
public sealed interface Credential {
  /** Gives the name to log in as; empty when it is the mailbox's address. */
  String user();

  /**
   * A user name and a password.
   *
   * @param user the name to log in as; empty for the mailbox's address
   * @param secret the password
   */
  record Password(String user, String secret) implements Credential {
    /** Checks that nothing is missing. */
    public Password {
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(secret, "secret");
    }

    @Override
    public String toString() {
      return "Password[hidden]";
    }
  }

  /**
   * A user name and an OAuth 2.0 access token.
   *
   * @param user the name to log in as; empty for the mailbox's address
   * @param token the access token
   */
  record AccessToken(String user, String token) implements Credential {
    /** Checks that nothing is missing. */
    public AccessToken {
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(token, "token");
    }

    @Override
    public String toString() {
      return "AccessToken[hidden]";
    }
  }
}
