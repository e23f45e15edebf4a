package dev.sequencer.internal.operations;

import dev.sequencer.Contact;
import dev.sequencer.EmailAddress;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.internal.dispatch.Contacts;
import dev.sequencer.internal.dispatch.Details;
import dev.sequencer.internal.dispatch.Facts;
import dev.sequencer.spi.store.InboxEntry;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.util.List;
import java.util.Optional;

/** What people do with contacts. */
final class ContactActs implements dev.sequencer.Contacts {
  private final Context context;

  ContactActs(Context context) {
    this.context = context;
  }

  @Override
  public int save(Contact contact) {
    StoredContact stored = Contacts.stored(context.tenant(), contact);
    if (context.store().leaves()) {
      context.store().leave(InboxEntry.saving(stored));
      return 0;
    }
    return save(stored);
  }

  int save(StoredContact contact) {
    SteerCall.Answer answer =
        context.steer(
            SteerCall.of(context.tenant(), new SteerCall.Target.OfSavedContact(), this::replanned)
                .saving(contact));
    context.signal().run();
    return answer.before().size();
  }

  /** Lets the walk plan anew what waits; what is being sent is planned after its outcome. */
  private Optional<Transition> replanned(Subject subject) {
    Work row = subject.work();
    Work next = row.state().phase() == EnrollmentPhase.WAITING ? waiting(subject) : row;
    return Optional.of(Transition.of(next, Details.entry(row, context.now(), "contact-saved")));
  }

  /** A retry keeps its instant: it follows from the last try, not from the contact. */
  private Work waiting(Subject subject) {
    Work row = subject.work();
    boolean retries = row.attempt().tries() > 0 && !row.lane().isControl();
    return retries
        ? context
            .planner()
            .relaned(new Facts(subject), context.catalog().version(row.origin().version()))
        : Steering.parked(row, context.now());
  }

  @Override
  public Optional<Contact> findById(String id) {
    return context.store().views().contactById(context.tenant(), id).map(Contacts::contact);
  }

  @Override
  public List<Contact> findByEmail(String address) {
    return context
        .store()
        .views()
        .contactsByAddress(context.tenant(), EmailAddress.of(address).normalized())
        .stream()
        .map(Contacts::contact)
        .toList();
  }
}
