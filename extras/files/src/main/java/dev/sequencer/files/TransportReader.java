package dev.sequencer.files;

import dev.sequencer.internal.definition.Faults;
import dev.sequencer.internal.definition.Fields;
import dev.sequencer.internal.definition.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** Reads the transports of a configuration. */
final class TransportReader {
  private static final List<String> TYPES = List.of("smtp", "eml");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
  private static final int STARTTLS_PORT = 587;
  private static final int TLS_PORT = 465;
  private static final int CLEAR_PORT = 25;

  private final Function<String, Path> path;
  private final Logins logins;
  private final Faults faults;

  TransportReader(Function<String, Path> path, Logins logins, Faults faults) {
    this.path = path;
    this.logins = logins;
    this.faults = faults;
  }

  /** Gives the reference of the login that a transport has for its mailboxes. */
  static String reference(String transport) {
    return "transport " + transport;
  }

  Map<String, TransportSettings> read(Optional<Node> transports) {
    Map<String, TransportSettings> read = new LinkedHashMap<>();
    if (transports.isEmpty()) {
      return read;
    }
    if (!(transports.get() instanceof Node.Members object)) {
      faults.add(
          transports.get().place(),
          "'transports' must be an object of names and transports, but is "
              + transports.get().kind());
      return read;
    }
    object
        .members()
        .forEach(
            (name, member) -> {
              if (name.isBlank()) {
                faults.add(member.name(), "the name of a transport must not be blank");
              }
              // A transport that is wrong keeps its name, so that mailboxes are not wrong too.
              read.put(
                  name,
                  transport(name, member.value())
                      .orElse(new TransportSettings.Eml(Path.of("unknown"))));
            });
    return read;
  }

  private Optional<TransportSettings> transport(String name, Node node) {
    Fields fields = Fields.of(node, "a transport", faults);
    fields.require("type", "a transport");
    Optional<Node.Text> type = fields.textNode("type");
    if (type.isEmpty()) {
      return Optional.empty();
    }
    Optional<TransportSettings> read = Optional.empty();
    switch (type.get().value()) {
      case "smtp" -> read = smtp(name, fields);
      case "eml" -> {
        fields.require("folder", "an eml transport");
        read = fields.value("folder", path).map(TransportSettings.Eml::new);
      }
      default -> {
        faults.unknown(type.get(), "the type of a transport", TYPES);
        return Optional.empty();
      }
    }
    fields.done();
    return read;
  }

  private Optional<TransportSettings> smtp(String name, Fields fields) {
    fields.require("host", "an smtp transport");
    Optional<String> host = fields.word("host");
    OptionalInt port = fields.integer("port", 1, 65_535);
    Optional<TransportSettings.Security> said =
        fields.oneOf("security", TransportSettings.Security.class);
    TransportSettings.Security security = said.orElse(usualSecurity(port));
    checkClear(host, security, fields);
    logins.read(fields, reference(name));
    TransportSettings.Smtp smtp =
        new TransportSettings.Smtp(
            host.orElse("unknown"),
            port.orElse(usualPort(security)),
            security,
            fields.oneOf("auth", TransportSettings.Auth.class),
            fields.word("localName"),
            new TransportSettings.Waits(
                wait(fields, "handOver"),
                wait(fields, "answer"),
                wait(fields, "connectTimeout"),
                wait(fields, "readTimeout"),
                ConfigurationReader.time(fields, "idle", Duration.ZERO, Duration.ofHours(1))),
            fields.integer("mailsPerConnection", 1, Integer.MAX_VALUE));
    return host.map(known -> smtp);
  }

  private static Optional<Duration> wait(Fields fields, String name) {
    return ConfigurationReader.time(fields, name, Duration.ofMillis(1), Duration.ofHours(1));
  }

  private static TransportSettings.Security usualSecurity(OptionalInt port) {
    return port.isPresent() && port.getAsInt() == TLS_PORT
        ? TransportSettings.Security.TLS
        : TransportSettings.Security.STARTTLS;
  }

  private static int usualPort(TransportSettings.Security security) {
    return switch (security) {
      case STARTTLS -> STARTTLS_PORT;
      case TLS -> TLS_PORT;
      case NONE -> CLEAR_PORT;
    };
  }

  private void checkClear(
      Optional<String> host, TransportSettings.Security security, Fields fields) {
    boolean away = host.filter(name -> !LOOPBACK.contains(name)).isPresent();
    if (away && security == TransportSettings.Security.NONE) {
      faults.lint(
          fields.place("security"),
          "mails and passwords go in clear to another machine: use starttls or tls");
    }
  }
}
