package dev.sequencer.internal.mail;

import dev.sequencer.internal.text.OutsideText;
import java.util.Optional;

/** Carries the reason out of a composition; never leaves this package. */
final class NotComposed extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_REASON = 500;

  private final transient Composition why;

  private NotComposed(Composition why, String message) {
    super(message, null, false, false);
    this.why = why;
  }

  static NotComposed refused(String reason) {
    String cut = OutsideText.clean(reason, LONGEST_REASON);
    return new NotComposed(new Composition.Refused(cut), cut);
  }

  /** The message of what the host threw stays out of the reason: it may hold a secret. */
  static NotComposed unavailable(String whose, String onWhat, RuntimeException thrown) {
    String reason =
        OutsideText.clean(
            whose + " failed on " + onWhat + " with " + thrown.getClass().getName(),
            LONGEST_REASON);
    return new NotComposed(new Composition.Unavailable(reason, Optional.of(thrown)), reason);
  }

  /**
   * What a definition names is not there. It was when the definition was published: this node may
   * be older than the one that published, and another one may have it.
   */
  static NotComposed missing(String reason) {
    String cut = OutsideText.clean(reason, LONGEST_REASON);
    return new NotComposed(new Composition.Unavailable(cut, Optional.empty()), cut);
  }

  Composition why() {
    return why;
  }
}
