package dev.sequencer.files;

import dev.sequencer.Mailbox;
import dev.sequencer.Problem;
import dev.sequencer.Sequencer;
import dev.sequencer.spi.CredentialStore;
import dev.sequencer.spi.TemplateSource;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a configuration file says. Immutable. It makes no store and no transport: a host turns
 * {@link #store()} and {@link #transports()} into the kinds that it has, and {@link #applyTo} does
 * the rest.
 *
 * @param store where everything is kept
 * @param transports how mails are sent, by name
 * @param mailboxes the declared mailboxes; one that has a login in the file or whose transport has
 *     one refers to it
 * @param sequences the declared sequences, each with where it stands
 * @param templates the folder of the templates; empty for none
 * @param engine what it says about the engine itself
 * @param credentials the logins of the file, then those of the environment as {@link
 *     CredentialStore#environment(Map)} has them
 * @param lints what is probably a mistake, each with {@code file:line:column}
 */
public record Configuration(
    StoreSettings store,
    Map<String, TransportSettings> transports,
    List<Mailbox> mailboxes,
    List<LocatedSequence> sequences,
    Optional<Path> templates,
    EngineSettings engine,
    CredentialStore credentials,
    List<Problem> lints) {
  /** Copies the collections. */
  public Configuration {
    Objects.requireNonNull(store, "store");
    transports = Collections.unmodifiableMap(new LinkedHashMap<>(transports));
    mailboxes = List.copyOf(mailboxes);
    sequences = List.copyOf(sequences);
    Objects.requireNonNull(templates, "templates");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(credentials, "credentials");
    lints = List.copyOf(lints);
  }

  /**
   * Tells a builder everything but store and transports: mailboxes, sequences, templates,
   * credentials, zone, node and times.
   */
  public void applyTo(Sequencer.Builder builder) {
    engine.applyTo(builder);
    builder.credentials(credentials);
    templates.ifPresent(folder -> builder.templates(TemplateSource.folder(folder)));
    mailboxes.forEach(builder::mailbox);
    sequences.forEach(located -> builder.sequence(located.sequence()));
  }

  /** Gives a declared sequence by name. */
  public Optional<LocatedSequence> sequence(String name) {
    return sequences.stream().filter(located -> located.sequence().name().equals(name)).findFirst();
  }
}
