package dev.sequencer.spi.store;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Contacts to be enrolled, in one transaction; a store may keep a call of more than 1,000 rows in
 * parts, each whole, so that whoever has something urgent to write does not wait for all of it.
 *
 * @param rows who, in what; results come in the same order
 */
public record EnrollCall(List<Row> rows) {
  /** Copies the list. */
  public EnrollCall {
    rows = List.copyOf(rows);
  }

  /** What makes two enrollments the same. */
  public enum Uniqueness {
    /** One run key of one contact in one sequence. */
    CONTACT,
    /** One run key in one sequence, whoever the contact is; keys of delayed sends. */
    SEQUENCE
  }

  /** What happens when the contact has been enrolled before. */
  public enum Again {
    /** The first is given back. */
    ONCE,
    /** When the newest run has ended, the next numbered run begins; else it is given back. */
    AFTER_END
  }

  /**
   * One contact for one sequence.
   *
   * @param contact who; found again by id, else by address, and updated with what is given: a known
   *     contact keeps zone, locale and display name that are not given and attributes that are not
   *     named ({@link StoredContact#updatedWith}). One known by address only gets a given id.
   *     Without an id, the contact without one and with this address, else the one known longest
   *     under it. When its address or zone becomes another one, its enrollments that are not ended
   *     get {@code rev + 1}: what was prepared for the old one does not begin
   * @param sequence the document id of the sequence
   * @param version the document id of its version
   * @param run the run key; with {@link Again#AFTER_END} the first of {@code run}, {@code run#2},
   *     {@code run#3}, ...
   * @param uniqueness what makes it the same as another
   * @param again what happens when it was there before
   * @param transactional whether marketing suppressions are ignored
   * @param data its own data as a JSON object
   * @param enrolledAt when
   * @param start decides, for the contact as merged, where it begins; called inside the
   *     transaction, must be pure
   */
  public record Row(
      StoredContact contact,
      int sequence,
      int version,
      String run,
      Uniqueness uniqueness,
      Again again,
      boolean transactional,
      String data,
      Instant enrolledAt,
      Function<StoredContact, Start> start) {
    /** Checks that nothing is missing. */
    public Row {
      Objects.requireNonNull(contact, "contact");
      Objects.requireNonNull(run, "run");
      Objects.requireNonNull(uniqueness, "uniqueness");
      Objects.requireNonNull(again, "again");
      Objects.requireNonNull(data, "data");
      Objects.requireNonNull(enrolledAt, "enrolledAt");
      Objects.requireNonNull(start, "start");
    }
  }

  /**
   * Where a new enrollment begins.
   *
   * @param lane its lane
   * @param due its due instant
   * @param cursor its place
   * @param state its state
   */
  public record Start(Lane lane, Instant due, Cursor cursor, State state) {}

  /**
   * What became of one row.
   *
   * @param outcome which of the three
   * @param enrollment the number of the new or existing enrollment; 0 when suppressed
   * @param run the run key it got or has; empty when suppressed
   * @param suppression what blocks it
   */
  public record Answer(
      Outcome outcome, long enrollment, String run, Optional<Suppression> suppression) {}

  /** The three outcomes. */
  public enum Outcome {
    /** A new enrollment was made. */
    ENROLLED,
    /**
     * It was there already. Only its contact was updated, and with {@link Uniqueness#SEQUENCE} not
     * even that: the first may be another one's.
     */
    ALREADY,
    /**
     * The given address or its domain is suppressed; nothing was written. Asked before what is
     * there already, but with {@link Uniqueness#SEQUENCE} after it: that key names the first
     * whatever else the call says.
     */
    SUPPRESSED
  }
}
