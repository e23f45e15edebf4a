package dev.sequencer.cli;

import dev.sequencer.Page;
import dev.sequencer.Sequencer;
import dev.sequencer.SuppressionView;
import dev.sequencer.cli.show.Json;
import dev.sequencer.cli.show.Table;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "suppressions",
    mixinStandardHelpOptions = true,
    description = "Lists the addresses and domains that get no mail.")
final class SuppressionsCommand extends HostCommand {
  @Option(
      names = "--after",
      defaultValue = "",
      paramLabel = "TARGET",
      description = "Begins after this one.")
  private String after = "";

  @Option(
      names = "--limit",
      defaultValue = "100",
      paramLabel = "N",
      description = "How many at the most, up to 1000; ${DEFAULT-VALUE} by default.")
  private int limit;

  @Option(names = "--json", description = "Writes JSON.")
  private boolean json;

  SuppressionsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    Page<SuppressionView> page;
    try (Sequencer sequencer = openExisting(configuration())) {
      page = sequencer.suppressions().list(after, limit);
    }
    if (json) {
      List<Object> list = new ArrayList<>();
      for (SuppressionView view : page.items()) {
        list.add(
            Json.object(
                "target", view.target(),
                "sequence", view.sequence(),
                "transactionalToo", view.transactionalToo(),
                "reason", view.reason(),
                "since", view.since()));
      }
      printJson(Json.object("suppressions", list, "next", page.next()));
      return 0;
    }
    Table table = new Table("TARGET", "SEQUENCE", "TRANSACTIONAL TOO", "SINCE", "REASON");
    for (SuppressionView view : page.items()) {
      table.row(
          view.target(),
          view.sequence().orElse("all"),
          view.transactionalToo() ? "yes" : "no",
          view.since(),
          view.reason());
    }
    Lists.print(out(), table, "suppressions", "--after", page.next());
    return 0;
  }
}
