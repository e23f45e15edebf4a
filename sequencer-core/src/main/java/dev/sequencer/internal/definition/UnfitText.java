package dev.sequencer.internal.definition;

import dev.sequencer.internal.text.OutsideText;
import java.util.Optional;

/** Finds what no store can keep: NUL and lone surrogates. */
final class UnfitText {
  private UnfitText() {}

  /** Gives the rule that a text breaks. */
  static Optional<String> in(String text) {
    String clean = OutsideText.clean(text, Integer.MAX_VALUE);
    if (clean.equals(text)) {
      return Optional.empty();
    }
    int at = 0;
    while (text.charAt(at) == clean.charAt(at)) {
      at++;
    }
    return Optional.of(
        String.format(
            "must have no NUL and no lone surrogate, but has U+%04X as its character %d: remove it",
            (int) text.charAt(at), at + 1));
  }
}
