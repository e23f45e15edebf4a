package dev.sequencer.files;

import dev.sequencer.InDoubt;
import dev.sequencer.Zones;
import dev.sequencer.internal.definition.DurationText;
import dev.sequencer.internal.definition.Faults;
import dev.sequencer.internal.definition.Fields;
import dev.sequencer.internal.definition.Node;
import dev.sequencer.internal.definition.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads a configuration from its nodes. What is wrong is reported, all of it. */
final class ConfigurationReader {
  private static final int LONGEST_NODE_NAME = 100;
  private static final String SEQUENCES = "sequences";

  private final Path base;
  private final Variables variables;
  private final Map<String, String> environment;
  private final Faults faults;

  ConfigurationReader(Path file, Map<String, String> environment, Faults faults) {
    this.base = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    this.environment = environment;
    this.variables = new Variables(environment, faults);
    this.faults = faults;
  }

  Configuration read(Node node) {
    Fields fields = Fields.of(replaced(node), "a configuration", faults);
    fields.format("a configuration");
    Logins logins = new Logins(faults);
    StoreReader stores = new StoreReader(this::path, logins, faults);
    StoreSettings store =
        fields.node("store").flatMap(stores::read).orElse(new StoreSettings.Memory());
    EngineSettings engine = engine(fields);
    Optional<Path> templates = fields.value("templates", this::path);
    templates.ifPresent(folder -> checkFolder(folder, fields.place("templates")));
    Map<String, TransportSettings> transports =
        new TransportReader(this::path, logins, faults).read(fields.node("transports"));
    MailboxesReader mailboxes = new MailboxesReader(fields, transports.keySet(), logins, faults);
    SequencesReader sequences = new SequencesReader(base, faults);
    Configuration configuration =
        new Configuration(
            store,
            transports,
            mailboxes.read(),
            sequences.read(fields.items(SEQUENCES)),
            templates,
            engine,
            logins.store(environment),
            faults.lints());
    fields.done();
    return configuration;
  }

  /** Replaces variables everywhere but inside sequences, where such text belongs to a mail. */
  private Node replaced(Node node) {
    if (!(node instanceof Node.Members object)) {
      return node;
    }
    Map<String, Node.Member> members = new LinkedHashMap<>();
    object
        .members()
        .forEach(
            (name, member) ->
                members.put(
                    name,
                    new Node.Member(
                        member.name(),
                        name.equals(SEQUENCES)
                            ? variables.inTextsOf(member.value())
                            : variables.in(member.value()))));
    return new Node.Members(object.place(), members);
  }

  private Path path(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a path must not be blank");
    }
    return base.resolve(text).normalize();
  }

  private void checkFolder(Path folder, Place place) {
    if (!Files.isDirectory(folder)) {
      faults.add(place, "there is no folder '" + folder + "': make it, or correct the path");
    }
  }

  private EngineSettings engine(Fields fields) {
    EngineSettings usual = EngineSettings.DEFAULT;
    return new EngineSettings(
        fields.value("defaultZone", Zones::of),
        fields.value("node", ConfigurationReader::nodeName),
        fields.integer("workers", 1, 1000).orElse(usual.workers()),
        fields.oneOf("inDoubt", InDoubt.class).orElse(usual.inDoubt()),
        fields.node("times").map(this::times).orElse(usual.times()),
        fields.flag("logOutcomes").orElse(usual.logOutcomes()));
  }

  private static String nodeName(String text) {
    if (text.isBlank() || text.length() > LONGEST_NODE_NAME) {
      throw new IllegalArgumentException(
          "the name of a node must have 1 to "
              + LONGEST_NODE_NAME
              + " characters and not be blank");
    }
    return text;
  }

  private EngineSettings.Times times(Node node) {
    EngineSettings.Times usual = EngineSettings.Times.DEFAULT;
    Fields fields = Fields.of(node, "'times'", faults);
    EngineSettings.Times times =
        new EngineSettings.Times(
            kernelTime(fields, "claimExpiry").orElse(usual.claimExpiry()),
            kernelTime(fields, "decisionMargin").orElse(usual.decisionMargin()),
            kernelTime(fields, "sweep").orElse(usual.sweep()),
            kernelTime(fields, "hostCode").orElse(usual.hostCode()),
            time(fields, "expectPass", Duration.ofSeconds(1), Duration.ofDays(7))
                .orElse(usual.expectPass()));
    fields.done();
    return times;
  }

  private static Optional<Duration> kernelTime(Fields fields, String name) {
    return time(fields, name, Duration.ofMillis(10), Duration.ofHours(1));
  }

  /** Gives a time within bounds. */
  static Optional<Duration> time(Fields fields, String name, Duration least, Duration most) {
    return fields.value(
        name,
        text -> {
          Duration time = DurationText.parse(text);
          if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                "'"
                    + name
                    + "' must be from "
                    + DurationText.write(least)
                    + " to "
                    + DurationText.write(most)
                    + ", but is '"
                    + text
                    + "'");
          }
          return time;
        });
  }
}
