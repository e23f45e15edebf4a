package dev.sequencer.cli;

import dev.sequencer.Sequencer;
import dev.sequencer.cli.host.Wiring;
import dev.sequencer.files.Configuration;
import dev.sequencer.files.StoreSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the engine until it is stopped by SIGTERM or Ctrl-C.",
      "Others may work beside it on the same store: 'enroll', 'send', 'pause' and all the"
          + " rest, and more than one 'run'. When it is stopped it begins nothing more and lets"
          + " running sends finish for the time of grace."
    })
final class RunCommand extends HostCommand {
  private static final Duration AFTER_GRACE = Duration.ofSeconds(90);

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "How long running sends may take when it is stopped; ${DEFAULT-VALUE} by default.")
  private int grace;

  RunCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (grace < 0) {
      throw new Refused("--grace must be 0 or more seconds, but is " + grace);
    }
    Configuration configuration = configuration();
    Sequencer sequencer = Wiring.builder(configuration, surroundings().clock()).build();
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread hook = new Thread(() -> stopAndWait(stop, stopped), "sequencer-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try (sequencer) {
      sequencer.start();
      announce(configuration);
      stop.await();
      sequencer.stop(Duration.ofSeconds(grace));
      err().println("sequencer: stopped");
      err().flush();
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  /** Being told to stop is no failure: the exit code is 0 and not that of the signal. */
  private void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
    boolean byUs = stopped.getCount() == 0;
    stop.countDown();
    try {
      boolean clean = stopped.await(grace + AFTER_GRACE.toSeconds(), TimeUnit.SECONDS);
      if (!byUs) {
        Runtime.getRuntime().halt(clean ? 0 : 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void announce(Configuration configuration) {
    if (configuration.store() instanceof StoreSettings.Memory) {
      err()
          .println(
              "sequencer: the store is in memory, so no other command can reach this one: say"
                  + " 'store: {sqlite: ./sequencer.db}' in "
                  + configFile());
    }
    out()
        .println(
            "sequencer runs: store "
                + Wiring.storeName(configuration.store())
                + ", mailboxes "
                + named(
                    configuration.mailboxes().stream()
                        .map(mailbox -> mailbox.address().address())
                        .collect(Collectors.joining(", ")))
                + ", sequences "
                + named(
                    configuration.sequences().stream()
                        .map(located -> located.sequence().name())
                        .collect(Collectors.joining(", ")))
                + "; stop it with Ctrl-C or SIGTERM");
    out().flush();
  }

  private static String named(String names) {
    return Optional.of(names).filter(some -> !some.isEmpty()).orElse("none");
  }
}
