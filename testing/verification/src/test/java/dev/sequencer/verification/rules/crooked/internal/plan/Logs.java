package dev.sequencer.verification.rules.crooked.internal.plan;

import org.slf4j.Logger;

/** A plan that talks. */
final class Logs {
  private Logs() {}

  static void tell(Logger logger) {
    logger.debug("planned");
  }
}
