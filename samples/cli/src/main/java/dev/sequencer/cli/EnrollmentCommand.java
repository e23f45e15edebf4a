package dev.sequencer.cli;

import dev.sequencer.DeliveryId;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentView;
import dev.sequencer.HistoryEntry;
import dev.sequencer.Sequencer;
import dev.sequencer.cli.show.Json;
import dev.sequencer.cli.show.Printable;
import dev.sequencer.cli.show.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "enrollment",
    mixinStandardHelpOptions = true,
    description = "Shows one enrollment: where it stands, its mails and its history.")
final class EnrollmentCommand extends HostCommand {
  @Parameters(
      paramLabel = "ID",
      description = "The id of the enrollment, such as 42; 'enrollments' lists them.")
  private String id = "";

  @Option(names = "--json", description = "Writes JSON.")
  private boolean json;

  EnrollmentCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    EnrollmentId enrollment = EnrollmentId.parse(id);
    try (Sequencer sequencer = openExisting(configuration())) {
      EnrollmentView view =
          sequencer
              .enrollments()
              .find(enrollment)
              .orElseThrow(
                  () ->
                      new Refused(
                          "there is no enrollment "
                              + id
                              + ": 'enrollments' lists those there are"));
      List<DeliveryView> deliveries = deliveries(sequencer, view);
      List<HistoryEntry> history = sequencer.enrollments().history(enrollment);
      if (json) {
        printJson(object(view, deliveries, history));
      } else {
        print(view, deliveries, history);
      }
    }
    return 0;
  }

  /** Gives those of its steps that have an outcome: a delivery is named by the step's number. */
  private static List<DeliveryView> deliveries(Sequencer sequencer, EnrollmentView view) {
    int most =
        sequencer.sequences().find(view.sequence()).stream()
            .mapToInt(sequence -> sequence.definition().steps().size())
            .findFirst()
            .orElse(1);
    List<DeliveryView> deliveries = new ArrayList<>();
    for (int step = 1; step <= most; step++) {
      sequencer.deliveries().find(new DeliveryId(view.id(), step)).ifPresent(deliveries::add);
    }
    return deliveries;
  }

  private void print(
      EnrollmentView view, List<DeliveryView> deliveries, List<HistoryEntry> history) {
    line("Enrollment", view.id() + " of " + view.sequence() + ", version " + view.version());
    line("Contact", view.contact().email().toString());
    view.contact().id().ifPresent(own -> line("Own id", own));
    line("Zone", view.contact().zone().map(ZoneId::getId).orElse("that of the sequence"));
    line("Enrolled", view.enrolledAt().toString());
    String reason = view.state().reason();
    line("Stands", EnrollmentsCommand.standing(view) + (reason.isEmpty() ? "" : ", " + reason));
    view.state().step().ifPresent(step -> line("Step", step));
    view.state().due().map(Instant::toString).ifPresent(due -> line("Due", due));
    view.state().mailbox().ifPresent(mailbox -> line("Mailbox", mailbox));
    Table mails = new Table("ID", "SEQUENCE", "STEP", "STATUS", "MAILBOX", "LEFT", "DETAIL");
    deliveries.forEach(delivery -> DeliveriesCommand.row(mails, delivery));
    if (!mails.isEmpty()) {
      out().println();
      mails.print(out(), "");
    }
    Table events = new Table("AT", "WHAT", "STEP", "MORE");
    history.forEach(
        entry -> events.row(entry.at(), entry.kind(), entry.step().orElse("-"), detail(entry)));
    if (!events.isEmpty()) {
      out().println();
      events.print(out(), "");
    }
    out().flush();
  }

  private void line(String name, String value) {
    out().println(String.format(Locale.ROOT, "%-12s%s", name, Printable.line(value)));
  }

  private static String detail(HistoryEntry entry) {
    return entry.detail().entrySet().stream()
        .filter(member -> !String.valueOf(member.getValue()).isEmpty())
        .map(member -> member.getKey() + " " + member.getValue())
        .collect(Collectors.joining(", "));
  }

  private static Object object(
      EnrollmentView view, List<DeliveryView> deliveries, List<HistoryEntry> history) {
    Map<String, Object> object = EnrollmentsCommand.object(view);
    List<Object> mails = new ArrayList<>();
    deliveries.forEach(delivery -> mails.add(DeliveriesCommand.object(delivery)));
    List<Object> events = new ArrayList<>();
    for (HistoryEntry entry : history) {
      events.add(
          Json.object(
              "at", entry.at(),
              "kind", entry.kind(),
              "step", entry.step(),
              "detail", entry.detail()));
    }
    object.put("deliveries", mails);
    object.put("history", events);
    return object;
  }
}
