package dev.sequencer;

/** What the machine does with an enrollment. */
public enum EnrollmentPhase {
  /** It waits at a step until its due instant and its gates. */
  WAITING,
  /** An attempt has begun and has no outcome yet. */
  SENDING,
  /** An attempt's own deadline passed without outcome: the mail may or may not have left. */
  IN_DOUBT
}
