package dev.sequencer;

import java.util.List;
import java.util.Optional;

/** What can be done with the mailboxes of a tenant. Safe for use by several threads. */
public interface Mailboxes {
  /**
   * Saves a mailbox; a known one gets the new definition at once.
   *
   * @throws DefinitionException when it does not fit: an unknown transport, a quota without a zone
   */
  void save(Mailbox mailbox);

  /** Gives all of them by address. */
  List<MailboxView> list();

  /** Gives one by address. */
  Optional<MailboxView> find(String address);

  /** Pauses it; answers how many mails are in flight. */
  ActResult pause(String address, Act act);

  /** Ends its pause. */
  ActResult resume(String address, Act act);

  /** Lets it go on after a refused login or token, or ends any rest. */
  ActResult reconnect(String address, Act act);

  /** Removes it; its enrollments are treated by a rule. */
  ActResult remove(String address, WhenMailboxGone rule, Act act);
}
