package dev.sequencer.files;

import dev.sequencer.internal.definition.Faults;
import dev.sequencer.internal.definition.Node;
import dev.sequencer.internal.definition.Place;
import dev.sequencer.internal.text.DidYouMean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces variables of the environment in texts: {@code NAME} in braces after a dollar sign, with
 * a default after {@code :-}; two dollar signs before a brace stand for one. A variable that is
 * empty counts as missing where it has a default, as in a shell.
 */
final class Variables {
  private static final Pattern PART = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(\\}?)");
  private static final Pattern NAME =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);

  private final Map<String, String> environment;
  private final Faults faults;

  Variables(Map<String, String> environment, Faults faults) {
    this.environment = Map.copyOf(environment);
    this.faults = faults;
  }

  /** Gives a node with the variables of all texts in it replaced; what is wrong is reported. */
  Node in(Node node) {
    if (node instanceof Node.Text text) {
      return in(text);
    }
    if (node instanceof Node.Items list) {
      List<Node> items = list.items().stream().map(this::in).toList();
      return new Node.Items(list.place(), items);
    }
    if (node instanceof Node.Members object) {
      Map<String, Node.Member> members = new LinkedHashMap<>();
      object
          .members()
          .forEach(
              (name, member) ->
                  members.put(name, new Node.Member(member.name(), in(member.value()))));
      return new Node.Members(object.place(), members);
    }
    return node;
  }

  /** Gives a list with the variables of its texts replaced, and of nothing in its objects. */
  Node inTextsOf(Node node) {
    if (node instanceof Node.Items list) {
      List<Node> items =
          list.items().stream().map(item -> item instanceof Node.Text ? in(item) : item).toList();
      return new Node.Items(list.place(), items);
    }
    return node instanceof Node.Text ? in(node) : node;
  }

  private Node in(Node.Text text) {
    int before = faults.count();
    Matcher matcher = PART.matcher(text.value());
    StringBuilder replaced = new StringBuilder();
    boolean variable = false;
    while (matcher.find()) {
      Optional<String> inside = Optional.ofNullable(matcher.group(1));
      boolean closed = !"".equals(matcher.group(2));
      String value = inside.map(name -> value(name, closed, text.place())).orElse("${");
      variable |= inside.isPresent();
      matcher.appendReplacement(replaced, Matcher.quoteReplacement(value));
    }
    matcher.appendTail(replaced);
    return faults.count() > before
        ? new Node.Unreadable(text.place())
        : new Node.Text(text.place(), replaced.toString(), variable);
  }

  private String value(String inside, boolean closed, Place place) {
    Matcher name = NAME.matcher(inside);
    if (!closed || !name.matches()) {
      faults.add(
          place,
          "a variable must be like ${NAME} or ${NAME:-default}, but this is not; write $${ where"
              + " no variable is meant");
      return "";
    }
    String variable = name.group(1);
    Optional<String> otherwise = Optional.ofNullable(name.group(2));
    Optional<String> value =
        Optional.ofNullable(environment.get(variable))
            .filter(given -> otherwise.isEmpty() || !given.isEmpty())
            .or(() -> otherwise);
    if (value.isEmpty()) {
      faults.add(
          place,
          "the environment has no variable "
              + variable
              + DidYouMean.among(variable, environment.keySet())
                  .map(near -> " (did you mean " + near + "?)")
                  .orElse("")
              + ": set it, or give a default as ${"
              + variable
              + ":-...}");
    }
    return value.orElse("");
  }
}
