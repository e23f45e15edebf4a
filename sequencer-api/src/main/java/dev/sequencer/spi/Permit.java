package dev.sequencer.spi;

import java.time.Duration;

/**
 * The leave to pass the point of no return. A transport calls {@link #check()} immediately before
 * the step after which the mail may be delivered (SMTP: the final dot) and goes on only when it
 * gave true.
 */
public interface Permit {
  /**
   * Says whether the mail may leave now; the last successful call is the instant at which it
   * "leaves". False for ever once it was false: then answer {@link
   * SendResult#notHandedOver(String)}.
   */
  boolean check();

  /** Gives the time left until the permit expires; zero or less when it has expired. */
  Duration remaining();
}
