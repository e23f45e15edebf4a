package dev.sequencer.cli;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.EnrollmentId;
import dev.sequencer.Health;
import dev.sequencer.MailboxView;
import dev.sequencer.SequenceView;
import dev.sequencer.Sequencer;
import dev.sequencer.cli.host.Wiring;
import dev.sequencer.cli.show.Json;
import dev.sequencer.cli.show.Printable;
import dev.sequencer.cli.show.Table;
import dev.sequencer.files.Configuration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description =
        "Shows how the store stands: health, sequences with their enrollments and mails, mailboxes"
            + " with what they have used today.")
final class StatusCommand extends HostCommand {
  @Option(names = "--json", description = "Writes JSON.")
  private boolean json;

  @Option(names = "--check", description = "Fails (exit code 1) when the health is down.")
  private boolean check;

  StatusCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    Configuration configuration = configuration();
    try (Sequencer sequencer = openExisting(configuration)) {
      Health health = sequencer.health();
      Map<SequenceView, SequenceView.Counts> sequences = new LinkedHashMap<>();
      for (SequenceView view : sequencer.sequences().list()) {
        sequences.put(view, sequencer.sequences().counts(view.name()));
      }
      List<MailboxView> mailboxes = sequencer.mailboxes().list();
      if (json) {
        printJson(object(configuration, health, sequences, mailboxes));
      } else {
        print(configuration, health, sequences, mailboxes);
      }
      return check && !health.up() ? 1 : 0;
    }
  }

  private void print(
      Configuration configuration,
      Health health,
      Map<SequenceView, SequenceView.Counts> sequences,
      List<MailboxView> mailboxes) {
    out().println("Store      " + Wiring.storeName(configuration.store()));
    out().println("Health     " + (health.up() ? "up" : "down"));
    health.problems().forEach(problem -> out().println("           " + Printable.line(problem)));
    out().println("Last pass  " + health.lastPassAt().map(Instant::toString).orElse("none so far"));
    printSequences(configuration, sequences);
    printMailboxes(mailboxes);
    out().flush();
  }

  private void printSequences(
      Configuration configuration, Map<SequenceView, SequenceView.Counts> sequences) {
    sequences.forEach(
        (view, counts) -> {
          out().println();
          out()
              .println(
                  "Sequence   "
                      + view.name()
                      + ", version "
                      + view.version()
                      + ", "
                      + Json.word(view.state()));
          out()
              .println(
                  "           "
                      + counts.enrollments().entrySet().stream()
                          .filter(entry -> entry.getValue() > 0)
                          .map(entry -> entry.getKey() + " " + entry.getValue())
                          .collect(
                              Collectors.collectingAndThen(
                                  Collectors.joining(", "),
                                  words -> words.isEmpty() ? "nobody is enrolled" : words)));
          if (!counts.deliveries().isEmpty()) {
            steps(counts).print(out(), "           ");
          }
        });
    Set<String> known =
        sequences.keySet().stream().map(SequenceView::name).collect(Collectors.toSet());
    configuration.sequences().stream()
        .map(located -> located.sequence().name())
        .filter(name -> !known.contains(name))
        .forEach(
            name ->
                out()
                    .println(
                        "\nSequence   "
                            + name
                            + ", not published yet: 'run', 'enroll' and 'send' publish it"));
  }

  private static Table steps(SequenceView.Counts counts) {
    Table steps = new Table("STEP", "SENT", "SKIPPED", "FAILED", "IN DOUBT");
    for (SequenceView.StepCounts step : counts.deliveries()) {
      steps.row(
          step.step(),
          count(step, DeliveryStatus.SENT),
          count(step, DeliveryStatus.SKIPPED),
          count(step, DeliveryStatus.FAILED),
          count(step, DeliveryStatus.IN_DOUBT));
    }
    return steps;
  }

  private static long count(SequenceView.StepCounts step, DeliveryStatus status) {
    return step.byStatus().getOrDefault(status, 0L);
  }

  private void printMailboxes(List<MailboxView> mailboxes) {
    Table table = new Table("MAILBOX", "STATE", "TODAY", "THIS HOUR", "LAST LEFT");
    for (MailboxView view : mailboxes) {
      table.row(
          view.mailbox().address().address(),
          state(view),
          used(view.usage().today(), view.mailbox().limits().perDay()),
          used(view.usage().thisHour(), view.mailbox().limits().perHour()),
          view.usage().lastLeft().map(Instant::toString).orElse("-"));
    }
    out().println();
    Lists.print(out(), table, "mailboxes", "", java.util.Optional.empty());
  }

  private static String state(MailboxView view) {
    if (view.paused()) {
      return "paused";
    }
    return view.rest()
        .map(
            rest ->
                "rests until "
                    + rest.until().map(Instant::toString).orElse("it is reconnected")
                    + ": "
                    + rest.reason())
        .orElse("works");
  }

  private static String used(int used, OptionalInt most) {
    return most.isPresent() ? used + " of " + most.getAsInt() : Integer.toString(used);
  }

  private Object object(
      Configuration configuration,
      Health health,
      Map<SequenceView, SequenceView.Counts> sequences,
      List<MailboxView> mailboxes) {
    List<Object> sequenceList = new ArrayList<>();
    sequences.forEach((view, counts) -> sequenceList.add(object(view, counts)));
    List<Object> mailboxList = new ArrayList<>();
    mailboxes.forEach(view -> mailboxList.add(object(view)));
    return Json.object(
        "config", configFile(),
        "store", Wiring.storeName(configuration.store()),
        "health",
            Json.object(
                "up", health.up(),
                "problems", health.problems(),
                "oldestDueSeconds", health.oldestDueAge().toSeconds(),
                "stuck", health.stuck().stream().map(EnrollmentId::value).toList(),
                "lastPassAt", health.lastPassAt()),
        "sequences", sequenceList,
        "mailboxes", mailboxList);
  }

  private static Object object(SequenceView view, SequenceView.Counts counts) {
    List<Object> steps = new ArrayList<>();
    for (SequenceView.StepCounts step : counts.deliveries()) {
      steps.add(
          Json.object(
              "step", step.step(),
              "sent", count(step, DeliveryStatus.SENT),
              "skipped", count(step, DeliveryStatus.SKIPPED),
              "failed", count(step, DeliveryStatus.FAILED),
              "inDoubt", count(step, DeliveryStatus.IN_DOUBT)));
    }
    Map<String, Object> enrollments = new LinkedHashMap<>();
    counts
        .enrollments()
        .forEach(
            (state, count) -> enrollments.put(state.equals("in doubt") ? "inDoubt" : state, count));
    return Json.object(
        "name", view.name(),
        "state", view.state(),
        "version", view.version(),
        "declared", view.declared(),
        "publishedAt", view.publishedAt(),
        "enrollments", enrollments,
        "deliveries", steps);
  }

  private static Object object(MailboxView view) {
    return Json.object(
        "address", view.mailbox().address().address(),
        "transport", view.mailbox().transport(),
        "paused", view.paused(),
        "rest",
            view.rest().map(rest -> Json.object("reason", rest.reason(), "until", rest.until())),
        "today", view.usage().today(),
        "perDay", number(view.mailbox().limits().perDay()),
        "thisHour", view.usage().thisHour(),
        "perHour", number(view.mailbox().limits().perHour()),
        "lastLeftAt", view.usage().lastLeft());
  }

  private static Object number(OptionalInt value) {
    return value.isPresent() ? java.util.Optional.of(value.getAsInt()) : java.util.Optional.empty();
  }
}
