package dev.sequencer.files;

import dev.sequencer.internal.definition.Faults;
import dev.sequencer.internal.definition.Fields;
import dev.sequencer.internal.definition.Node;
import dev.sequencer.internal.definition.Place;
import dev.sequencer.spi.Credential;
import dev.sequencer.spi.CredentialStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The logins that a file gives its mailboxes and transports, each under a reference. */
final class Logins {
  private final Faults faults;
  private final Map<String, Credential> credentials = new HashMap<>();

  Logins(Faults faults) {
    this.faults = faults;
  }

  /**
   * Reads {@code user} with {@code password} or {@code token}, and keeps them under a reference.
   *
   * @return the reference; empty when there is no login
   */
  Optional<String> read(Fields fields, String reference) {
    Optional<String> user = fields.word("user");
    Optional<Node.Text> password = secret(fields, "password");
    Optional<Node.Text> token = secret(fields, "token");
    if (password.isPresent() && token.isPresent()) {
      faults.add(fields.namePlace("token"), "a login has a password or a token, but this has both");
    } else if (fields.has("user") && !fields.has("password") && !fields.has("token")) {
      faults.add(
          fields.namePlace("user"), "a login has a password or a token, but this has only a user");
    }
    Optional<Credential> login =
        password
            .<Credential>map(text -> new Credential.Password(user.orElse(""), text.value()))
            .or(() -> token.map(t -> new Credential.AccessToken(user.orElse(""), t.value())));
    login.ifPresent(credential -> credentials.put(reference, credential));
    return login.map(credential -> reference);
  }

  /**
   * Reads {@code user} with {@code password}, and keeps them under a reference.
   *
   * @return the reference; empty when one of them is missing
   */
  Optional<String> readPassword(Fields fields, String reference) {
    Optional<String> user = fields.word("user");
    Optional<Node.Text> password = secret(fields, "password");
    if (user.isEmpty() || password.isEmpty()) {
      return Optional.empty();
    }
    credentials.put(reference, new Credential.Password(user.get(), password.orElseThrow().value()));
    return Optional.of(reference);
  }

  /** Gives the reference back when there is a login under it. */
  Optional<String> has(String reference) {
    return credentials.containsKey(reference) ? Optional.of(reference) : Optional.empty();
  }

  private Optional<Node.Text> secret(Fields fields, String name) {
    Optional<Node> node = fields.node(name);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (!(node.get() instanceof Node.Text)) {
      // Not the usual message: it would show the secret.
      faults.add(
          node.get().place(), "'" + name + "' must be a text, but is not: write it in quotes");
      return Optional.empty();
    }
    Optional<Node.Text> text = fields.textNode(name);
    if (text.isEmpty()) {
      return text;
    }
    Place place = text.get().place();
    if (text.get().value().isBlank()) {
      faults.add(
          place,
          text.get().fromVariable()
              ? "the variable of '" + name + "' is empty: set it"
              : "'" + name + "' must not be blank: give it a value or leave it out");
      return Optional.empty();
    }
    if (!text.get().fromVariable()) {
      faults.lint(
          place,
          "'"
              + name
              + "' stands in the file, where others may read it: take it from the environment, as"
              + " in \"${SMTP_PASSWORD}\"");
    }
    return text;
  }

  /** Gives a store of the logins read so far, and of the environment for other references. */
  CredentialStore store(Map<String, String> environment) {
    Map<String, Credential> inFile = Map.copyOf(credentials);
    CredentialStore others = CredentialStore.environment(environment);
    return (tenant, reference) ->
        Optional.ofNullable(inFile.get(reference)).or(() -> others.find(tenant, reference));
  }
}
