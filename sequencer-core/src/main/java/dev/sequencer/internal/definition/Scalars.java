package dev.sequencer.internal.definition;

import java.util.Optional;
import java.util.function.Function;

/** Reads nodes that are one text, number or boolean. What is wrong is reported. */
final class Scalars {
  private Scalars() {}

  /** Gives a number, also one that a variable gave. */
  static Optional<Number> number(Node node) {
    if (node instanceof Node.Text text && text.fromVariable()) {
      return text.value().matches("-?[0-9]{1,18}") ? Numbers.whole(text.value()) : Optional.empty();
    }
    return node instanceof Node.Numeric number ? Optional.of(number.value()) : Optional.empty();
  }

  /** Gives a value for a message, if it is a short word of the source. */
  static String shown(Node node) {
    boolean word = node instanceof Node.Text text && !text.fromVariable();
    return word && ((Node.Text) node).value().matches("[\\w.,+-]{1,30}")
        ? "'" + ((Node.Text) node).value() + "'"
        : node.kind();
  }

  /** Gives what a text means, or the message of the IllegalArgumentException as a fault. */
  static <T> Optional<T> meaning(
      Node value, String what, Function<String, T> meaning, Faults faults) {
    // A number in the place of a text is reported by what the text should mean.
    if (value instanceof Node.Numeric number) {
      Node.Text digits = new Node.Text(value.place(), number.value().toString(), false);
      if (faults.read(digits, meaning).isEmpty()) {
        return Optional.empty();
      }
    }
    return textNode(value, what, faults).flatMap(text -> faults.read(text, meaning));
  }

  /** Gives the text of a node that no store refuses; another one is reported. */
  static Optional<String> text(Node node, String what, Faults faults) {
    return textNode(node, what, faults).map(Node.Text::value);
  }

  /** Gives it with its place. */
  static Optional<Node.Text> textNode(Node node, String what, Faults faults) {
    if (node instanceof Node.Unreadable) {
      return Optional.empty();
    }
    if (!(node instanceof Node.Text text)) {
      boolean scalar = node instanceof Node.Numeric || node instanceof Node.Flag;
      faults.add(
          node.place(),
          what + " must be a text, but is " + node.kind() + (scalar ? ": write it in quotes" : ""));
      return Optional.empty();
    }
    Optional<String> unfit = UnfitText.in(text.value());
    unfit.ifPresent(found -> faults.add(text.place(), what + " " + found));
    return unfit.isPresent() ? Optional.empty() : Optional.of(text);
  }
}
