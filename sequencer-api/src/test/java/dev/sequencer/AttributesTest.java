package dev.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AttributesTest {
  @Test
  void valuesAreKeptInTheirOrder() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("z", "text");
    values.put("a", true);
    values.put("m", Map.of("k", List.of(1, "x")));
    Attributes attributes = Attributes.of(values);
    assertThat(attributes.asMap().keySet()).containsExactly("z", "a", "m");
    assertThat(attributes.get("z")).contains("text");
    assertThat(attributes.get("m")).contains(Map.of("k", List.of(1L, "x")));
    assertThat(attributes.get("none")).isEmpty();
    assertThat(attributes.isEmpty()).isFalse();
    assertThat(Attributes.of(Map.of())).isSameAs(Attributes.none());
    assertThat(Attributes.none().isEmpty()).isTrue();
  }

  @Test
  void numbersAreTheSameWhateverTheirType() {
    assertThat(Attributes.of(Map.of("n", 1))).isEqualTo(Attributes.of(Map.of("n", 1L)));
    assertThat(Attributes.of(Map.of("n", (short) 1)).get("n")).contains(1L);
    assertThat(Attributes.of(Map.of("n", (byte) 1)).get("n")).contains(1L);
    assertThat(Attributes.of(Map.of("n", 0.5f)).get("n")).contains(0.5);
    assertThat(Attributes.of(Map.of("n", BigInteger.TEN)).get("n")).contains(BigInteger.TEN);
    assertThat(Attributes.of(Map.of("n", new BigDecimal("1.50"))).get("n"))
        .contains(new BigDecimal("1.50"));
  }

  @Test
  void nothingOfItCanBeChanged() {
    List<Object> list = new ArrayList<>(List.of("a"));
    Map<String, Object> map = new HashMap<>(Map.of("list", list));
    Attributes attributes = Attributes.of(map);
    list.add("b");
    map.put("more", 1);
    assertThat(attributes).isEqualTo(Attributes.of(Map.of("list", List.of("a"))));
    assertThatThrownBy(() -> attributes.asMap().put("x", 1))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((List<?>) attributes.get("list").orElseThrow()).remove(0))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> attributes.with("x", 1).asMap().remove("x"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void oneMoreOrAnotherValueGivesNewAttributes() {
    Attributes one = Attributes.none().with("a", 1);
    assertThat(one.with("a", 2).with("b", Set.of("x")))
        .isEqualTo(Attributes.of(Map.of("a", 2, "b", List.of("x"))));
    assertThat(one).isEqualTo(Attributes.of(Map.of("a", 1)));
    assertThat(Attributes.none().isEmpty()).isTrue();
  }

  @Test
  void theOverlaidOnesWin() {
    Attributes base = Attributes.of(Map.of("a", 1, "m", Map.of("x", 1)));
    Attributes over = Attributes.of(Map.of("m", Map.of("y", 2), "b", 3));
    assertThat(base.overlaidWith(over))
        .isEqualTo(Attributes.of(Map.of("a", 1, "m", Map.of("y", 2), "b", 3)));
    assertThat(base.overlaidWith(Attributes.none())).isSameAs(base);
  }

  @Test
  void textsAreCleaned() {
    Attributes attributes = Attributes.of(Map.of("a\0", "x\0y\uD83Dz\uD83D\uDE00"));
    assertThat(attributes.asMap())
        .containsExactly(Map.entry("a\uFFFD", "x\uFFFDy\uFFFDz\uD83D\uDE00"));
    assertThat(Attributes.none().with("l", List.of("\0")).get("l")).contains(List.of("\uFFFD"));
  }

  @Test
  void otherTypesAreRefusedByTheirPlaceWithoutTheirValue() {
    assertThatThrownBy(() -> Attributes.of(Map.of("a", List.of(1, Map.of("b", Instant.EPOCH)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "an attribute must be a string, number, boolean, list or map, but 'a[1].b' is a"
                + " java.time.Instant");
    assertThatThrownBy(() -> Attributes.none().with("a", null))
        .hasMessage(
            "an attribute must be a string, number, boolean, list or map, but 'a' is null: leave"
                + " it out");
    assertThatThrownBy(() -> Attributes.none().with("a", Collections.singletonList(null)))
        .hasMessageContaining("'a[0]' is null");
    assertThatThrownBy(() -> Attributes.none().with("a", new AtomicInteger(7)))
        .hasMessage(
            "attribute 'a' has an unsupported kind of number: class"
                + " java.util.concurrent.atomic.AtomicInteger");
    assertThatThrownBy(() -> Attributes.none().with("a", new String[] {"secret"}))
        .message()
        .doesNotContain("secret");
    Iterable<Object> endless = () -> Collections.emptyIterator();
    assertThatThrownBy(() -> Attributes.none().with("a", endless))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Attributes.none().with("a", Map.of(1, "x")))
        .hasMessage("the names of attributes must be strings, but one at 'a' is not");
  }

  @Test
  void numbersAreFinite() {
    for (double number :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> Attributes.none().with("n", number))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a number must be finite, but attribute 'n' is " + number);
    }
    assertThatThrownBy(() -> Attributes.none().with("n", Float.NaN))
        .hasMessageContaining("must be finite");
    assertThat(Attributes.none().with("n", Double.MAX_VALUE).get("n")).contains(Double.MAX_VALUE);
  }

  @Test
  void namesHaveAtMost200Characters() {
    assertThat(Attributes.none().with("x".repeat(200), 1).asMap()).hasSize(1);
    assertThatThrownBy(() -> Attributes.none().with("x".repeat(201), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the name of an attribute must have at most 200 characters, but one has 201");
    assertThatThrownBy(() -> Attributes.of(Map.of("a", Map.of("x".repeat(201), 1))))
        .hasMessageEndingWith("but one at 'a' has 201");
    assertThat(Attributes.none().with("", 1).get("")).contains(1L);
  }

  @Test
  void nestingHasAnEnd() {
    assertThat(Attributes.none().with("a", nested(32)).asMap()).hasSize(1);
    assertThatThrownBy(() -> Attributes.none().with("a", nested(33)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("attributes may be nested at most 32 deep, but 'a[0][0]");
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    itself.add(itself);
    assertThatThrownBy(() -> Attributes.of(Map.of("a", itself)))
        .hasMessageContaining("at most 32 deep");
  }

  private static Object nested(int lists) {
    Object value = "x";
    for (int i = 0; i < lists; i++) {
      value = List.of(value);
    }
    return value;
  }

  @Test
  void valuesStayOutOfTexts() {
    assertThat(Attributes.of(Map.of("town", "secret"))).hasToString("Attributes[town]");
  }
}
