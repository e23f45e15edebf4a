package dev.sequencer.jdbc;

import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.spi.store.Work;
import dev.sequencer.tck.store.Begins;
import dev.sequencer.tck.store.Claims;
import dev.sequencer.tck.store.ManualClock;
import dev.sequencer.tck.store.Plans;
import dev.sequencer.tck.store.Rows;
import dev.sequencer.tck.store.StoreBench;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process of its own that enrolls, begins and completes without end, and says each thing after
 * the store has answered: {@code enrolled N;}, {@code begun N;}, {@code sent N;}.
 */
public final class WritingProcess {
  private static final int MAILBOX = 5;

  private WritingProcess() {}

  /** Starts it on a file. */
  static Process start(Path file, String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            WritingProcess.class.getName(),
            file.toString(),
            name)
        .redirectErrorStream(true)
        .directory(new File("."))
        .start();
  }

  public static void main(String[] arguments) {
    PrintStream out = System.out;
    ManualClock clock = ManualClock.at(StoreBench.START);
    StoreHandle handle =
        JdbcStore.sqlite(Path.of(arguments[0])).open(new StoreSetup(clock, arguments[1]));
    for (int round = 0; ; round++) {
      for (EnrollCall.Answer answer : enroll(handle, arguments[1] + round)) {
        out.println("enrolled " + answer.enrollment() + ";");
      }
      List<Completion> sent = new ArrayList<>();
      for (BeginCall.Answer answer : begin(handle)) {
        out.println("begun " + answer.enrollment() + ";");
        sent.add(Plans.sent(answer.begun().orElseThrow(), clock.instant()));
      }
      handle.complete(sent);
      sent.forEach(it -> out.println("sent " + it.transition().next().enrollment() + ";"));
      out.flush();
    }
  }

  private static List<EnrollCall.Answer> enroll(StoreHandle handle, String round) {
    List<EnrollCall.Row> rows = new ArrayList<>();
    Lane lane = new Lane(MAILBOX, 1, Lane.ALWAYS, 2, false);
    for (int i = 0; i < 20; i++) {
      rows.add(Rows.of(round + "." + i + "@x.example", 1, lane, StoreBench.START).row());
    }
    return handle.enroll(new EnrollCall(rows));
  }

  private static List<BeginCall.Answer> begin(StoreHandle handle) {
    List<BeginCall.Row> rows = new ArrayList<>();
    for (Work work : handle.claim(new Claims().all().slots(MAILBOX, 20).call()).rows()) {
      rows.add(Begins.of(work).row());
    }
    return handle
        .begin(new BeginCall(handle.definitions(), rows, Begins.perDay(1_000_000)))
        .stream()
        .filter(answer -> answer.verdict() == BeginCall.Verdict.BEGUN)
        .toList();
  }
}
