package dev.sequencer.cli;

import dev.sequencer.EnrollmentQuery;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.EnrollmentView;
import dev.sequencer.Page;
import dev.sequencer.Sequencer;
import dev.sequencer.cli.show.Json;
import dev.sequencer.cli.show.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "enrollments",
    mixinStandardHelpOptions = true,
    description = "Lists enrollments, the oldest first.")
final class EnrollmentsCommand extends HostCommand {
  @Option(names = "--sequence", paramLabel = "NAME", description = "Only of this sequence.")
  private Optional<String> sequence = Optional.empty();

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only in this status: active, paused, held or ended.")
  private Optional<EnrollmentStatus> status = Optional.empty();

  @Option(names = "--email", paramLabel = "ADDRESS", description = "Only with this address.")
  private Optional<String> email = Optional.empty();

  @Option(names = "--contact", paramLabel = "ID", description = "Only with this id of your own.")
  private Optional<String> contact = Optional.empty();

  @Option(names = "--after", paramLabel = "ID", description = "Begins after this one.")
  private Optional<Long> after = Optional.empty();

  @Option(
      names = "--limit",
      defaultValue = "100",
      paramLabel = "N",
      description = "How many at the most, up to 1000; ${DEFAULT-VALUE} by default.")
  private int limit;

  @Option(names = "--json", description = "Writes JSON.")
  private boolean json;

  EnrollmentsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    EnrollmentQuery query = query();
    Page<EnrollmentView> page;
    try (Sequencer sequencer = openExisting(configuration())) {
      page = sequencer.enrollments().find(query);
    }
    if (json) {
      List<Object> list = new ArrayList<>();
      page.items().forEach(view -> list.add(object(view)));
      printJson(Json.object("enrollments", list, "next", page.next()));
      return 0;
    }
    Table table = new Table("ID", "SEQUENCE", "CONTACT", "STATUS", "STEP", "DUE", "REASON");
    for (EnrollmentView view : page.items()) {
      table.row(
          view.id(),
          view.sequence(),
          view.contact().email().address(),
          standing(view),
          view.state().step().orElse("-"),
          view.state().due().map(Instant::toString).orElse("-"),
          view.state().reason());
    }
    Lists.print(out(), table, "enrollments", "--after", page.next());
    return 0;
  }

  private EnrollmentQuery query() {
    EnrollmentQuery query = EnrollmentQuery.all().limit(limit);
    query = sequence.map(query::sequence).orElse(query);
    query = status.map(query::status).orElse(query);
    if (email.isPresent()) {
      query = ContactOptions.named("--email", email.get(), query::email);
    }
    query = contact.map(query::contactId).orElse(query);
    return after.map(id -> Long.toString(id)).map(query::after).orElse(query);
  }

  /** Gives status, phase and ending in a word or two. */
  static String standing(EnrollmentView view) {
    return switch (view.status()) {
      case ENDED -> view.state().ending().map(Json::word).orElse("ended");
      case ACTIVE -> Json.word(view.state().phase()).replace('-', ' ');
      case PAUSED, HELD -> Json.word(view.status());
    };
  }

  static Map<String, Object> object(EnrollmentView view) {
    return Json.object(
        "id", view.id().value(),
        "sequence", view.sequence(),
        "version", view.version(),
        "runKey", view.runKey(),
        "contact",
            Json.object(
                "email", view.contact().email().address(),
                "id", view.contact().id(),
                "name", view.contact().name(),
                "zone", view.contact().zone().map(ZoneId::getId),
                "locale", view.contact().locale().map(Locale::toLanguageTag),
                "attributes", view.contact().attributes().asMap()),
        "enrolledAt", view.enrolledAt(),
        "status", view.status(),
        "phase", view.state().phase(),
        "ending", view.state().ending(),
        "step", view.state().step(),
        "due", view.state().due(),
        "mailbox", view.state().mailbox(),
        "reason", view.state().reason());
  }
}
