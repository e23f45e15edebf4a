package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.StoreException;

/** The database refused a value; the same call fails again, one without that value does not. */
public final class DataFault extends StoreException {
  private static final long serialVersionUID = 1L;

  public DataFault(String message, Throwable cause) {
    super(message, false, cause);
  }
}
