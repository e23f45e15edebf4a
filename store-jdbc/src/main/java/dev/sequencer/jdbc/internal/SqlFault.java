package dev.sequencer.jdbc.internal;

import java.sql.SQLException;

/** A fault of the driver on its way out of a call, to where it is told what it means. */
public final class SqlFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final SQLException fault;

  public SqlFault(SQLException fault) {
    super(fault);
    this.fault = fault;
  }

  public SQLException fault() {
    return fault;
  }
}
