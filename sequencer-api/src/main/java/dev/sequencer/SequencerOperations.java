package dev.sequencer;

import dev.sequencer.spi.HostTransaction;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What can be done in one tenant, and what may take part in a transaction of the host. Safe for use
 * by several threads. Works whether or not the engine was started.
 */
public interface SequencerOperations {
  /** Gives the same operations for a tenant; {@code ""} is that of hosts that have none. */
  SequencerOperations tenant(String name);

  /**
   * Gives operations whose {@code enroll}, {@code enrollAll}, {@code send}, {@code record}, {@code
   * suppress}, {@code cancel} and other acts on one enrollment, and {@code contacts().save} commit
   * and roll back with a transaction of the host.
   *
   * <p>Where a store serves several writers at a time (PostgreSQL), the engine never waits for that
   * transaction: enrolling, sending and suppressing are done in it; all other acts and events are
   * left in it and carried out after its commit, in their order. They answer {@link
   * ActResult.Outcome#QUEUED} when the state as the transaction sees it allows them, {@code record}
   * and {@code contacts().save} answer 0, and reads in the transaction do not see what is left. No
   * mail that they concern begins after the commit; one that began before may still leave.
   *
   * @throws IllegalStateException when the store cannot join it; the message says which can
   */
  SequencerOperations inTransaction(HostTransaction transaction);

  /**
   * Publishes a sequence: makes a version when its definition is new, and opens it. The same
   * definition twice makes no new version. Running enrollments stay on theirs.
   *
   * @throws DefinitionException with everything that is wrong, each with its place
   * @throws IllegalStateException when the sequence is declared in a builder
   */
  PublishResult publish(Sequence sequence);

  /**
   * Enrolls a contact.
   *
   * @throws IllegalArgumentException when there is no such sequence
   * @throws IllegalStateException when it is a draft or archived
   */
  EnrollResult enroll(String sequence, Contact contact);

  /**
   * Enrolls a contact.
   *
   * @throws IllegalArgumentException when there is no such sequence or mailbox
   * @throws IllegalStateException when the sequence is a draft or archived
   */
  EnrollResult enroll(EnrollRequest request);

  /**
   * Enrolls a stream of contacts in batches and constant memory; the stream is closed. What is
   * invalid is told and left out; what was enrolled when an exception comes stays.
   *
   * @param each hears what became of each, in the stream's order, on this thread
   * @throws IllegalArgumentException when there is no such sequence
   * @throws IllegalStateException when it is a draft or archived
   */
  BulkSummary enrollAll(String sequence, Stream<ContactInput> contacts, Consumer<BulkResult> each);

  /**
   * Sends one mail, later.
   *
   * @throws DefinitionException when the mail is wrong
   * @throws IllegalArgumentException when there is no such mailbox
   * @throws IllegalStateException when the address is suppressed
   */
  DeliveryId send(Send send);

  /**
   * Records something that happened; once by its id.
   *
   * @return how many enrollments it concerned; 0 when it was left in a transaction of the host
   * @throws IllegalArgumentException when it is about nothing
   */
  int record(HostEvent event);

  /**
   * Renders the mail of a step for a contact; writes nothing and touches no enrollment.
   *
   * @throws IllegalArgumentException when there is no such sequence or e-mail step, or a variable
   *     has no value
   */
  RenderedMail preview(String sequence, String step, Contact contact);

  /**
   * Sends the mail of a step once, at once, to an address for trying, from a mailbox; touches no
   * enrollment, quota or suppression.
   *
   * @param sequence the name of the sequence
   * @param step the key of the step
   * @param contact whose values it shows
   * @param mailbox the address of the mailbox
   * @param recipient who gets it
   * @return what the transport said, for people
   * @throws IllegalArgumentException when one of the names is unknown
   */
  String sendTest(String sequence, String step, Contact contact, String mailbox, String recipient);

  /** Pauses everything of this tenant; answers how many mails are in flight. */
  ActResult pause(Act act);

  /** Ends the pause of this tenant. */
  ActResult resume(Act act);

  /** Gives what can be done with sequences. */
  Sequences sequences();

  /** Gives what can be done with contacts. */
  Contacts contacts();

  /** Gives what can be done with enrollments. */
  Enrollments enrollments();

  /** Gives what can be done with deliveries. */
  Deliveries deliveries();

  /** Gives what can be done with mailboxes. */
  Mailboxes mailboxes();

  /** Gives what can be done with suppressions. */
  Suppressions suppressions();
}
