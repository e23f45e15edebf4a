package dev.sequencer.cli;

import dev.sequencer.Contact;
import dev.sequencer.Sequencer;
import dev.sequencer.cli.show.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description =
        "Really sends the mail of a step to you, at once, to see how it looks. No enrollment, quota"
            + " or store is touched.")
final class TestCommand extends HostCommand {
  @Parameters(index = "0", paramLabel = "SEQUENCE", description = "The name of the sequence.")
  private String sequence = "";

  @Parameters(index = "1", paramLabel = "STEP", description = "The key of an e-mail step.")
  private String step = "";

  @Mixin private ContactOptions recipient = new ContactOptions();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "MAILBOX",
      description = "The address of the mailbox it comes from.")
  private String from = "";

  TestCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    Contact contact = recipient.contact().attributes(recipient.data());
    try (Sequencer sequencer = inMemory(configuration(), true)) {
      String answer = sequencer.sendTest(sequence, step, contact, from, contact.email().toString());
      boolean sent = answer.startsWith("sent");
      (sent ? out() : err()).println((sent ? "" : "sequencer: ") + Printable.line(answer));
      out().flush();
      err().flush();
      return sent ? 0 : 1;
    }
  }
}
