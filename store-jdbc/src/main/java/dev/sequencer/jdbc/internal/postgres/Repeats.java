package dev.sequencer.jdbc.internal.postgres;

import dev.sequencer.jdbc.internal.Overtaken;
import dev.sequencer.jdbc.internal.SqlFault;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;

/**
 * Makes work anew that met others, a few times; what fails otherwise is told at once.
 *
 * @param most how often it is made at the most
 * @param errors says what a fault means
 */
record Repeats(int most, PostgresErrors errors) {
  <T> T run(Supplier<T> work) {
    for (int tries = 1; ; tries++) {
      try {
        return work.get();
      } catch (JdbiException e) {
        rethrow(PostgresErrors.cause(e), tries);
      } catch (SqlFault e) {
        rethrow(e.fault(), tries);
      } catch (Overtaken e) {
        rethrow(new SQLException(e.getMessage(), "40001"), tries);
      }
    }
  }

  private void rethrow(SQLException fault, int tries) {
    if (tries >= most || !PostgresErrors.mayBeRepeated(fault)) {
      throw errors.of(fault);
    }
  }
}
