package dev.sequencer.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sequencer.Attributes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
  @Test
  void writesMembersInTheOrderOfTheMapWithoutBlanks() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("b", List.of(1, 2L, true, "x"));
    tree.put("a", Map.of());
    assertThat(Json.write(tree)).isEqualTo("{\"b\":[1,2,true,\"x\"],\"a\":{}}");
  }

  @Test
  void readsNumbersWithAllTheirDigits() {
    assertThat(Json.read("[1,9223372036854775807,9223372036854775808,0.1,19.90,1E3,-0.0]"))
        .isEqualTo(
            List.of(
                1L,
                Long.MAX_VALUE,
                new BigInteger("9223372036854775808"),
                0.1,
                new BigDecimal("19.90"),
                new BigDecimal("1E3"),
                -0.0));
  }

  @Test
  void writesNulAndLoneSurrogatesAsReplacementCharacters() {
    assertThat(Json.write(List.of("a\0b\uD800c", "\uD83D\uDE00")))
        .isEqualTo("[\"a\uFFFDb\uFFFDc\",\"\uD83D\uDE00\"]");
  }

  @Test
  void refusesToWriteWhatJsonCannotSay() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.write(List.of(Double.NaN)))
        .withMessage("JSON has no number like this java.lang.Double: NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.write(List.of(new StringBuilder("secret"))))
        .withMessage(
            "JSON holds maps, lists, strings, numbers and booleans, but one value is a"
                + " java.lang.StringBuilder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"a\":2} | line 1, column 11: a name stands twice in an object",
        "{\"a\":            | column 6: it is cut off",
        "{\"a\" 1}          | column 6: it is malformed: check quotes, commas and brackets",
        "secret@acme.example | it is malformed: check quotes, commas and brackets",
        "{\"a\":null}       | column 6: null: leave the value out",
        "[1] [2]            | column 5: it goes on after its end",
        "` `                | it is empty",
        "[NaN]              | it is malformed: check quotes, commas and brackets",
      })
  void namesLineAndColumnOfWhatItRefuses(String json, String expected) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.read(json))
        .withMessageStartingWith("JSON (RFC 8259) is refused at line 1, column ")
        .withMessageEndingWith(expected)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"))
        .withNoCause();
  }

  @Test
  void isNested64DeepAndNot65() {
    assertThat(Json.read("[".repeat(64) + "]".repeat(64))).isInstanceOf(List.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.read("[".repeat(65) + "]".repeat(65)))
        .withMessageEndingWith("it is nested more than 64 deep or has too long a number");
  }

  @Test
  void holdsTenMillionCharactersAndNotOneMore() {
    String longest = "\"" + "x".repeat(Json.LONGEST - 2) + "\"";
    assertThat(Json.read(longest)).asString().hasSize(Json.LONGEST - 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.read(longest + " "))
        .withMessage("JSON must have at most 10000000 characters, but has 10000001");
  }

  @Test
  void refusesNumbersOfMoreThanAThousandDigits() {
    assertThat(Json.read("1" + "0".repeat(999))).isInstanceOf(BigInteger.class);
    assertThatIllegalArgumentException().isThrownBy(() -> Json.read("1" + "0".repeat(1000)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.read("[1e999999999]"))
        .withMessageEndingWith("column 2: a number has too many digits");
  }

  @Test
  void readsObjectsAndAttributesAndNothingElseInTheirPlace() {
    assertThat(Json.object("{\"a\":{\"b\":[true]}}")).containsKey("a");
    assertThat(Json.attributes("{}")).isSameAs(Attributes.none());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.attributes("[1]"))
        .withMessage("JSON (RFC 8259) must be an object here, but is none");
  }
}
