package dev.sequencer.testkit;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.BulkResult;
import dev.sequencer.BulkSummary;
import dev.sequencer.Contact;
import dev.sequencer.ContactInput;
import dev.sequencer.Contacts;
import dev.sequencer.Deliveries;
import dev.sequencer.DeliveryId;
import dev.sequencer.EnrollRequest;
import dev.sequencer.EnrollResult;
import dev.sequencer.Enrollments;
import dev.sequencer.Health;
import dev.sequencer.HostEvent;
import dev.sequencer.Mailboxes;
import dev.sequencer.PassReport;
import dev.sequencer.PublishResult;
import dev.sequencer.RenderedMail;
import dev.sequencer.RunScope;
import dev.sequencer.Send;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.SequencerOperations;
import dev.sequencer.Sequences;
import dev.sequencer.Suppressions;
import dev.sequencer.spi.HostTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Hands every operation to the engine of the moment. */
abstract class DelegatingSequencer implements Sequencer {
  /** Gives the engine that runs now. */
  public abstract Sequencer engine();

  @Override
  public SequencerOperations tenant(String name) {
    return engine().tenant(name);
  }

  @Override
  public SequencerOperations inTransaction(HostTransaction transaction) {
    return engine().inTransaction(transaction);
  }

  @Override
  public PublishResult publish(Sequence sequence) {
    return engine().publish(sequence);
  }

  @Override
  public EnrollResult enroll(String sequence, Contact contact) {
    return engine().enroll(sequence, contact);
  }

  @Override
  public EnrollResult enroll(EnrollRequest request) {
    return engine().enroll(request);
  }

  @Override
  public BulkSummary enrollAll(
      String sequence, Stream<ContactInput> contacts, Consumer<BulkResult> each) {
    return engine().enrollAll(sequence, contacts, each);
  }

  @Override
  public DeliveryId send(Send send) {
    return engine().send(send);
  }

  @Override
  public int record(HostEvent event) {
    return engine().record(event);
  }

  @Override
  public RenderedMail preview(String sequence, String step, Contact contact) {
    return engine().preview(sequence, step, contact);
  }

  @Override
  public String sendTest(
      String sequence, String step, Contact contact, String mailbox, String recipient) {
    return engine().sendTest(sequence, step, contact, mailbox, recipient);
  }

  @Override
  public ActResult pause(Act act) {
    return engine().pause(act);
  }

  @Override
  public ActResult resume(Act act) {
    return engine().resume(act);
  }

  @Override
  public Sequences sequences() {
    return engine().sequences();
  }

  @Override
  public Contacts contacts() {
    return engine().contacts();
  }

  @Override
  public Enrollments enrollments() {
    return engine().enrollments();
  }

  @Override
  public Deliveries deliveries() {
    return engine().deliveries();
  }

  @Override
  public Mailboxes mailboxes() {
    return engine().mailboxes();
  }

  @Override
  public Suppressions suppressions() {
    return engine().suppressions();
  }

  @Override
  public void start() {
    engine().start();
  }

  @Override
  public void stop(Duration grace) {
    engine().stop(grace);
  }

  @Override
  public PassReport runDue(RunScope scope) {
    return engine().runDue(scope);
  }

  @Override
  public PassReport runFor(Duration budget) {
    return engine().runFor(budget);
  }

  @Override
  public Health health() {
    return engine().health();
  }

  @Override
  public int acceptHistory(Instant from) {
    return engine().acceptHistory(from);
  }

  @Override
  public ActResult pauseEverything(Act act) {
    return engine().pauseEverything(act);
  }

  @Override
  public ActResult resumeEverything(Act act) {
    return engine().resumeEverything(act);
  }
}
