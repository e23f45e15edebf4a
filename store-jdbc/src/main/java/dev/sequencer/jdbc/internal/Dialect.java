package dev.sequencer.jdbc.internal;

import java.util.Collection;
import java.util.Map;
import org.jdbi.v3.core.argument.Argument;

/** How statements and their values are written for one database. */
public interface Dialect {
  /** Gives a select of one column that yields the elements of a list parameter. */
  String elements(String parameter);

  /** Makes the value of a list parameter, of whole numbers or of strings. */
  Argument list(Collection<?> values);

  /** Gives statements that this database words in its own way; the others are common. */
  Map<Sql, String> own();

  /** Gives numbers to rows of a table. */
  Numbers numbers(Tx tx, String table, int most);

  /** Gives numbers that no row of a table has had or will get from anybody else. */
  interface Numbers {
    /** Gives the next one. */
    long next();

    /** Keeps which were given; called before the transaction ends. */
    void keep();
  }
}
