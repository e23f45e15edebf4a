package dev.sequencer.files;

import dev.sequencer.ContactInput;
import java.util.Objects;

/** One row of a contacts file. Immutable. */
public sealed interface ContactRow {
  /** Gives the line on which it begins, from 1; the header is a line too. */
  long line();

  /**
   * A row that could be read. Whether the contact is valid, enrolling says.
   *
   * @param line the line on which it begins
   * @param contact the contact as it came
   */
  record Good(long line, ContactInput contact) implements ContactRow {
    /** Checks that it is there. */
    public Good {
      Objects.requireNonNull(contact, "contact");
    }
  }

  /**
   * A row that could not be read.
   *
   * @param line the line on which it begins
   * @param reason rule and what to do; nothing of the row is in it
   */
  record Bad(long line, String reason) implements ContactRow {
    /** Checks that it is there. */
    public Bad {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
