package dev.sequencer.files;

import dev.sequencer.DefinitionException;
import dev.sequencer.internal.definition.Faults;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration as YAML 1.2 in UTF-8.
 *
 * <pre>{@code
 * store: {sqlite: ./sequencer.db}                 # or: store: memory
 * defaultZone: Europe/Berlin
 * templates: ./mail
 * transports:
 *   smtp: {type: smtp, host: smtp.acme.example, port: 587, security: starttls}
 *   files: {type: eml, folder: ./outbox}
 * mailboxes:
 *   - address: Ann <ann@acme.example>
 *     via: smtp
 *     user: ann
 *     password: "${SMTP_PASSWORD}"
 *     perDay: 30
 *     spread: evenly
 *     hours: {mon-fri: "09:00-17:00"}
 * sequences:
 *   - ./sequences                                 # a file, a folder, or a sequence
 * }</pre>
 *
 * <p>Paths are resolved against the folder of the file. Secrets come from the environment: <code>
 * ${NAME}</code>, or <code>${NAME:-default}</code> where it may be missing or empty; two dollar
 * signs before a brace are one and no variable. Variables are replaced everywhere but inside
 * sequences, where such text belongs to a mail. A secret written in the file is a lint. A file has
 * at most 4 MiB. Stateless; safe for use by several threads.
 */
public final class ConfigurationFile {
  private ConfigurationFile() {}

  /**
   * Reads a file and the sequence files that it names.
   *
   * @param file the file
   * @param environment the variables, {@code System.getenv()} in a host
   * @throws DefinitionException with everything that is wrong, each with {@code file:line:column};
   *     also when a file cannot be read
   */
  public static Configuration read(Path file, Map<String, String> environment) {
    Faults faults = new Faults();
    String name = file.toString();
    Optional<Configuration> configuration =
        SourceFile.read(file, name, faults)
            .map(text -> YamlNodes.read(name, text, faults))
            .map(node -> new ConfigurationReader(file, environment, faults).read(node));
    faults.throwIfAny(name);
    return configuration.orElseThrow(
        () -> new IllegalStateException("no configuration and no fault"));
  }
}
