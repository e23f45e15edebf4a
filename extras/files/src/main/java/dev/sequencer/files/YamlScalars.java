package dev.sequencer.files;

import dev.sequencer.internal.definition.Faults;
import dev.sequencer.internal.definition.Node;
import dev.sequencer.internal.definition.Numbers;
import dev.sequencer.internal.definition.Place;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/** Says what a scalar is, by the core schema of YAML 1.2 (section 10.3). */
final class YamlScalars {
  private static final ScalarResolver RESOLVER = new CoreScalarResolver(false);
  private static final String TEXT_TAG = Tag.STR.getValue();

  private YamlScalars() {}

  /** Gives the node of a scalar; an unknown tag is reported. */
  static Node node(ScalarEvent scalar, Place place, Faults faults) {
    String value = scalar.getValue();
    Optional<String> tag = scalar.getTag();
    if (tag.isPresent()) {
      if (!tag.get().equals(TEXT_TAG) && !tag.get().equals("!")) {
        noTag(tag.get(), place, faults);
        return new Node.Unreadable(place);
      }
      return new Node.Text(place, value, false);
    }
    return scalar.isPlain() ? plain(value, place, faults) : new Node.Text(place, value, false);
  }

  private static Node plain(String value, Place place, Faults faults) {
    Tag tag = RESOLVER.resolve(value, true);
    if (tag.equals(Tag.NULL)) {
      return new Node.Nothing(place);
    }
    if (tag.equals(Tag.BOOL)) {
      return new Node.Flag(place, value.toLowerCase(Locale.ROOT).equals("true"));
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return number(value, tag, place, faults);
    }
    return new Node.Text(place, value, false);
  }

  private static Node number(String value, Tag tag, Place place, Faults faults) {
    Optional<Number> number = tag.equals(Tag.INT) ? whole(value) : Numbers.broken(value);
    if (number.isEmpty()) {
      faults.add(
          place,
          "a number must be finite and have at most 1000 digits: write a text in quotes instead");
      return new Node.Unreadable(place);
    }
    return new Node.Numeric(place, number.get());
  }

  private static Optional<Number> whole(String value) {
    if (value.startsWith("0x")) {
      return Numbers.whole(new BigInteger(value.substring(2), 16).toString());
    }
    if (value.startsWith("0o")) {
      return Numbers.whole(new BigInteger(value.substring(2), 8).toString());
    }
    return Numbers.whole(value);
  }

  /** Reports a tag. */
  static void noTag(String tag, Place place, Faults faults) {
    faults.add(place, "tags are not understood here, but this has '" + tag + "': remove it");
  }
}
