package dev.sequencer.spi.store;

import dev.sequencer.SequencerException;

/** The store could not do what it was asked; nothing of the call was kept unless said otherwise. */
public class StoreException extends SequencerException {
  private static final long serialVersionUID = 1L;

  private final boolean transientFault;

  /**
   * Makes one.
   *
   * @param message rule, value, place and what to do
   * @param transientFault whether the same call may succeed later
   * @param cause what the driver said
   */
  public StoreException(String message, boolean transientFault, Throwable cause) {
    super(message, cause);
    this.transientFault = transientFault;
  }

  /**
   * Makes one without a cause, for a fault that stays.
   *
   * @param message rule, value, place and what to do
   */
  public StoreException(String message) {
    super(message);
    this.transientFault = false;
  }

  /** Says whether the same call may succeed later: locked, cut off, out of space. */
  public boolean isTransient() {
    return transientFault;
  }
}
