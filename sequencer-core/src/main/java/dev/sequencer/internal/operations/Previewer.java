package dev.sequencer.internal.operations;

import dev.sequencer.Contact;
import dev.sequencer.EmailAddress;
import dev.sequencer.RenderedMail;
import dev.sequencer.Step;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.internal.catalog.SequenceInfo;
import dev.sequencer.internal.catalog.Version;
import dev.sequencer.internal.dispatch.Mails;
import dev.sequencer.internal.mail.ComposedMail;
import dev.sequencer.internal.mail.Composition;
import dev.sequencer.internal.mail.MailLint;
import dev.sequencer.internal.mail.MailRequest;
import dev.sequencer.internal.text.DidYouMean;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.Permit;
import dev.sequencer.spi.SendKey;
import dev.sequencer.spi.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Shows a mail as it would be sent, and sends it once for trying. Touches no enrollment. */
final class Previewer {
  private final Context context;

  Previewer(Context context) {
    this.context = context;
  }

  RenderedMail preview(String sequence, String step, Contact contact) {
    ComposedMail mail = compose(sequence, step, contact);
    return mail.preview(Optional.empty(), contact.email(), MailLint.of(mail));
  }

  private ComposedMail compose(String sequence, String step, Contact contact) {
    SequenceInfo info = context.sequence(sequence);
    Version version = info.current();
    Step.Email email =
        version
            .graph()
            .number(step)
            .flatMap(version.graph()::email)
            .orElseThrow(() -> noStep(sequence, step, version));
    MailRequest request = MailRequest.of(email.mail(), version.kind(email), contact);
    if (email.mail().inThread()) {
      Optional<String> first = firstSubject(version, step, contact);
      request = first.isPresent() ? request.inThreadOf(first.get()) : request;
    }
    Composition composition = context.parts().composer().compose(request);
    if (composition instanceof Composition.Composed composed) {
      return composed.mail();
    }
    if (composition instanceof Composition.Refused refused) {
      throw new IllegalArgumentException(
          "the mail of step '" + step + "' cannot be made: " + refused.reason());
    }
    Composition.Unavailable unavailable = (Composition.Unavailable) composition;
    throw new IllegalStateException(
        "the mail of step '" + step + "' cannot be made now: " + unavailable.reason(),
        unavailable.cause().orElse(null));
  }

  private static IllegalArgumentException noStep(String sequence, String step, Version version) {
    List<String> mails =
        version.definition().steps().stream()
            .filter(Step.Email.class::isInstance)
            .map(Step::key)
            .toList();
    return new IllegalArgumentException(
        "sequence '"
            + sequence
            + "' has no e-mail step '"
            + step
            + "'"
            + DidYouMean.among(step, mails)
                .map(known -> ": did you mean '" + known + "'?")
                .orElse(": it has " + mails));
  }

  /** Gives the subject of the mail that begins the thread of a step. */
  private Optional<String> firstSubject(Version version, String step, Contact contact) {
    Optional<Step.Email> first = Optional.empty();
    for (Step each : version.definition().steps()) {
      if (each.key().equals(step)) {
        break;
      }
      if (each instanceof Step.Email email && !email.mail().inThread()) {
        first = Optional.of(email);
      }
    }
    return first
        .map(
            email ->
                context
                    .parts()
                    .composer()
                    .compose(MailRequest.of(email.mail(), version.kind(email), contact)))
        .filter(Composition.Composed.class::isInstance)
        .map(composed -> ((Composition.Composed) composed).mail().subject());
  }

  String sendTest(String sequence, String step, Contact contact, String mailbox, String recipient) {
    EmailAddress to = EmailAddress.of(recipient);
    MailboxInfo info =
        context
            .catalog()
            .refresh()
            .mailbox(context.tenant(), EmailAddress.of(mailbox))
            .orElseThrow(
                () -> new IllegalArgumentException("there is no mailbox '" + mailbox + "'"));
    MailTransport transport =
        context
            .parts()
            .transport(info.mailbox().transport())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "this node has no transport '" + info.mailbox().transport() + "'"));
    ComposedMail composed = compose(sequence, step, contact);
    Instant now = context.now();
    // No delivery has the enrollment number 0, so the id of a trial decodes to none.
    SendKey key =
        new SendKey(
            context.parts().ids().sendKey(0, (int) (now.getEpochSecond() & 0xFFFFFF), info.id()),
            context
                .parts()
                .ids()
                .create(
                    0,
                    (int) (now.getEpochSecond() & 0xFFFFFF),
                    info.id(),
                    info.mailbox().address().domain()),
            now);
    OutgoingMail mail =
        new OutgoingMail(
            key,
            new Mails(context.parts()).sender(info),
            now,
            to,
            OutgoingMail.Addresses.NONE,
            composed.content(),
            OutgoingMail.Thread.NONE,
            Optional.empty());
    return words(handOver(transport, mail, transport.limits().handOver()));
  }

  private static SendResult handOver(MailTransport transport, OutgoingMail mail, Duration limit) {
    try {
      Optional<SendResult> hindrance = transport.connect(mail.sender());
      return hindrance.isPresent() ? hindrance.get() : transport.send(mail, always(limit));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return SendResult.inDoubt("interrupted");
    }
  }

  private static Permit always(Duration limit) {
    return new Permit() {
      @Override
      public boolean check() {
        return true;
      }

      @Override
      public Duration remaining() {
        return limit;
      }
    };
  }

  private static String words(SendResult result) {
    String outcome = result.outcome().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    String code = result.code().isEmpty() ? "" : " " + result.code();
    return outcome + code + (result.text().isEmpty() ? "" : ": " + result.text());
  }
}
