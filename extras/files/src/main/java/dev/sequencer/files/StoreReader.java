package dev.sequencer.files;

import dev.sequencer.internal.definition.Faults;
import dev.sequencer.internal.definition.Fields;
import dev.sequencer.internal.definition.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads where a configuration keeps everything. */
final class StoreReader {
  private static final String URL = "jdbc:postgresql:";
  private static final Pattern LOGIN = Pattern.compile("@|[?&](user|password)=");
  private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
  private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_]{0,30}");
  private static final int MOST_CONNECTIONS = 100;

  /** Like no reference of the environment and no address. */
  private static final String REFERENCE = "store/postgres";

  private final Function<String, Path> path;
  private final Logins logins;
  private final Faults faults;

  /**
   * Makes one.
   *
   * @param path resolves a path of the file
   */
  StoreReader(Function<String, Path> path, Logins logins, Faults faults) {
    this.path = path;
    this.logins = logins;
    this.faults = faults;
  }

  Optional<StoreSettings> read(Node node) {
    if (node instanceof Node.Text word) {
      if (word.value().equals("memory")) {
        return Optional.of(new StoreSettings.Memory());
      }
      faults.unknown(word, "'store', where it is no object,", List.of("memory"));
      return Optional.empty();
    }
    Fields fields = Fields.of(node, "'store'", faults);
    Optional<StoreSettings> sqlite = fields.value("sqlite", path).map(StoreSettings.Sqlite::new);
    Optional<StoreSettings> postgres = fields.node("postgres").flatMap(this::postgres);
    if (fields.has("sqlite") && fields.has("postgres")) {
      faults.add(
          fields.namePlace("sqlite"),
          "a store is 'sqlite' or 'postgres', but this is both: leave one out");
    } else if (!fields.isBroken() && !fields.has("sqlite") && !fields.has("postgres")) {
      faults.add(
          fields.place(), "a store is 'sqlite' or 'postgres', but this is neither: give it one");
    }
    fields.done();
    return sqlite.or(() -> postgres);
  }

  private Optional<StoreSettings> postgres(Node node) {
    Fields fields = Fields.of(node, "'postgres'", faults);
    fields.require("url", "'postgres'");
    StoreSettings.Postgres usual = StoreSettings.Postgres.at("", "");
    Optional<String> url = fields.value("url", StoreReader::url);
    Optional<String> credentials = credentials(fields);
    Optional<String> schema =
        fields.value("schema", text -> name(text, SCHEMA, "'schema'", 63, " or an underscore"));
    Optional<String> prefix =
        fields.value("tablePrefix", text -> name(text, PREFIX, "'tablePrefix'", 31, ""));
    Optional<Boolean> migrate = fields.flag("migrate");
    int connections =
        fields.integer("connections", 1, MOST_CONNECTIONS).orElse(usual.connections());
    Optional<Boolean> listen = fields.flag("listen");
    fields.done();
    return url.isEmpty() || credentials.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StoreSettings.Postgres(
                url.get(),
                credentials.get(),
                schema.orElse(usual.schema()),
                prefix.orElse(usual.tablePrefix()),
                migrate.orElse(usual.migrate()),
                connections,
                listen.orElse(usual.listen())));
  }

  private Optional<String> credentials(Fields fields) {
    Optional<String> own = logins.readPassword(fields, REFERENCE);
    Optional<String> others = fields.word("credentials");
    boolean hasOwn = fields.has("user") || fields.has("password");
    if (fields.has("credentials") && hasOwn) {
      faults.add(
          fields.namePlace("credentials"),
          "a store has a login of its own or 'credentials', but this has both: leave one out");
    } else if (!fields.isBroken()
        && !fields.has("credentials")
        && !(fields.has("user") && fields.has("password"))) {
      faults.add(
          fields.place(),
          "a PostgreSQL store needs a login: give it 'user' with 'password', or 'credentials'");
    }
    return own.or(() -> others);
  }

  /** Never shows one that is refused: it may hold a password at any place. */
  private static String url(String text) {
    if (!text.startsWith(URL)) {
      throw new IllegalArgumentException(
          "'url' must begin with '" + URL + "': write it as in jdbc:postgresql://host/database");
    }
    if (LOGIN.matcher(text).find()) {
      throw new IllegalArgumentException(
          "'url' must have no login in it: give it 'user' and 'password' of their own");
    }
    return text;
  }

  private static String name(String text, Pattern pattern, String field, int most, String orElse) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException(
          field
              + " must be 1 to "
              + most
              + " lower-case letters, digits and underscores and begin with a letter"
              + orElse);
    }
    return text;
  }
}
