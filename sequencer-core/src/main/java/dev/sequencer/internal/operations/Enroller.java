package dev.sequencer.internal.operations;

import dev.sequencer.Attributes;
import dev.sequencer.BulkResult;
import dev.sequencer.BulkSummary;
import dev.sequencer.Contact;
import dev.sequencer.ContactInput;
import dev.sequencer.DeliveryId;
import dev.sequencer.EmailAddress;
import dev.sequencer.EnrollRequest;
import dev.sequencer.EnrollResult;
import dev.sequencer.EnrollmentId;
import dev.sequencer.MailKind;
import dev.sequencer.Reenroll;
import dev.sequencer.Send;
import dev.sequencer.StartTime;
import dev.sequencer.Step;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.internal.catalog.Publisher;
import dev.sequencer.internal.catalog.SequenceInfo;
import dev.sequencer.internal.catalog.Version;
import dev.sequencer.internal.definition.Json;
import dev.sequencer.internal.dispatch.Contacts;
import dev.sequencer.internal.dispatch.Planner;
import dev.sequencer.internal.text.DidYouMean;
import dev.sequencer.internal.time.LocalTimes;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.EnrollCall.Again;
import dev.sequencer.spi.store.EnrollCall.Uniqueness;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Suppression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Enrolls contacts: one, many, and the one of a delayed send. */
final class Enroller {
  private static final int BATCH = 500;

  private final Context context;
  private final Publisher publisher;

  Enroller(Context context, Publisher publisher) {
    this.context = context;
    this.publisher = publisher;
  }

  EnrollResult enroll(EnrollRequest request) {
    SequenceInfo info = open(request.sequence());
    Attributes data = named(request.data(), request.mailbox());
    EnrollCall.Row row =
        row(
            info.current(),
            request.contact(),
            new Wish(
                request.runKey(),
                Uniqueness.CONTACT,
                request.reenroll() == Reenroll.ONCE ? Again.ONCE : Again.AFTER_END,
                data,
                request.startingAt()),
            context.now());
    EnrollCall.Answer answer = context.store().enroll(new EnrollCall(List.of(row))).get(0);
    context.signal().run();
    return result(answer);
  }

  private static EnrollResult result(EnrollCall.Answer answer) {
    return switch (answer.outcome()) {
      case ENROLLED -> new EnrollResult.Enrolled(new EnrollmentId(answer.enrollment()));
      case ALREADY -> new EnrollResult.AlreadyEnrolled(id(answer));
      case SUPPRESSED ->
          new EnrollResult.Suppressed(answer.suppression().map(Suppression::reason).orElse(""));
    };
  }

  private static Optional<EnrollmentId> id(EnrollCall.Answer answer) {
    return answer.enrollment() == 0
        ? Optional.empty()
        : Optional.of(new EnrollmentId(answer.enrollment()));
  }

  private SequenceInfo open(String name) {
    SequenceInfo info = context.sequence(name);
    if (name.startsWith("$")) {
      throw new IllegalArgumentException(
          "'" + name + "' is the engine's own: use send() for a delayed send");
    }
    if (info.stage() != SequenceInfo.Stage.ACTIVE) {
      throw new IllegalStateException(
          "contacts can be enrolled in an active or paused sequence, but '"
              + name
              + "' is "
              + (info.stage() == SequenceInfo.Stage.DRAFT
                  ? "a draft: publish or activate it"
                  : "archived: activate it"));
    }
    return info;
  }

  private Attributes named(Attributes data, Optional<EmailAddress> mailbox) {
    return mailbox
        .map(address -> data.with(Planner.NAMED_MAILBOX, mailbox(address).id()))
        .orElse(data);
  }

  private MailboxInfo mailbox(EmailAddress address) {
    return context
        .catalog()
        .snapshot()
        .mailbox(context.tenant(), address)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no mailbox '"
                        + address.address()
                        + "'"
                        + DidYouMean.among(
                                address.normalized(),
                                context.catalog().snapshot().mailboxes().stream()
                                    .filter(m -> m.tenant().equals(context.tenant()) && !m.gone())
                                    .map(m -> m.mailbox().address().normalized())
                                    .toList())
                            .map(known -> ": did you mean '" + known + "'?")
                            .orElse(": save it first")));
  }

  /** What a request asks for beside the contact. */
  private record Wish(
      String run, Uniqueness uniqueness, Again again, Attributes data, StartTime at) {}

  private EnrollCall.Row row(Version version, Contact contact, Wish wish, Instant now) {
    StoredContact stored = Contacts.stored(context.tenant(), contact);
    String data = Json.write(wish.data());
    return new EnrollCall.Row(
        stored,
        version.sequence(),
        version.id(),
        wish.run(),
        wish.uniqueness(),
        wish.again(),
        firstKind(version) == MailKind.TRANSACTIONAL,
        data,
        now,
        merged ->
            context
                .planner()
                .start(version, merged, data, now, base(version, merged, wish.at(), now)));
  }

  /** Gives the kind of the first mail: what blocks that blocks the enrollment. */
  private static MailKind firstKind(Version version) {
    return version.definition().steps().stream()
        .filter(Step.Email.class::isInstance)
        .map(Step.Email.class::cast)
        .findFirst()
        .map(version::kind)
        .orElse(version.definition().rules().kind());
  }

  private Instant base(Version version, StoredContact contact, StartTime at, Instant now) {
    if (at instanceof StartTime.At instant) {
      return instant.instant();
    }
    return at instanceof StartTime.Local local
        ? LocalTimes.resolve(local.time(), context.planner().zone(version, contact.zone()))
        : now;
  }

  BulkSummary enrollAll(String sequence, Stream<ContactInput> contacts, Consumer<BulkResult> each) {
    Totals totals = new Totals();
    try (Stream<ContactInput> stream = contacts) {
      SequenceInfo info = open(sequence);
      Iterator<ContactInput> inputs = stream.iterator();
      while (inputs.hasNext()) {
        List<ContactInput> batch = new ArrayList<>(BATCH);
        while (inputs.hasNext() && batch.size() < BATCH) {
          batch.add(inputs.next());
        }
        enrollBatch(info, batch, totals, each);
      }
    } finally {
      context.signal().run();
    }
    return totals.summary();
  }

  private void enrollBatch(
      SequenceInfo info, List<ContactInput> batch, Totals totals, Consumer<BulkResult> each) {
    Instant now = context.now();
    List<EnrollCall.Row> rows = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (ContactInput input : batch) {
      try {
        Wish wish = new Wish("", Uniqueness.CONTACT, Again.ONCE, Attributes.none(), StartTime.NOW);
        rows.add(row(info.current(), input.toContact(), wish, now));
        faults.add("");
      } catch (IllegalArgumentException e) {
        faults.add(String.valueOf(e.getMessage()));
      }
    }
    Iterator<EnrollCall.Answer> answers = context.store().enroll(new EnrollCall(rows)).iterator();
    for (int i = 0; i < batch.size(); i++) {
      BulkResult result =
          faults.get(i).isEmpty()
              ? bulk(totals.next(), batch.get(i), answers.next())
              : new BulkResult(
                  totals.next(),
                  batch.get(i),
                  BulkResult.Outcome.INVALID,
                  Optional.empty(),
                  faults.get(i));
      totals.count(result.outcome());
      each.accept(result);
    }
  }

  private static BulkResult bulk(long row, ContactInput input, EnrollCall.Answer answer) {
    BulkResult.Outcome outcome =
        switch (answer.outcome()) {
          case ENROLLED -> BulkResult.Outcome.ENROLLED;
          case ALREADY -> BulkResult.Outcome.ALREADY_ENROLLED;
          case SUPPRESSED -> BulkResult.Outcome.SUPPRESSED;
        };
    String reason = answer.suppression().map(Suppression::reason).orElse("");
    return new BulkResult(row, input, outcome, id(answer), reason);
  }

  DeliveryId send(Send send) {
    Version version = publisher.send(context.tenant(), send);
    send.mailboxes().forEach(this::mailbox);
    Instant now = context.now();
    Wish wish =
        new Wish(
            send.key().orElseGet(() -> context.keys().next(now)),
            Uniqueness.SEQUENCE,
            Again.ONCE,
            send.data(),
            send.at());
    EnrollCall.Answer answer =
        context
            .store()
            .enroll(new EnrollCall(List.of(row(version, send.contact(), wish, now))))
            .get(0);
    if (answer.outcome() == EnrollCall.Outcome.SUPPRESSED) {
      throw new IllegalStateException(
          "a suppressed address gets no mail of this kind: unsuppress it or leave it out ("
              + answer.suppression().map(Suppression::reason).orElse("")
              + ")");
    }
    if (answer.enrollment() == 0) {
      throw new IllegalStateException(
          "the first send with this key is not visible to this transaction: try again after it");
    }
    context.signal().run();
    return DeliveryId.of(answer.enrollment(), Publisher.SEND_STEP);
  }

  /** The totals of a bulk call. */
  private static final class Totals {
    private long row;
    private final Map<BulkResult.Outcome, Long> counts = new EnumMap<>(BulkResult.Outcome.class);

    long next() {
      return ++row;
    }

    void count(BulkResult.Outcome outcome) {
      counts.merge(outcome, 1L, Long::sum);
    }

    private long of(BulkResult.Outcome outcome) {
      return counts.getOrDefault(outcome, 0L);
    }

    BulkSummary summary() {
      return new BulkSummary(
          of(BulkResult.Outcome.ENROLLED),
          of(BulkResult.Outcome.ALREADY_ENROLLED),
          of(BulkResult.Outcome.SUPPRESSED),
          of(BulkResult.Outcome.INVALID));
    }
  }
}
