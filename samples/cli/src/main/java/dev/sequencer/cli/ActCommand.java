package dev.sequencer.cli;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.Sequencer;
import dev.sequencer.cli.show.Json;
import dev.sequencer.cli.show.Printable;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What somebody does to what is there; who and why stand in the history afterwards. */
abstract class ActCommand extends HostCommand {
  @Option(
      names = "--by",
      paramLabel = "WHO",
      description = "Who does it; your user name by default.")
  private Optional<String> who = Optional.empty();

  @Option(names = "--why", paramLabel = "REASON", description = "Why.")
  private String why = "";

  @Option(names = "--json", description = "Writes JSON.")
  private boolean json;

  ActCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** Checks what was said, before anything is opened. */
  void check() {}

  abstract ActResult act(Sequencer sequencer, Act act);

  @Override
  public final Integer call() {
    check();
    Act act = Act.because(why).by(who.orElse(surroundings().user()));
    ActResult result;
    try (Sequencer sequencer = openExisting(configuration())) {
      result = act(sequencer, act);
    }
    boolean well =
        switch (result.outcome()) {
          case DONE, UNCHANGED, QUEUED -> true;
          case TOO_LATE, REFUSED, NOT_FOUND -> false;
        };
    if (json) {
      printJson(
          Json.object(
              "outcome", result.outcome(),
              "message", result.message(),
              "inFlight", result.inFlight()));
    } else {
      (well ? out() : err()).println((well ? "" : "sequencer: ") + words(result));
    }
    out().flush();
    err().flush();
    return well ? 0 : 1;
  }

  private static String words(ActResult result) {
    String inFlight =
        result.inFlight() == 0
            ? ""
            : " (mails in flight that may still leave: " + result.inFlight() + ")";
    return Json.word(result.outcome()) + ": " + Printable.line(result.message()) + inFlight;
  }
}
