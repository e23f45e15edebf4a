package dev.sequencer.cli;

import dev.sequencer.DeliveryQuery;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.Page;
import dev.sequencer.Sequencer;
import dev.sequencer.cli.show.Json;
import dev.sequencer.cli.show.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "deliveries",
    mixinStandardHelpOptions = true,
    description = "Lists the mails with an outcome: sent, skipped, failed or in doubt.")
final class DeliveriesCommand extends HostCommand {
  @Option(names = "--sequence", paramLabel = "NAME", description = "Only of this sequence.")
  private Optional<String> sequence = Optional.empty();

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only with this outcome: sent, skipped, failed or in-doubt.")
  private Optional<DeliveryStatus> status = Optional.empty();

  @Option(names = "--mailbox", paramLabel = "MAILBOX", description = "Only from this mailbox.")
  private Optional<String> mailbox = Optional.empty();

  @Option(
      names = "--older-than",
      paramLabel = "MINUTES",
      description = "Only recorded at least that many minutes ago.")
  private Optional<Long> olderThan = Optional.empty();

  @Option(names = "--after", paramLabel = "ID", description = "Begins after this one.")
  private Optional<String> after = Optional.empty();

  @Option(
      names = "--limit",
      defaultValue = "100",
      paramLabel = "N",
      description = "How many at the most, up to 1000; ${DEFAULT-VALUE} by default.")
  private int limit;

  @Option(names = "--json", description = "Writes JSON.")
  private boolean json;

  DeliveriesCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    DeliveryQuery query = query();
    Page<DeliveryView> page;
    try (Sequencer sequencer = openExisting(configuration())) {
      query.mailbox().ifPresent(address -> Checks.mailbox(sequencer, address.address()));
      page = sequencer.deliveries().find(query);
    }
    if (json) {
      List<Object> list = new ArrayList<>();
      page.items().forEach(view -> list.add(object(view)));
      printJson(Json.object("deliveries", list, "next", page.next()));
      return 0;
    }
    Table table = new Table("ID", "SEQUENCE", "STEP", "STATUS", "MAILBOX", "LEFT", "DETAIL");
    page.items().forEach(view -> row(table, view));
    Lists.print(out(), table, "deliveries", "--after", page.next());
    return 0;
  }

  private DeliveryQuery query() {
    DeliveryQuery query = DeliveryQuery.all().limit(limit);
    query = sequence.map(query::sequence).orElse(query);
    query = status.map(query::status).orElse(query);
    if (mailbox.isPresent()) {
      query = ContactOptions.named("--mailbox", mailbox.get(), query::mailbox);
    }
    query = olderThan.map(Duration::ofMinutes).map(query::olderThan).orElse(query);
    return after.map(query::after).orElse(query);
  }

  static void row(Table table, DeliveryView view) {
    table.row(
        view.id(),
        view.sequence(),
        view.step(),
        Json.word(view.status()),
        view.mailbox(),
        view.leftAt().map(Instant::toString).orElse("-"),
        view.reason());
  }

  static Object object(DeliveryView view) {
    return Json.object(
        "id", view.id(),
        "enrollment", view.id().enrollment().value(),
        "sequence", view.sequence(),
        "step", view.step(),
        "status", view.status(),
        "mailbox", view.mailbox(),
        "attempt", view.attempt(),
        "recordedAt", view.times().recordedAt(),
        "begunAt", view.begunAt(),
        "leftAt", view.leftAt(),
        "messageId", view.ids().actual().orElse(view.messageId()),
        "providerId", view.ids().provider(),
        "reason", view.reason());
  }
}
