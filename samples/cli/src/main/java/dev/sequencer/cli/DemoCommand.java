package dev.sequencer.cli;

import dev.sequencer.cli.demo.Demo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs two weeks of a sequence in some seconds: 40 contacts in ten time zones, three mailboxes"
          + " with quotas, a SQLite file, and every mail really delivered over SMTP to a server in"
          + " this process.",
      "Leaves a folder with the mails as the server received them and index.html, a picture of what"
          + " was sent when. Fails when what arrived is not exactly what the store says was sent."
    },
    footer = {"", "Afterwards: sequencer status --config demo-output/sequencer.yaml"})
final class DemoCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description =
          "The folder that it leaves; demo-output by default. An earlier demo's is made anew.")
  private Optional<Path> out = Optional.empty();

  DemoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Path folder = out.orElseGet(() -> surroundings.folder().resolve("demo-output"));
    return Demo.run(folder, Objects.requireNonNull(spec, "spec").commandLine().getOut()) ? 0 : 1;
  }
}
