package dev.sequencer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.cli.Project.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UsageTest {
  @TempDir private Path folder;

  static Stream<String> commands() {
    return Main.commandLine(Surroundings.ofProcess()).getSubcommands().keySet().stream();
  }

  /** All but these have a word or an option that they need. */
  static Stream<String> needy() {
    return commands()
        .filter(
            name ->
                !List.of(
                        "demo",
                        "validate",
                        "run",
                        "schema",
                        "status",
                        "deliveries",
                        "enrollments",
                        "suppressions",
                        "help")
                    .contains(name));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelp(String command) {
    Outcome outcome = Project.empty(folder).run(command, "--help");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("Usage: sequencer " + command);
    assertThat(outcome.err()).isEmpty();
  }

  static Stream<String> strict() {
    // "help" shows what there is, whatever follows it
    return commands().filter(name -> !name.equals("help"));
  }

  @ParameterizedTest
  @MethodSource("strict")
  void everyCommandRefusesAnUnknownOption(String command) {
    Outcome outcome = Project.empty(folder).run(command, "--nonsense");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("--help").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @MethodSource("needy")
  void aCommandWithoutWhatItNeedsSaysWhatIsMissing(String command) {
    Outcome outcome = Project.example(folder).run(command);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .containsPattern("Missing required|name a TARGET")
        .contains("Try 'sequencer " + command + " --help'");
  }

  @Test
  void anUnknownCommandIsNamedAndASimilarOneOffered() {
    Outcome outcome = Project.empty(folder).run("enrol");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("enrol").contains("Did you mean").contains("enroll");
  }

  @Test
  void withoutACommandThereIsNothingToDo() {
    Outcome outcome = Project.empty(folder).run();
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("a command is missing");
  }

  @Test
  void withoutAConfigurationItIsSaidHowToNameOne() {
    Outcome outcome = Project.empty(folder).run("status");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("no sequencer.yaml").contains("--config FILE");
  }

  @Test
  void aConfigurationThatIsNotThereIsNamed() {
    Outcome outcome = Project.empty(folder).run("status", "--config", folder + "/missing.yaml");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("missing.yaml").doesNotContain("\tat ");
  }

  @Test
  void theVersionIsTold() {
    Outcome outcome = Project.empty(folder).run("--version");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).startsWith("sequencer ");
  }
}
