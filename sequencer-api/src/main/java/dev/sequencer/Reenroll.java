package dev.sequencer;

/** What happens when a contact is enrolled again in a sequence under the same run key. */
public enum Reenroll {
  /** The first enrollment is given back. The default. */
  ONCE,
  /** When the newest run has ended, the next numbered run begins; else it is given back. */
  AFTER_END
}
