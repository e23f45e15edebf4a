package dev.sequencer.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {
  private static final List<String> KNOWN = List.of("email", "wait", "evenly", "bulk");

  @Test
  void twoNeighboursThatChangedPlacesAreOneEdit() {
    assertThat(DidYouMean.among("emial", KNOWN)).contains("email");
    assertThat(DidYouMean.among("bluk", KNOWN)).contains("bulk");
    assertThat(DidYouMean.among("lbku", KNOWN)).isEmpty();
  }

  @Test
  void aThirdOfTheLettersMayBeWrong() {
    assertThat(DidYouMean.among("evxnxy", KNOWN)).contains("evenly");
    assertThat(DidYouMean.among("exxnxy", KNOWN)).isEmpty();
  }

  @Test
  void caseAndBlanksAroundDoNotCount() {
    assertThat(DidYouMean.among(" WAIT ", KNOWN)).contains("wait");
    assertThat(DidYouMean.among(" ", KNOWN)).isEmpty();
  }

  @Test
  void whatIsFarAwayOrEndlessHasNoNeighbour() {
    assertThat(DidYouMean.among("goodbye", KNOWN)).isEmpty();
    assertThat(DidYouMean.among("wait", List.of())).isEmpty();
    assertThat(DidYouMean.among("w".repeat(101), KNOWN)).isEmpty();
  }

  @Test
  void ofSeveralTheFirstInTheAlphabetIsTaken() {
    assertThat(DidYouMean.among("mail-x", List.of("mail-c", "mail-a", "mail-b")))
        .contains("mail-a");
  }
}
