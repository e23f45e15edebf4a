package dev.sequencer.internal.dispatch;

import dev.sequencer.Attributes;
import dev.sequencer.EnrollmentId;
import dev.sequencer.Step;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.internal.catalog.Version;
import dev.sequencer.internal.mail.ComposedMail;
import dev.sequencer.internal.mail.Composition;
import dev.sequencer.internal.mail.MailRequest;
import dev.sequencer.internal.mail.MailThreads;
import dev.sequencer.internal.mail.MailThreads.Conversation;
import dev.sequencer.internal.mail.MailThreads.EmailStep;
import dev.sequencer.internal.mail.MessageIds;
import dev.sequencer.internal.plan.StepGraph;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.ModelSource.MailSubject;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendKey;
import dev.sequencer.spi.Sender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the mail of a row: its values, its thread, its names. */
public final class Mails {
  private final Parts parts;

  /** Makes mails with the parts of an engine. */
  public Mails(Parts parts) {
    this.parts = parts;
  }

  MailSubject subject(Item item) {
    return new MailSubject(
        item.work().origin().tenant(),
        new EnrollmentId(item.work().enrollment()),
        item.sequence().name(),
        item.email().key(),
        item.facts().contact(),
        item.facts().data());
  }

  Composition compose(Item item, Map<EnrollmentId, Attributes> fresh) {
    MailRequest request =
        MailRequest.of(item.email().mail(), item.kind(), item.facts().contact())
            .data(item.facts().data())
            .fresh(
                fresh.getOrDefault(new EnrollmentId(item.work().enrollment()), Attributes.none()));
    Optional<String> first = thread(item).flatMap(Conversation::firstSubject);
    return parts.composer().compose(first.isPresent() ? request.inThreadOf(first.get()) : request);
  }

  private static Optional<Conversation> thread(Item item) {
    return item.email().mail().inThread()
        ? MailThreads.of(before(item.version(), item.step()), item.subject().deliveries())
        : Optional.empty();
  }

  /** Gives the e-mail steps that come before a step. */
  static List<EmailStep> before(Version version, int step) {
    List<EmailStep> steps = new ArrayList<>();
    StepGraph graph = version.graph();
    for (int number = graph.after(StepGraph.END);
        number != StepGraph.END && number != step;
        number = graph.after(number)) {
      int here = number;
      Optional<Step.Email> email = graph.email(number);
      email.ifPresent(e -> steps.add(new EmailStep(here, e.mail().inThread())));
    }
    return steps;
  }

  /** Gives the mail of a row from a mailbox; empty when this node lacks its transport. */
  Optional<Prepared> prepared(
      Item item, MailboxInfo mailbox, ComposedMail composed, Instant until, Instant now) {
    Optional<MailTransport> transport = parts.transport(mailbox.mailbox().transport());
    if (transport.isEmpty()) {
      return Optional.empty();
    }
    long enrollment = item.work().enrollment();
    String sendKey = parts.ids().sendKey(enrollment, item.step(), mailbox.id());
    SendKey key =
        new SendKey(sendKey, MessageIds.idOf(sendKey, mailbox.mailbox().address().domain()), now);
    OutgoingMail mail =
        new OutgoingMail(
            key,
            sender(mailbox),
            now,
            item.facts().contact().email(),
            composed.addresses(),
            composed.content(),
            thread(item).map(found -> found.answer(mailbox.id())).orElse(OutgoingMail.Thread.NONE),
            item.work().attempt().stageReference());
    return Optional.of(new Prepared(item, mailbox, transport.get(), mail, kept(composed), until));
  }

  /** Gives the sender of a mailbox, whose credential is looked up when it is needed. */
  public Sender sender(MailboxInfo mailbox) {
    return Sender.of(
        mailbox.tenant(),
        mailbox.mailbox().address(),
        mailbox.mailbox().credentials(),
        parts.config().mail().credentials());
  }

  private static Map<String, Object> kept(ComposedMail composed) {
    Map<String, Object> kept = new LinkedHashMap<>();
    kept.put("subject", composed.subject());
    composed.template().name().ifPresent(name -> kept.put("template", name));
    kept.put("locale", composed.template().locale());
    kept.put("hash", composed.template().hash());
    kept.put("size", composed.size());
    return kept;
  }

  /** Gives the same mail with the instant at which its attempt began. */
  static OutgoingMail begunAt(OutgoingMail mail, Instant at) {
    return new OutgoingMail(
        new SendKey(mail.key().value(), mail.key().messageId(), at),
        mail.sender(),
        at,
        mail.to(),
        mail.addresses(),
        mail.content(),
        mail.thread(),
        mail.stageReference());
  }
}
