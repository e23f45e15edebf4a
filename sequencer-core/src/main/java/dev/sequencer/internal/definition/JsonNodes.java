package dev.sequencer.internal.definition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sequencer.DefinitionException;
import dev.sequencer.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads JSON (RFC 8259) into nodes. */
final class JsonNodes {
  // Names that stand twice are reported like other faults, all of them, instead of by the parser.
  private static final JsonFactory FACTORY =
      Json.FACTORY.rebuild().disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String what;
  private final JsonParser parser;
  private final Faults faults;

  private JsonNodes(String what, JsonParser parser, Faults faults) {
    this.what = what;
    this.parser = parser;
    this.faults = faults;
  }

  /**
   * Reads one value.
   *
   * @throws DefinitionException when it is malformed or has too much
   */
  static Node read(String what, String json, Faults faults) {
    if (json.length() > Json.LONGEST) {
      throw refused(
          what,
          Place.ROOT,
          "a definition has at most " + Json.LONGEST + " characters, but has " + json.length());
    }
    try (JsonParser parser = FACTORY.createParser(json)) {
      try {
        return new JsonNodes(what, parser, faults).whole();
      } catch (JsonProcessingException e) {
        throw refused(what, at(Place.ROOT, Json.where(e, parser)), message(e));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Node whole() throws IOException {
    if (parser.nextToken() == null) {
      throw refused(what, Place.ROOT, "a definition is a JSON object, but there is nothing");
    }
    Node node = node(Place.ROOT);
    if (parser.nextToken() != null) {
      throw refused(what, here(Place.ROOT), "JSON ends after its value, but goes on here");
    }
    return node;
  }

  private static DefinitionException refused(String what, Place place, String message) {
    return new DefinitionException(what, List.of(Problem.fault(place.toString(), message)));
  }

  private static String message(JsonProcessingException e) {
    return "JSON is malformed: "
        + Optional.ofNullable(e.getOriginalMessage()).orElse("not understood");
  }

  private Node node(Place path) throws IOException {
    Place place = here(path);
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(place);
      case START_ARRAY -> list(place);
      case VALUE_TRUE -> new Node.Flag(place, true);
      case VALUE_FALSE -> new Node.Flag(place, false);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Node.Numeric(
              place,
              Json.number(parser)
                  .orElseThrow(() -> refused(what, place, "this number has too many digits")));
      case VALUE_STRING -> new Node.Text(place, parser.getText(), false);
      default -> new Node.Nothing(place);
    };
  }

  private Node object(Place place) throws IOException {
    Map<String, Node.Member> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Place itsName = here(place.member(name));
      parser.nextToken();
      Node.Member before =
          members.putIfAbsent(name, new Node.Member(itsName, node(place.member(name))));
      if (before != null) {
        faults.duplicate(itsName, name, before.name());
      }
    }
    return new Node.Members(place, members);
  }

  private Node list(Place place) throws IOException {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(place.item(items.size(), 0, 0)));
    }
    return new Node.Items(place, items);
  }

  private Place here(Place path) {
    return at(path, parser.currentTokenLocation());
  }

  private static Place at(Place path, JsonLocation location) {
    return new Place(path.source(), path.path(), location.getLineNr(), location.getColumnNr());
  }
}
