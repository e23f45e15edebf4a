package dev.sequencer.internal.definition;

import dev.sequencer.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds where something of a definition stands in its source, by the paths that the engine gives:
 * {@code steps.welcome.template} and {@code steps[2].key}. Immutable.
 */
public final class SourcePlaces {
  private static final Pattern INDEX = Pattern.compile("\\[([0-9]{1,6})\\]");

  private final Node root;

  /** Makes one for the node that a definition was read from. */
  public SourcePlaces(Node root) {
    this.root = root;
  }

  /** Gives the place of a path, or of the nearest thing around it. */
  public Place of(String path) {
    Node at = root;
    String rest = path;
    boolean inSteps = false;
    while (!rest.isEmpty()) {
      Optional<Found> found = inSteps ? step(at, rest) : child(at, rest);
      if (found.isEmpty()) {
        return at.place();
      }
      inSteps = at == root && rest.startsWith("steps") && !inSteps;
      at = found.get().node();
      rest = found.get().rest();
    }
    return at.place();
  }

  /** Gives the same problem with its place in the source. */
  public Problem of(Problem problem) {
    return new Problem(problem.severity(), of(problem.place()).toString(), problem.message());
  }

  /**
   * What a part of a path led to.
   *
   * @param node the node
   * @param rest the path from there on
   */
  private record Found(Node node, String rest) {}

  private static Optional<Found> step(Node steps, String rest) {
    if (!(steps instanceof Node.Items list)) {
      return Optional.empty();
    }
    if (rest.startsWith("[")) {
      return item(list, rest);
    }
    int waits = 0;
    Optional<Found> best = Optional.empty();
    for (Node item : list.items()) {
      waits += isWait(item) ? 1 : 0;
      String key = key(item, waits);
      boolean named = rest.equals(key) || rest.startsWith(key + ".");
      // A key may hold dots: the longest one that fits is meant.
      if (named && best.filter(b -> b.rest().length() < rest.length() - key.length()).isEmpty()) {
        best = Optional.of(new Found(item, after(rest, key.length())));
      }
    }
    return best;
  }

  private static boolean isWait(Node step) {
    return text(step, "type").filter(StepReader.WAIT::equals).isPresent()
        || text(step, StepReader.WAIT).isPresent();
  }

  private static String key(Node step, int waits) {
    return text(step, "key")
        .or(() -> text(step, StepReader.EMAIL))
        .orElse(StepReader.WAIT + "-" + waits);
  }

  private static Optional<String> text(Node node, String name) {
    return member(node, name)
        .filter(Node.Text.class::isInstance)
        .map(value -> ((Node.Text) value).value());
  }

  private static Optional<Found> item(Node.Items list, String rest) {
    Matcher index = INDEX.matcher(rest);
    if (!index.lookingAt() || Integer.parseInt(index.group(1)) >= list.items().size()) {
      return Optional.empty();
    }
    Node item = list.items().get(Integer.parseInt(index.group(1)));
    return Optional.of(new Found(item, after(rest, index.end())));
  }

  private static Optional<Found> child(Node node, String rest) {
    if (node instanceof Node.Items list) {
      return item(list, rest);
    }
    int end = 0;
    while (end < rest.length() && rest.charAt(end) != '.' && rest.charAt(end) != '[') {
      end++;
    }
    String name = rest.substring(0, end);
    int after = end;
    Optional<Node> value = member(node, name);
    for (String other :
        Map.of("key", List.of(StepReader.EMAIL, StepReader.WAIT), "delay", List.of(StepReader.WAIT))
            .getOrDefault(name, List.of())) {
      value = value.or(() -> member(node, other));
    }
    return value.map(found -> new Found(found, after(rest, after)));
  }

  private static Optional<Node> member(Node node, String name) {
    return node instanceof Node.Members object
        ? Optional.ofNullable(object.members().get(name)).map(Node.Member::value)
        : Optional.empty();
  }

  private static String after(String path, int index) {
    return path.startsWith(".", index) ? path.substring(index + 1) : path.substring(index);
  }
}
