package dev.sequencer.files;

import dev.sequencer.Retry;
import dev.sequencer.Sequence;
import dev.sequencer.internal.definition.Definitions;
import dev.sequencer.internal.definition.Windows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The stored form of a sequence in the short words that people write. */
final class SequenceYaml {
  private SequenceYaml() {}

  static Map<String, Object> tree(Sequence sequence) {
    // Writing it as JSON refuses what no store and no YAML can hold.
    Definitions.toJson(sequence);
    Map<String, Object> tree = new LinkedHashMap<>();
    Definitions.tree(sequence)
        .forEach(
            (name, value) -> {
              switch (name) {
                case "format" -> {}
                case "window" ->
                    sequence
                        .rules()
                        .window()
                        .ifPresent(window -> tree.put(name, Windows.shortTree(window)));
                case "retry" -> retry(tree, sequence.rules().retry(), value);
                case "steps" -> tree.put(name, steps((List<?>) value));
                default -> tree.put(name, value);
              }
            });
    return tree;
  }

  private static void retry(Map<String, Object> tree, Retry retry, Object pauses) {
    if (retry.equals(Retry.standard())) {
      return;
    }
    boolean patient = retry.equals(Retry.patient());
    tree.put("retry", patient ? "patient" : retry.pauses().isEmpty() ? "never" : pauses);
  }

  private static List<Object> steps(List<?> steps) {
    List<Object> written = new ArrayList<>();
    int waits = 0;
    for (Object step : steps) {
      Map<String, Object> fields = new LinkedHashMap<>();
      ((Map<?, ?>) step).forEach((name, value) -> fields.put(String.valueOf(name), value));
      if ("wait".equals(fields.get("type"))) {
        waits++;
        written.add(waiting(fields, "wait-" + waits));
      } else {
        written.add(email(fields));
      }
    }
    return written;
  }

  private static Map<String, Object> waiting(Map<String, Object> fields, String usualKey) {
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("wait", fields.getOrDefault("delay", ""));
    fields.forEach(
        (name, value) -> {
          boolean said = List.of("type", "delay").contains(name);
          if (!said && !(name.equals("key") && value.equals(usualKey))) {
            step.put(name, value);
          }
        });
    return step;
  }

  private static Map<String, Object> email(Map<String, Object> fields) {
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("email", fields.getOrDefault("key", ""));
    fields.forEach(
        (name, value) -> {
          if (!List.of("type", "key").contains(name)) {
            step.put(name, value);
          }
        });
    return step;
  }
}
