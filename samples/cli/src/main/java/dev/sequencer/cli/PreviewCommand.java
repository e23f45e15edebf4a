package dev.sequencer.cli;

import dev.sequencer.Contact;
import dev.sequencer.EmailAddress;
import dev.sequencer.Problem;
import dev.sequencer.RenderedMail;
import dev.sequencer.Sequencer;
import dev.sequencer.Step;
import dev.sequencer.cli.show.Json;
import dev.sequencer.cli.show.Printable;
import dev.sequencer.files.Configuration;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "preview",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the mails of a sequence as somebody would get them. Nothing is sent and no store is"
          + " touched.",
      "Without STEP all e-mails are shown."
    })
final class PreviewCommand extends HostCommand {
  @Parameters(index = "0", paramLabel = "SEQUENCE", description = "The name of the sequence.")
  private String sequence = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "STEP",
      description = "The key of an e-mail step.")
  private Optional<String> step = Optional.empty();

  @Mixin private ContactOptions recipient = new ContactOptions();

  @Option(names = "--json", description = "Writes JSON.")
  private boolean json;

  PreviewCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    Configuration configuration = configuration();
    Contact contact = recipient.contact().attributes(recipient.data());
    List<Object> shown = new ArrayList<>();
    try (Sequencer sequencer = inMemory(configuration, true)) {
      for (String key : steps(configuration)) {
        RenderedMail mail = sequencer.preview(sequence, key, contact);
        if (json) {
          shown.add(object(key, mail));
        } else {
          print(key, mail);
        }
      }
    }
    if (json) {
      printJson(Json.object("sequence", sequence, "mails", shown));
    }
    return 0;
  }

  /** Gives the step that is named, or all e-mails; an unknown name is the engine's to refuse. */
  private List<String> steps(Configuration configuration) {
    return step.map(List::of)
        .orElseGet(
            () ->
                configuration.sequence(sequence).stream()
                    .flatMap(located -> located.sequence().steps().stream())
                    .filter(Step.Email.class::isInstance)
                    .map(Step::key)
                    .findFirst()
                    .map(first -> emails(configuration))
                    .orElse(List.of("")));
  }

  private List<String> emails(Configuration configuration) {
    return configuration.sequence(sequence).orElseThrow().sequence().steps().stream()
        .filter(Step.Email.class::isInstance)
        .map(Step::key)
        .toList();
  }

  private void print(String key, RenderedMail mail) {
    PrintWriter out = out();
    out.println("Step     " + key);
    mail.from().ifPresent(from -> out.println("From     " + Printable.line(from.toString())));
    out.println("To       " + Printable.line(mail.to().toString()));
    out.println("Subject  " + Printable.line(mail.subject()));
    mail.headers()
        .forEach((name, value) -> out.println("Header   " + Printable.line(name + ": " + value)));
    mail.attachments().forEach(name -> out.println("File     " + Printable.line(name)));
    mail.text().ifPresent(text -> body("text", text));
    mail.html().ifPresent(html -> body("HTML", html));
    for (Problem lint : mail.lints()) {
      err().println("lint: " + Printable.line(lint.toString()));
    }
    out.println();
    out.flush();
    err().flush();
  }

  private void body(String kind, String body) {
    out().println("--- " + kind);
    out().println(Printable.lines(body).stripTrailing());
  }

  private static Object object(String key, RenderedMail mail) {
    List<Object> lints = new ArrayList<>();
    mail.lints()
        .forEach(lint -> lints.add(Json.object("place", lint.place(), "message", lint.message())));
    return Json.object(
        "step", key,
        "from", mail.from().map(EmailAddress::toString),
        "to", mail.to(),
        "subject", mail.subject(),
        "headers", mail.headers(),
        "attachments", mail.attachments(),
        "text", mail.text(),
        "html", mail.html(),
        "lints", lints);
  }
}
