package dev.sequencer.internal.definition;

import dev.sequencer.DefinitionException;
import dev.sequencer.Mailbox;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Definitions as JSON, as stores keep them and hosts exchange them: what is written is read again
 * as an equal definition. Each text carries {@code "format": 1}; one of a newer format is refused.
 *
 * <p>Stateless; safe for use by several threads.
 */
public final class Definitions {
  private Definitions() {}

  /**
   * Writes a sequence.
   *
   * @throws DefinitionException when a text in it has a NUL or a lone surrogate
   */
  public static String toJson(Sequence sequence) {
    return write("sequence '" + sequence.name() + "'", tree(sequence));
  }

  /**
   * Reads a sequence.
   *
   * @throws DefinitionException with everything that is wrong, each with path, line and column
   */
  public static Sequence sequence(String json) {
    return read("the JSON of a sequence", json, SequenceReader::read);
  }

  /**
   * Writes a mailbox; the reference of its credential is in it, no credential ever is.
   *
   * @throws DefinitionException when a text in it has a NUL or a lone surrogate
   */
  public static String toJson(Mailbox mailbox) {
    return write("a mailbox", withFormat(Trees.lossless().mailbox(mailbox)));
  }

  /**
   * Reads a mailbox.
   *
   * @throws DefinitionException with everything that is wrong, each with path, line and column
   */
  public static Mailbox mailbox(String json) {
    return read(
        "the JSON of a mailbox",
        json,
        (node, faults) -> {
          Fields fields = Fields.of(node, "a mailbox", faults);
          Optional<Mailbox> mailbox = MailboxReader.read(fields, faults);
          fields.done();
          return mailbox;
        });
  }

  /** Writes a window. */
  public static String toJson(SendWindow window) {
    return Json.write(withFormat(Windows.tree(window)));
  }

  /**
   * Reads a window.
   *
   * @throws DefinitionException with everything that is wrong, each with path, line and column
   */
  public static SendWindow window(String json) {
    return read(
        "the JSON of a window",
        json,
        (node, faults) -> {
          if (node instanceof Node.Members) {
            Fields.of(node, "a window", faults).format("a window");
          }
          return Windows.read(node, "a window", faults);
        });
  }

  /** Gives a digest of a window's ranges and holidays: 16 hexadecimal digits, the same for ever. */
  public static String windowDigest(SendWindow window) {
    return sha256(Json.write(Windows.tree(window))).substring(0, 16);
  }

  /**
   * Gives a hash of what makes a version: steps and rules, not name, description, pace or end date.
   * Equal ones have the same hash.
   *
   * @return 64 hexadecimal digits
   */
  public static String versionHash(Sequence sequence) {
    Map<String, Object> tree = new LinkedHashMap<>(Trees.comparable().rules(sequence));
    tree.put("steps", Trees.comparable().steps(sequence));
    return sha256(Json.write(tree));
  }

  /** Gives a sequence as a tree, members in the order in which they are written. */
  public static Map<String, Object> tree(Sequence sequence) {
    Map<String, Object> tree = withFormat(Map.of("name", sequence.name()));
    tree.putAll(Trees.lossless().terms(sequence.terms()));
    tree.putAll(Trees.lossless().rules(sequence));
    tree.put("steps", Trees.lossless().steps(sequence));
    return tree;
  }

  private static Map<String, Object> withFormat(Map<String, Object> tree) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(Fields.FORMAT, Fields.CURRENT_FORMAT);
    all.putAll(tree);
    return all;
  }

  private static String write(String what, Map<String, Object> tree) {
    Faults faults = new Faults();
    checkTexts(tree, Place.ROOT, faults);
    faults.throwIfAny(what);
    return Json.write(tree);
  }

  private static void checkTexts(Object value, Place place, Faults faults) {
    if (value instanceof String text) {
      UnfitText.in(text).ifPresent(rule -> faults.add(place, "a text " + rule));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        checkTexts(list.get(i), place.item(i, 0, 0), faults);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach(
          (name, member) -> {
            UnfitText.in(String.valueOf(name))
                .ifPresent(rule -> faults.add(place, "a name " + rule));
            checkTexts(member, place.member(String.valueOf(name)), faults);
          });
    }
  }

  private static <T> T read(
      String what, String json, BiFunction<Node, Faults, Optional<T>> reader) {
    Faults faults = new Faults();
    Optional<T> value = reader.apply(JsonNodes.read(what, json, faults), faults);
    faults.throwIfAny(what);
    return value.orElseThrow(() -> new IllegalStateException(what + " is wrong without a fault"));
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
