package dev.sequencer.jdbc.internal;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;

/** How statements and their values are written for one database. */
public interface Dialect {
  /** Gives a select of one column that yields the elements of a list parameter. */
  String elements(String parameter);

  /** Gives the condition behind a column that it is one of the elements of a list parameter. */
  String among(String parameter);

  /** Makes the value of a list parameter, of whole numbers or of strings. */
  Argument list(Collection<?> values);

  /** Gives statements that this database words in its own way; the others are common. */
  Map<Sql, String> own();

  /** Gives numbers to rows of a table. */
  Numbers numbers(Tx tx, String table, int most);

  /** Makes an empty batch for a statement. */
  Batch batch(Handle handle, String text);

  /** Gives the locks of a transaction. */
  Locks locks(Tx tx);

  /** Gives what transactions of hosts leave. */
  Inbox inbox(Tx tx);

  /** Gives the reader of lanes for a claim at an instant. */
  LaneRows laneRows(Tx tx, long now);

  /** Completes a query for the heads of lanes; {@code all} reads lanes from their beginning. */
  Query heads(Query query, boolean all);

  /** Keeps below which due no row was left in lanes, where reading on from there is cheaper. */
  void keepFloors(Tx tx, Map<Long, Long> floors);

  /** Hears of moving rows that were written, in their transaction. */
  void moved(Tx tx, List<Works.Change> changes);

  /** Says whether wake-ups are lowered after the commit that they are for, or with it. */
  boolean wakesAfterCommit();

  /** Takes the wake-ups that transactions of the host have left, where they leave any. */
  Map<Integer, Long> leftWakes(Tx tx);

  /** Gives numbers that no row of a table has had or will get from anybody else. */
  interface Numbers {
    /** Gives the next one. */
    long next();

    /** Keeps which were given; called before the transaction ends. */
    void keep();
  }
}
