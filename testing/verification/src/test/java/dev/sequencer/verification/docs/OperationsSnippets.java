package dev.sequencer.verification.docs;

import dev.sequencer.Health;
import dev.sequencer.PassReport;
import dev.sequencer.Sequencer;
import java.time.Duration;
import java.util.concurrent.Executor;

/** The code of the pages about operations and deploys. */
final class OperationsSnippets {
  private OperationsSnippets() {}

  static void life(Sequencer.Builder builder, Executor executor) {
    Sequencer sequencer =
        builder.node("web-1").workers(32).executor(executor).withoutOutcomeLog().build();

    sequencer.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> sequencer.stop(Duration.ofSeconds(30))));
  }

  static void inAPod(Sequencer.Builder builder, String podName) {
    Sequencer sequencer = builder.node(podName).workers(16).build();
    sequencer.start();
    Thread stopper = new Thread(() -> sequencer.stop(Duration.ofSeconds(30)));
    Runtime.getRuntime().addShutdownHook(stopper);
  }

  static void fromAJob(Sequencer sequencer) {
    PassReport report = sequencer.runFor(Duration.ofSeconds(50));
    System.out.println(report.sent() + " sent, next at " + report.nextNeededAt());
  }

  static void health(Sequencer sequencer) {
    Health health = sequencer.health();
    if (!health.up()) {
      health.problems().forEach(System.out::println);
      health.stuck().forEach(id -> System.out.println(sequencer.enrollments().find(id)));
    }
  }
}
