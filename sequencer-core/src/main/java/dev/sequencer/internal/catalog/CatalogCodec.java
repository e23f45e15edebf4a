package dev.sequencer.internal.catalog;

import dev.sequencer.Mailbox;
import dev.sequencer.Sequence;
import dev.sequencer.internal.catalog.SequenceInfo.Stage;
import dev.sequencer.internal.definition.Definitions;
import dev.sequencer.internal.definition.Json;
import dev.sequencer.internal.plan.StepGraph;
import dev.sequencer.spi.store.Document;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes and reads the bodies of the documents that hold definitions. */
final class CatalogCodec {
  private static final int FORMAT = 1;

  private CatalogCodec() {}

  /** What the document of a sequence says. */
  record SequenceBody(
      Stage stage,
      boolean declared,
      int current,
      Sequence definition,
      Map<String, Integer> numbers,
      List<String> declaredHashes) {
    SequenceBody stage(Stage next) {
      return new SequenceBody(next, declared, current, definition, numbers, declaredHashes);
    }
  }

  static String write(SequenceBody body) {
    Map<String, Object> tree = tree();
    tree.put("stage", body.stage().name());
    tree.put("declared", body.declared());
    tree.put("current", body.current());
    tree.put("definition", Json.object(Definitions.toJson(body.definition())));
    tree.put("numbers", body.numbers());
    tree.put("declaredHashes", body.declaredHashes());
    return Json.write(tree);
  }

  static SequenceBody sequence(Document document) {
    Map<String, Object> tree = read(document);
    return new SequenceBody(
        Stage.valueOf(text(tree, "stage")),
        Boolean.TRUE.equals(tree.get("declared")),
        number(tree, "current"),
        definition(tree),
        numbers(tree),
        strings(tree.get("declaredHashes")));
  }

  static String writeVersion(
      int sequence,
      int number,
      Sequence definition,
      Map<String, Integer> numbers,
      int pool,
      Instant publishedAt) {
    Map<String, Object> tree = tree();
    tree.put("sequence", sequence);
    tree.put("number", number);
    tree.put("definition", Json.object(Definitions.toJson(definition)));
    tree.put("numbers", numbers);
    tree.put("pool", pool);
    tree.put("publishedAt", publishedAt.toString());
    return Json.write(tree);
  }

  static Version version(Document document) {
    Map<String, Object> tree = read(document);
    Sequence definition = definition(tree);
    return new Version(
        document.id(),
        number(tree, "sequence"),
        number(tree, "number"),
        definition,
        StepGraph.of(definition.steps(), numbers(tree)),
        definition.rules().window().map(Definitions::windowDigest),
        number(tree, "pool"),
        Instant.parse(text(tree, "publishedAt")));
  }

  /** What the document of a mailbox says. */
  record MailboxBody(Mailbox mailbox, boolean gone, String declaredAs) {}

  static String write(MailboxBody body) {
    Map<String, Object> tree = tree();
    tree.put("definition", Json.object(Definitions.toJson(body.mailbox())));
    tree.put("gone", body.gone());
    tree.put("declaredAs", body.declaredAs());
    return Json.write(tree);
  }

  static MailboxBody mailbox(Document document) {
    Map<String, Object> tree = read(document);
    return new MailboxBody(
        Definitions.mailbox(Json.write(tree.getOrDefault("definition", Map.of()))),
        Boolean.TRUE.equals(tree.get("gone")),
        text(tree, "declaredAs"));
  }

  static String writePool(List<String> members) {
    Map<String, Object> tree = tree();
    tree.put("members", members);
    return Json.write(tree);
  }

  static List<String> pool(Document document) {
    return strings(read(document).get("members"));
  }

  static String writeSwitch(boolean paused, String who, String why, Instant at) {
    Map<String, Object> tree = tree();
    tree.put("paused", paused);
    tree.put("who", who);
    tree.put("why", why);
    tree.put("at", at.toString());
    return Json.write(tree);
  }

  static boolean paused(Document document) {
    return Boolean.TRUE.equals(read(document).get("paused"));
  }

  private static Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("format", FORMAT);
    return tree;
  }

  private static Map<String, Object> read(Document document) {
    Map<String, Object> tree = Json.object(document.body());
    if (number(tree, "format") > FORMAT) {
      throw new IllegalStateException(
          "this version reads documents up to format "
              + FORMAT
              + ", but '"
              + document.name()
              + "' was written by a newer one: deploy that version on this node too");
    }
    return tree;
  }

  private static Sequence definition(Map<String, Object> tree) {
    return Definitions.sequence(Json.write(tree.getOrDefault("definition", Map.of())));
  }

  private static Map<String, Integer> numbers(Map<String, Object> tree) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    if (tree.get("numbers") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> numbers.put(key.toString(), ((Number) value).intValue()));
    }
    return numbers;
  }

  private static List<String> strings(@org.jspecify.annotations.Nullable Object value) {
    return value instanceof List<?> list ? list.stream().map(Object::toString).toList() : List.of();
  }

  private static String text(Map<String, Object> tree, String field) {
    return Optional.ofNullable(tree.get(field)).map(Object::toString).orElse("");
  }

  private static int number(Map<String, Object> tree, String field) {
    return tree.get(field) instanceof Number number ? number.intValue() : 0;
  }
}
