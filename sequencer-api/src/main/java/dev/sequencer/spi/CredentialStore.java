package dev.sequencer.spi;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where credentials are kept; mailboxes name them by reference only. Asked at every login, so a
 * changed secret or a refreshed token is used from the next one. Must be safe for use by several
 * threads.
 */
@FunctionalInterface
public interface CredentialStore {
  /**
   * Gives the credential behind a reference, or empty when there is none: the mailbox then stops
   * with trouble of kind LOGIN until it is reconnected.
   *
   * @param tenant the tenant of the mailbox, {@code ""} for hosts that have none
   * @param reference the reference that the mailbox names
   */
  Optional<Credential> find(String tenant, String reference);

  /** Gives a store that holds nothing. */
  static CredentialStore none() {
    return (tenant, reference) -> Optional.empty();
  }

  /** Gives a store that reads a fixed map by reference, the same for all tenants. */
  static CredentialStore inMemory(Map<String, ? extends Credential> credentials) {
    Map<String, Credential> copy = Map.copyOf(credentials);
    return (tenant, reference) -> Optional.ofNullable(copy.get(reference));
  }

  /**
   * Gives a store that reads the environment: reference {@code ann} is the password in {@code
   * SEQUENCER_ANN_PASSWORD} or the access token in {@code SEQUENCER_ANN_TOKEN}, with the user in
   * {@code SEQUENCER_ANN_USER} when it is not the mailbox's address. Characters of the reference
   * that a variable cannot have become underscores. A password wins over a token; all tenants share
   * the variables.
   */
  static CredentialStore environment() {
    return environment(System.getenv());
  }

  /** Gives a store like {@link #environment()} over the given variables. */
  static CredentialStore environment(Map<String, String> variables) {
    Map<String, String> copy = Map.copyOf(variables);
    return (tenant, reference) -> {
      String prefix =
          "SEQUENCER_" + reference.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
      String user = copy.getOrDefault(prefix + "_USER", "");
      String password = copy.get(prefix + "_PASSWORD");
      if (password != null) {
        return Optional.of(new Credential.Password(user, password));
      }
      return Optional.ofNullable(copy.get(prefix + "_TOKEN"))
          .map(token -> new Credential.AccessToken(user, token));
    };
  }
}
