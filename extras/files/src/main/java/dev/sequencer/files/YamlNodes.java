package dev.sequencer.files;

import dev.sequencer.DefinitionException;
import dev.sequencer.Problem;
import dev.sequencer.internal.definition.Faults;
import dev.sequencer.internal.definition.Node;
import dev.sequencer.internal.definition.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one document of YAML 1.2 into nodes. It has no tags but {@code !!str}, at most 64 levels
 * and, with each alias counted as what it stands for, at most 100,000 values.
 */
final class YamlNodes {
  static final int DEEPEST = 64;
  static final int MOST_VALUES = 100_000;

  private final String source;
  private final Faults faults;
  private final Iterator<Event> events;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private long values;

  /**
   * What an alias can stand for.
   *
   * @param node the node
   * @param values how many values it has with all that is in it
   */
  private record Anchored(Node node, long values) {}

  private YamlNodes(String source, String text, Faults faults) {
    this.source = source;
    this.faults = faults;
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setCodePointLimit(SourceFile.LARGEST)
            .setParseComments(false)
            .build();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /**
   * Reads a text; names that stand twice and tags are reported.
   *
   * @throws DefinitionException when it is malformed, has no value, or has too much
   */
  static Node read(String source, String text, Faults faults) {
    try {
      return new YamlNodes(source, text, faults).document();
    } catch (ReaderException e) {
      Place root = new Place(source, "", 0, 0);
      int end = text.offsetByCodePoints(0, Math.min(e.getPosition(), codePoints(text)));
      throw refused(
          source,
          SourceFile.endOf(text.substring(0, end), root),
          String.format(
              "YAML has no character U+%04X: remove it, or write it in double quotes as \\u%04x",
              e.getCodePoint(), e.getCodePoint()));
    } catch (MarkedYamlEngineException e) {
      Place place = at(new Place(source, "", 0, 0), e.getProblemMark().or(e::getContextMark));
      throw refused(source, place, "YAML is malformed: " + message(e));
    } catch (YamlEngineException e) {
      String message = Optional.ofNullable(e.getMessage()).orElse("not understood");
      throw refused(source, new Place(source, "", 0, 0), "YAML is malformed: " + message);
    }
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String message(MarkedYamlEngineException e) {
    String problem = Optional.ofNullable(e.getProblem()).orElse("not understood");
    return Optional.ofNullable(e.getContext())
        .filter(context -> !context.isBlank())
        .map(context -> problem + ", " + context)
        .orElse(problem);
  }

  private static DefinitionException refused(String source, Place place, String message) {
    return new DefinitionException(
        source.isEmpty() ? "the YAML" : source, List.of(Problem.fault(place.toString(), message)));
  }

  private Node document() {
    Place root = new Place(source, "", 1, 1);
    Event event = next();
    while (event.getEventId() == Event.ID.StreamStart || event.getEventId() == Event.ID.Comment) {
      event = next();
    }
    if (event.getEventId() == Event.ID.StreamEnd) {
      throw refused(source, root, "the file is empty: write what it is for, or remove it");
    }
    Node node = node(next(), root, 0);
    Event end = next();
    while (end.getEventId() != Event.ID.StreamEnd) {
      if (end.getEventId() == Event.ID.DocumentStart) {
        throw refused(
            source,
            at(root, end.getStartMark()),
            "a file holds one document, but a second one begins here: move it to a file of its"
                + " own");
      }
      end = next();
    }
    return node;
  }

  private Event next() {
    return events.next();
  }

  private Node node(Event event, Place path, int depth) {
    Place place = at(path, event.getStartMark());
    if (event instanceof AliasEvent alias) {
      return alias(alias, place);
    }
    count(1, place);
    if (depth > DEEPEST) {
      throw refused(source, place, "a file is nested at most " + DEEPEST + " deep, but this is");
    }
    long before = values;
    Node node = built((NodeEvent) event, place, depth);
    ((NodeEvent) event)
        .getAnchor()
        .ifPresent(name -> anchors.put(name.getValue(), new Anchored(node, values - before + 1)));
    return node;
  }

  private Node alias(AliasEvent alias, Place place) {
    String name = alias.getAlias().getValue();
    Anchored meant = anchors.get(name);
    if (meant == null) {
      throw refused(
          source,
          place,
          "an alias stands for what was named before, but nothing is named '&"
              + name
              + "' before this");
    }
    count(meant.values(), place);
    return meant.node();
  }

  private void count(long more, Place place) {
    values += more;
    if (values > MOST_VALUES) {
      throw refused(
          source,
          place,
          "a file holds at most "
              + MOST_VALUES
              + " values, aliases counted as what they stand for, but this is one more");
    }
  }

  private Node built(NodeEvent event, Place place, int depth) {
    if (event instanceof ScalarEvent scalar) {
      return YamlScalars.node(scalar, place, faults);
    }
    CollectionStartEvent start = (CollectionStartEvent) event;
    start.getTag().ifPresent(tag -> YamlScalars.noTag(tag, place, faults));
    return start.getEventId() == Event.ID.SequenceStart ? list(place, depth) : object(place, depth);
  }

  private Node list(Place place, int depth) {
    List<Node> items = new ArrayList<>();
    Event event = next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      items.add(node(event, place.item(items.size(), 0, 0), depth + 1));
      event = next();
    }
    return new Node.Items(place, items);
  }

  private Node object(Place place, int depth) {
    Map<String, Node.Member> members = new LinkedHashMap<>();
    Event event = next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      Place namePlace = at(place, event.getStartMark());
      Optional<String> name = name(event, namePlace, depth);
      Place path = place.member(name.orElse("?"));
      Place itsName = at(path, event.getStartMark());
      Node value = node(next(), path, depth + 1);
      if (name.isPresent()) {
        Node.Member before = members.putIfAbsent(name.get(), new Node.Member(itsName, value));
        if (before != null) {
          faults.duplicate(itsName, name.get(), before.name());
        }
      }
      event = next();
    }
    return new Node.Members(place, members);
  }

  /** A name is whatever is written there, also when it looks like a number. */
  private Optional<String> name(Event event, Place place, int depth) {
    if (event instanceof ScalarEvent scalar) {
      count(1, place);
      return Optional.of(scalar.getValue());
    }
    node(event, place, depth + 1);
    faults.add(place, "the name of a field must be a text, but is a list, an object or an alias");
    return Optional.empty();
  }

  private static Place at(Place path, Optional<Mark> mark) {
    return mark.map(m -> new Place(path.source(), path.path(), m.getLine() + 1, m.getColumn() + 1))
        .orElse(path);
  }
}
