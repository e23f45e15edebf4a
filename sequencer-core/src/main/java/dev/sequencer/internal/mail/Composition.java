package dev.sequencer.internal.mail;

import java.util.Objects;
import java.util.Optional;

/** What became of composing a mail: the mail, or why there is none. */
public sealed interface Composition {

  /**
   * The mail.
   *
   * @param mail the mail
   */
  record Composed(ComposedMail mail) implements Composition {
    /** Checks that it is there. */
    public Composed {
      Objects.requireNonNull(mail, "mail");
    }
  }

  /**
   * It cannot be made of this definition, template and data: the delivery fails.
   *
   * @param reason rule, place and what to do; nothing of a person
   */
  record Refused(String reason) implements Composition {
    /** Checks that it is there. */
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * Code of the host failed, or has not (yet) what the mail is made of: tried again later.
   *
   * @param reason which code failed on what; nothing of a person
   * @param cause what it threw, if it did; its message may hold anything
   */
  record Unavailable(String reason, Optional<RuntimeException> cause) implements Composition {
    /** Checks that nothing is missing. */
    public Unavailable {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(cause, "cause");
    }
  }
}
