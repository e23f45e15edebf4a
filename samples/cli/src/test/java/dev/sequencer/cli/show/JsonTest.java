package dev.sequencer.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.ActResult;
import dev.sequencer.cli.JsonReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void whateverIsWrittenIsReadBack() {
    Map<String, Object> object =
        Json.object(
            "text", "quote \" backslash \\ line \n tab \t bell \u0007 umlaut ü emoji \uD83D\uDE00",
            "number", 42,
            "flag", true,
            "none", Optional.empty(),
            "some", Optional.of("x"),
            "word", ActResult.Outcome.TOO_LATE,
            "instant", Instant.parse("2026-06-01T08:00:00Z"),
            "empty", List.of(),
            "nothing", Map.of(),
            "list", List.of(1, List.of("a"), Json.object("b", false)));
    Object read = JsonReader.read(Json.write(object));
    assertThat(JsonReader.get(read, "text"))
        .isEqualTo("quote \" backslash \\ line \n tab \t bell \u0007 umlaut ü emoji \uD83D\uDE00");
    assertThat(JsonReader.get(read, "number")).isEqualTo(42L);
    assertThat(JsonReader.get(read, "flag")).isEqualTo(true);
    assertThat(JsonReader.get(read, "none")).isNull();
    assertThat(JsonReader.get(read, "some")).isEqualTo("x");
    assertThat(JsonReader.get(read, "word")).isEqualTo("too-late");
    assertThat(JsonReader.get(read, "instant")).isEqualTo("2026-06-01T08:00:00Z");
    assertThat(JsonReader.get(read, "empty")).isEqualTo(List.of());
    assertThat(JsonReader.get(read, "nothing")).isEqualTo(Map.of());
    assertThat(JsonReader.get(read, "list", 2, "b")).isEqualTo(false);
  }

  @Test
  void aLoneSurrogateIsEscapedAndAPairIsNot() {
    assertThat(Json.write("a\uD800b")).isEqualTo("\"a\\ud800b\"");
    assertThat(Json.write("a\uDC00")).isEqualTo("\"a\\udc00\"");
    assertThat(Json.write("\uD83D\uDE00")).isEqualTo("\"\uD83D\uDE00\"");
  }
}
