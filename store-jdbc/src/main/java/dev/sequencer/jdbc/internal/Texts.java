package dev.sequencer.jdbc.internal;

import dev.sequencer.internal.text.OutsideText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts on their way into tables: no NUL and no lone surrogate, which databases refuse. */
public final class Texts {
  private Texts() {}

  /** Gives a text that every database takes. */
  public static String clean(String text) {
    return OutsideText.clean(text, Integer.MAX_VALUE);
  }

  /** Gives the same, or null. */
  public static @Nullable String clean(Optional<String> text) {
    return text.isEmpty() ? null : clean(text.get());
  }
}
