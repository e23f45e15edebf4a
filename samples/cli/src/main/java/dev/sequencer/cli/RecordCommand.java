package dev.sequencer.cli;

import dev.sequencer.DeliveryId;
import dev.sequencer.HostEvent;
import dev.sequencer.Sequencer;
import dev.sequencer.cli.show.Json;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    description = {
      "Records something that happened: a reply, an unsubscribe and a hard bounce end the"
          + " enrollments that they concern.",
      "EVENT is replied, opened, clicked, bounced, bounced-softly, unsubscribed, complained or a"
          + " name of your own, such as deal.won."
    })
final class RecordCommand extends HostCommand {
  @Parameters(paramLabel = "EVENT", description = "What happened.")
  private String event = "";

  @ArgGroup private About about = new About();

  @Option(
      names = "--event-id",
      paramLabel = "ID",
      description =
          "Names this event: a second one with the same id changes nothing. By default each is a new"
              + " one.")
  private Optional<String> eventId = Optional.empty();

  @Option(names = "--json", description = "Writes JSON.")
  private boolean json;

  RecordCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** Whom or what it is about. */
  static final class About {
    @Option(names = "--email", paramLabel = "ADDRESS", description = "Contacts with this address.")
    private Optional<String> email = Optional.empty();

    @Option(names = "--contact", paramLabel = "ID", description = "The contact with your own id.")
    private Optional<String> contact = Optional.empty();

    @Option(names = "--delivery", paramLabel = "ID", description = "This delivery, such as 42-1.")
    private Optional<String> delivery = Optional.empty();

    @Option(
        names = "--message-id",
        paramLabel = "ID",
        description = "The delivery with this Message-ID.")
    private Optional<String> messageId = Optional.empty();

    boolean isMissing() {
      return email.or(() -> contact).or(() -> delivery).or(() -> messageId).isEmpty();
    }

    HostEvent of(HostEvent event) {
      if (email.isPresent()) {
        return ContactOptions.named("--email", email.get(), event::email);
      }
      if (contact.isPresent()) {
        return event.contact(contact.get());
      }
      if (delivery.isPresent()) {
        return event.delivery(DeliveryId.parse(delivery.get()));
      }
      return event.messageId(messageId.orElseThrow());
    }
  }

  @Override
  public Integer call() {
    if (about.isMissing()) {
      throw new CommandLine.ParameterException(
          spec().commandLine(),
          "Missing required option: name --email, --contact, --delivery or --message-id");
    }
    HostEvent whole = about.of(named()).id(eventId.orElseGet(this::ownId));
    int concerned;
    try (Sequencer sequencer = openExisting(configuration())) {
      concerned = sequencer.record(whole);
    }
    if (json) {
      printJson(Json.object("event", event, "enrollments", concerned));
    } else {
      out().println("recorded: " + event + ", enrollments concerned: " + concerned);
      out().flush();
    }
    return 0;
  }

  private String ownId() {
    return surroundings().user() + ":" + event + ":" + surroundings().clock().instant();
  }

  private HostEvent named() {
    return switch (event) {
      case "replied" -> HostEvent.replied();
      case "opened" -> HostEvent.opened();
      case "clicked" -> HostEvent.clicked();
      case "bounced" -> HostEvent.bounced();
      case "bounced-softly" -> HostEvent.bouncedSoftly();
      case "unsubscribed" -> HostEvent.unsubscribed();
      case "complained" -> HostEvent.complained();
      default -> HostEvent.named(event);
    };
  }
}
