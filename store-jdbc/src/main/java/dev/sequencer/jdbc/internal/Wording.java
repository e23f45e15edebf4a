package dev.sequencer.jdbc.internal;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All statements as one database and one table prefix word them: {@code sequencer_} becomes the
 * prefix, <code>{name}</code> the elements of the list parameter {@code :name}.
 */
public final class Wording {
  /** The prefix in the texts. */
  public static final String PREFIX = "sequencer_";

  private static final Pattern AMONG = Pattern.compile("in \\{(\\w+)}");
  private static final Pattern LIST = Pattern.compile("\\{(\\w+)}");

  private final Dialect dialect;
  private final String prefix;
  private final Map<Sql, String> texts = new EnumMap<>(Sql.class);

  public Wording(Dialect dialect, String prefix) {
    this.dialect = dialect;
    this.prefix = prefix;
    Map<Sql, String> own = dialect.own();
    for (Sql sql : Sql.values()) {
      texts.put(sql, fill(own.getOrDefault(sql, sql.text())));
    }
  }

  String of(Sql sql) {
    return Objects.requireNonNull(texts.get(sql));
  }

  /** Fills in prefix and lists. */
  public String fill(String text) {
    String among =
        AMONG
            .matcher(text.replace(PREFIX, prefix))
            .replaceAll(list -> Matcher.quoteReplacement(dialect.among(list.group(1))));
    Matcher lists = LIST.matcher(among);
    return lists.replaceAll(
        list -> Matcher.quoteReplacement("(" + dialect.elements(list.group(1)) + ")"));
  }

  Dialect dialect() {
    return dialect;
  }
}
