package dev.sequencer.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutsideTextTest {
  @Test
  void aGoodTextStaysTheSame() {
    String text = "a\r\n\té😀\uFFFD";
    assertThat(OutsideText.clean(text, 100)).isEqualTo(text);
    assertThat(OutsideText.clean("", 100)).isEmpty();
    assertThat(OutsideText.clean(text, Integer.MAX_VALUE)).isEqualTo(text);
  }

  @Test
  void nulAndLoneSurrogatesAreReplaced() {
    assertThat(OutsideText.clean("a\0b", 9)).isEqualTo("a\uFFFDb");
    assertThat(OutsideText.clean("a\uD83Db", 9)).isEqualTo("a\uFFFDb");
    assertThat(OutsideText.clean("a\uDE00b", 9)).isEqualTo("a\uFFFDb");
    assertThat(OutsideText.clean("\uDE00\uD83D", 9)).isEqualTo("\uFFFD\uFFFD");
    assertThat(OutsideText.clean("\uD83D\uD83D\uDE00", 9)).isEqualTo("\uFFFD\uD83D\uDE00");
    assertThat(OutsideText.clean("a\uD83D", 9)).isEqualTo("a\uFFFD");
  }

  @Test
  void aLongTextIsCutWithoutSplittingAPair() {
    assertThat(OutsideText.clean("abc", 3)).isEqualTo("abc");
    assertThat(OutsideText.clean("abcd", 3)).isEqualTo("abc");
    assertThat(OutsideText.clean("ab\uD83D\uDE00", 4)).isEqualTo("ab\uD83D\uDE00");
    assertThat(OutsideText.clean("ab\uD83D\uDE00", 3)).isEqualTo("ab");
    assertThat(OutsideText.clean("abc", 0)).isEmpty();
  }

  @Test
  void everyTextBecomesOneThatStoresTake() {
    long seed = 3;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int run = 0; run < 20_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(10); i > 0; i--) {
        text.append("a\0\uD83D\uDE00é".charAt(random.nextInt(5)));
      }
      int longest = random.nextInt(12);
      String cleaned = OutsideText.clean(text.toString(), longest);
      String roundTrip =
          new String(cleaned.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      assertThat(cleaned)
          .as("seed %s, run %s", seed, run)
          .doesNotContain("\0")
          .hasSizeLessThanOrEqualTo(longest)
          .isEqualTo(roundTrip);
      assertThat(OutsideText.clean(cleaned, longest)).isEqualTo(cleaned);
    }
  }
}
