package dev.sequencer.cli;

import dev.sequencer.DeliveryId;
import dev.sequencer.EmailAddress;
import dev.sequencer.EnrollmentView;
import dev.sequencer.MailKind;
import dev.sequencer.MailSpec;
import dev.sequencer.Send;
import dev.sequencer.Sequencer;
import dev.sequencer.StartTime;
import dev.sequencer.cli.show.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    description = {
      "Sends one mail, now or later. It is kept in the store and leaves from a 'run' on the same"
          + " file, or from the next one that is started.",
      "WHEN is 'now', from now on (+2m, +36h, +1d12h), an instant (2026-12-01T09:00:00Z) or a local"
          + " time of the recipient (2026-12-01T10:00). 'cancel ID' takes it back."
    })
final class SendCommand extends HostCommand {
  @Mixin private ContactOptions recipient = new ContactOptions();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "MAILBOX",
      description = "The address of the mailbox it comes from.")
  private String from = "";

  @Option(names = "--template", paramLabel = "NAME", description = "The template.")
  private Optional<String> template = Optional.empty();

  @Option(
      names = "--subject",
      paramLabel = "TEXT",
      description = "The subject; wins over the template's.")
  private Optional<String> subject = Optional.empty();

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "A plain text instead of a template.")
  private Optional<String> text = Optional.empty();

  @Option(
      names = "--at",
      defaultValue = "now",
      paramLabel = "WHEN",
      description = "When it leaves at the earliest; ${DEFAULT-VALUE} by default.")
  private String at = "now";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Names this send: a second one with the same key is the first.")
  private Optional<String> key = Optional.empty();

  @Option(
      names = "--kind",
      defaultValue = "personal",
      paramLabel = "KIND",
      description = "personal, bulk or transactional; ${DEFAULT-VALUE} by default.")
  private MailKind kind = MailKind.PERSONAL;

  @Option(names = "--json", description = "Writes JSON.")
  private boolean json;

  SendCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    if (template.isEmpty() && text.isEmpty()) {
      throw new Refused("a mail needs a body: name a --template, or give --text and --subject");
    }
    StartTime when = When.parse(at, surroundings().clock().instant());
    Send send =
        Send.to(recipient.contact())
            .mail(this::describe)
            .mailbox(ContactOptions.named("--from", from, EmailAddress::of).address())
            .data(recipient.data());
    if (when instanceof StartTime.At instant) {
      send = send.at(instant.instant());
    } else if (when instanceof StartTime.Local local) {
      send = send.at(local.time());
    }
    send = key.map(send::key).orElse(send);
    try (Sequencer sequencer = open(configuration())) {
      DeliveryId id = sequencer.send(send);
      show(sequencer, id);
    }
    return 0;
  }

  private void describe(MailSpec mail) {
    template.ifPresent(mail::template);
    subject.ifPresent(mail::subject);
    text.ifPresent(mail::text);
    switch (kind) {
      case PERSONAL -> mail.personal();
      case BULK -> mail.bulk();
      case TRANSACTIONAL -> mail.transactional();
    }
  }

  private void show(Sequencer sequencer, DeliveryId id) {
    Optional<EnrollmentView> enrollment = sequencer.enrollments().find(id.enrollment());
    Optional<Instant> due = enrollment.flatMap(view -> view.state().due());
    if (json) {
      printJson(
          Json.object("id", id, "status", enrollment.map(EnrollmentView::status), "due", due));
      return;
    }
    List<String> words = new ArrayList<>();
    words.add("send " + id);
    due.ifPresent(instant -> words.add("due " + instant));
    words.add("it leaves from 'run'; take it back with 'cancel " + id + "'");
    out().println(String.join(", ", words));
    out().flush();
  }
}
