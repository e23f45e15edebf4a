package dev.sequencer.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Attributes;
import dev.sequencer.Mailbox;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written is read again as an equal definition. */
class RoundTripTest {
  private static final long SEED = 20_261_125L;
  private static final int RUNS = 500;

  @Test
  void everySequenceComesBackEqualAndWritesTheSameTextAgain() {
    for (long seed = SEED; seed < SEED + RUNS; seed++) {
      Sequence sequence = new RandomDefinitions(seed).sequence();
      String json = Definitions.toJson(sequence);
      Sequence back = Definitions.sequence(json);
      assertThat(back).as("seed %d: %s", seed, json).isEqualTo(sequence);
      assertThat(Definitions.toJson(back)).as("seed %d", seed).isEqualTo(json);
      assertThat(Definitions.versionHash(back))
          .as("seed %d", seed)
          .isEqualTo(Definitions.versionHash(sequence));
    }
  }

  @Test
  void stepsThatFollowByNameComeBackEqual() {
    for (long seed = SEED; seed < SEED + 50; seed++) {
      Sequence sequence = new RandomDefinitions(seed).turned();
      assertThat(Definitions.sequence(Definitions.toJson(sequence)))
          .as("seed %d", seed)
          .isEqualTo(sequence);
    }
  }

  @Test
  void everyMailboxComesBackEqual() {
    for (long seed = SEED; seed < SEED + RUNS; seed++) {
      Mailbox mailbox = new RandomDefinitions(seed).mailbox();
      String json = Definitions.toJson(mailbox);
      assertThat(Definitions.mailbox(json)).as("seed %d: %s", seed, json).isEqualTo(mailbox);
    }
  }

  @Test
  void everyWindowComesBackEqualWithTheSameDigest() {
    for (long seed = SEED; seed < SEED + RUNS; seed++) {
      SendWindow window = new RandomDefinitions(seed).window();
      SendWindow back = Definitions.window(Definitions.toJson(window));
      assertThat(back).as("seed %d", seed).isEqualTo(window);
      assertThat(Definitions.windowDigest(back)).isEqualTo(Definitions.windowDigest(window));
    }
  }

  @Test
  void attributesComeBackEqual() {
    for (long seed = SEED; seed < SEED + RUNS; seed++) {
      RandomDefinitions random = new RandomDefinitions(seed);
      Map<String, Object> values = new LinkedHashMap<>();
      for (int i = 0; i < 5; i++) {
        values.put(random.text() + i, random.value(0));
      }
      Attributes attributes = Attributes.of(values);
      assertThat(Json.attributes(Json.write(attributes))).as("seed %d", seed).isEqualTo(attributes);
    }
  }
}
