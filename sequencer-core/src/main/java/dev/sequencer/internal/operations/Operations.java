package dev.sequencer.internal.operations;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.ActResult.Outcome;
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
import dev.sequencer.HostEvent;
import dev.sequencer.Mailboxes;
import dev.sequencer.PublishResult;
import dev.sequencer.RenderedMail;
import dev.sequencer.Send;
import dev.sequencer.Sequence;
import dev.sequencer.SequencerOperations;
import dev.sequencer.Sequences;
import dev.sequencer.Suppressions;
import dev.sequencer.internal.catalog.MailboxKeeper;
import dev.sequencer.internal.catalog.Publisher;
import dev.sequencer.internal.catalog.Switches;
import dev.sequencer.spi.HostTransaction;
import dev.sequencer.spi.store.StoreViews.EnrollmentFilter;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The operations of one tenant. */
public final class Operations implements SequencerOperations {
  private static final int LONGEST_TENANT = 100;

  private final Context context;
  private final Publisher publisher;
  private final MailboxKeeper keeper;
  private final Inbox inbox;

  /** Makes the operations of a context's tenant. */
  public Operations(Context context, Publisher publisher, MailboxKeeper keeper) {
    this.context = context;
    this.publisher = publisher;
    this.keeper = keeper;
    this.inbox = new Inbox(context);
  }

  /** Carries out what transactions of hosts have left, so that what follows reads and meets it. */
  private Context upToDate() {
    if (!context.store().leaves()) {
      inbox.carryOut();
    }
    return context;
  }

  @Override
  public SequencerOperations tenant(String name) {
    if (name.length() > LONGEST_TENANT || name.chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException(
          "the name of a tenant has at most 100 characters and none that controls, but this has "
              + name.length());
    }
    return new Operations(context.tenant(name), publisher, keeper);
  }

  @Override
  public SequencerOperations inTransaction(HostTransaction transaction) {
    return new Operations(
        context.joined(context.parts().store().join(transaction)), publisher, keeper);
  }

  @Override
  public PublishResult publish(Sequence sequence) {
    PublishResult result = publisher.publish(context.tenant(), sequence, Publisher.How.OPEN);
    context.parts().store().wake(java.util.List.of(), context.now());
    context.signal().run();
    return result;
  }

  @Override
  public EnrollResult enroll(String sequence, Contact contact) {
    return enroll(EnrollRequest.of(sequence, contact));
  }

  @Override
  public EnrollResult enroll(EnrollRequest request) {
    return new Enroller(context, publisher).enroll(request);
  }

  @Override
  public BulkSummary enrollAll(
      String sequence, Stream<ContactInput> contacts, Consumer<BulkResult> each) {
    return new Enroller(context, publisher).enrollAll(sequence, contacts, each);
  }

  @Override
  public DeliveryId send(Send send) {
    return new Enroller(context, publisher).send(send);
  }

  @Override
  public int record(HostEvent event) {
    return new Recorder(upToDate()).record(event);
  }

  @Override
  public RenderedMail preview(String sequence, String step, Contact contact) {
    return new Previewer(context).preview(sequence, step, contact);
  }

  @Override
  public String sendTest(
      String sequence, String step, Contact contact, String mailbox, String recipient) {
    return new Previewer(context).sendTest(sequence, step, contact, mailbox, recipient);
  }

  @Override
  public ActResult pause(Act act) {
    return turn(context.tenant(), Switches.TENANT, true, act);
  }

  @Override
  public ActResult resume(Act act) {
    return turn(context.tenant(), Switches.TENANT, false, act);
  }

  /** Pauses or resumes everything of all tenants. */
  public ActResult everything(boolean paused, Act act) {
    return turn("", Switches.EVERYTHING, paused, act);
  }

  private ActResult turn(String tenant, String name, boolean paused, Act act) {
    boolean before = publisher.pause(tenant, name, paused, act.who(), act.why(), context.now());
    new Stops(context).note((paused ? "paused" : "resumed") + "-" + name, act, "", "");
    if (!paused) {
      context.parts().store().wake(java.util.List.of(), context.now());
      context.signal().run();
    }
    Optional<String> ofTenant =
        name.equals(Switches.EVERYTHING) ? Optional.empty() : Optional.of(tenant);
    int inFlight =
        context
            .parts()
            .store()
            .views()
            .inFlight(
                new EnrollmentFilter(
                    ofTenant,
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    OptionalInt.empty()));
    return new ActResult(
        before == paused ? Outcome.UNCHANGED : Outcome.DONE,
        paused ? "paused" : "resumed",
        inFlight);
  }

  @Override
  public Sequences sequences() {
    return new SequenceActs(context, publisher);
  }

  @Override
  public Contacts contacts() {
    return new ContactActs(upToDate());
  }

  @Override
  public Enrollments enrollments() {
    return new EnrollmentActs(upToDate());
  }

  @Override
  public Deliveries deliveries() {
    return new DeliveryActs(upToDate());
  }

  @Override
  public Mailboxes mailboxes() {
    return new MailboxActs(context, publisher, keeper);
  }

  @Override
  public Suppressions suppressions() {
    return new SuppressionActs(upToDate());
  }
}
