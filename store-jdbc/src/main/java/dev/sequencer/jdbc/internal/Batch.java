package dev.sequencer.jdbc.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of values for one statement, sent together: one after another, or as one set, whichever the
 * database is better at. Each row binds the same names.
 */
public interface Batch {
  /** Gives the row that is being made a whole number. */
  Batch bind(String name, long value);

  /** Gives the row that is being made a whole number or nothing. */
  Batch bind(String name, @Nullable Long value);

  /** Gives the row that is being made a text or nothing. */
  Batch bind(String name, @Nullable String value);

  /** Ends the row that is being made. */
  Batch add();

  /** Says how many rows were made. */
  int size();

  /** Runs the statement and gives how many rows of the table it wrote; without rows it does not. */
  int execute();

  /**
   * Runs the statement and says which rows wrote something.
   *
   * @param keys a key for each row that was made, in their order
   */
  List<Long> written(List<Long> keys);
}
