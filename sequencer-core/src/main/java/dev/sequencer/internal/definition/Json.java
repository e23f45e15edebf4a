package dev.sequencer.internal.definition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sequencer.Attributes;
import dev.sequencer.internal.text.OutsideText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * JSON (RFC 8259) as maps, lists, strings, numbers and booleans. Whole numbers are read as Long or
 * BigInteger, others as Double where that says the same digits, else as BigDecimal.
 *
 * <p>Texts are at most 64 levels deep and 10 million characters long; a name stands once in an
 * object; null is refused. Messages never show what a text says, which may be personal. Stateless;
 * safe for use by several threads.
 */
public final class Json {
  static final int DEEPEST = 64;
  static final int LONGEST = 10_000_000;
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(LONGEST)
                  .build())
          .build();

  private Json() {}

  /**
   * Writes a tree without blanks, members in the order of their map. NUL and lone surrogates, which
   * no store takes, become U+FFFD.
   *
   * @throws IllegalArgumentException when a value has another type
   */
  public static String write(Object tree) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      write(tree, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Writes attributes. */
  public static String write(Attributes attributes) {
    return attributes.isEmpty() ? "{}" : write(attributes.asMap());
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException with line and column when it is not JSON, too deep, too long,
   *     has a name twice or a null
   */
  public static Object read(String json) {
    checkLength(json);
    try (JsonParser parser = FACTORY.createParser(json)) {
      try {
        return whole(parser);
      } catch (JsonProcessingException e) {
        // Not as a cause: what the parser says may show the text.
        throw refused(reason(e), where(e, parser));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object whole(JsonParser parser) throws IOException {
    if (parser.nextToken() == null) {
      throw refused("it is empty", parser.currentLocation());
    }
    Object value = value(parser);
    if (parser.nextToken() != null) {
      throw refused("it goes on after its end", parser.currentTokenLocation());
    }
    return value;
  }

  /** Gives where the parser stopped; it does not say so when something is too deep or too long. */
  static JsonLocation where(JsonProcessingException e, JsonParser parser) {
    return Optional.ofNullable(e.getLocation()).orElseGet(parser::currentLocation);
  }

  /**
   * Reads an object.
   *
   * @throws IllegalArgumentException as {@link #read}, and when it is no object
   */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> object(String json) {
    if (read(json) instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException("JSON (RFC 8259) must be an object here, but is none");
  }

  /**
   * Reads attributes.
   *
   * @throws IllegalArgumentException as {@link #object}
   */
  public static Attributes attributes(String json) {
    return json.equals("{}") ? Attributes.none() : Attributes.of(object(json));
  }

  static void checkLength(String json) {
    if (json.length() > LONGEST) {
      throw new IllegalArgumentException(
          "JSON must have at most " + LONGEST + " characters, but has " + json.length());
    }
  }

  /** Says why in words that show nothing of the text. */
  private static String reason(JsonProcessingException e) {
    String message = Optional.ofNullable(e.getOriginalMessage()).orElse("");
    if (message.startsWith("Duplicate field")) {
      return "a name stands twice in an object";
    }
    if (message.startsWith("Unexpected end-of-input")) {
      return "it is cut off";
    }
    return message.contains("maximum allowed")
        ? "it is nested more than " + DEEPEST + " deep or has too long a number"
        : "it is malformed: check quotes, commas and brackets";
  }

  private static IllegalArgumentException refused(String why, JsonLocation location) {
    return new IllegalArgumentException(
        "JSON (RFC 8259) is refused at line "
            + location.getLineNr()
            + ", column "
            + location.getColumnNr()
            + ": "
            + why);
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          object.put(name, value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          number(parser)
              .orElseThrow(
                  () -> refused("a number has too many digits", parser.currentTokenLocation()));
      default -> throw refused("null: leave the value out", parser.currentTokenLocation());
    };
  }

  static Optional<Number> number(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        ? Numbers.whole(parser.getText())
        : Numbers.broken(parser.getText());
  }

  private static void write(Object value, JsonGenerator json) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> member : map.entrySet()) {
        json.writeFieldName(clean(String.valueOf(member.getKey())));
        write(member.getValue(), json);
      }
      json.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        write(item, json);
      }
      json.writeEndArray();
    } else if (value instanceof String text) {
      json.writeString(clean(text));
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Number number) {
      write(number, json);
    } else {
      throw new IllegalArgumentException(
          "JSON holds maps, lists, strings, numbers and booleans, but one value is "
              + (value == null ? "null" : "a " + value.getClass().getName()));
    }
  }

  private static void write(Number number, JsonGenerator json) throws IOException {
    boolean whole = number instanceof Long || number instanceof Integer;
    boolean finite = number instanceof Double d && Double.isFinite(d);
    if (whole || finite || number instanceof BigInteger || number instanceof BigDecimal) {
      json.writeNumber(number.toString());
    } else {
      throw new IllegalArgumentException(
          "JSON has no number like this " + number.getClass().getName() + ": " + number);
    }
  }

  private static String clean(String text) {
    return OutsideText.clean(text, Integer.MAX_VALUE);
  }
}
