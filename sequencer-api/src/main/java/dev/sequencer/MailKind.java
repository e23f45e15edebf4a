package dev.sequencer;

/** The kind of a mail; it decides which suppressions hold and what the mail must carry. */
public enum MailKind {
  /** From one person to another; the default of sequences. */
  PERSONAL,
  /** To many; needs a way to unsubscribe. */
  BULK,
  /** About the recipient's own business; ignores marketing suppressions, never a hard bounce. */
  TRANSACTIONAL
}
