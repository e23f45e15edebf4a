package dev.sequencer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.tck.store.Begins;
import dev.sequencer.tck.store.ManualClock;
import dev.sequencer.tck.store.StoreBench;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed in the middle of writing, and what is in the file then. */
final class KilledProcessTest {
  /** A whole line: the last one of a killed process may be cut. */
  private static final Pattern SAID = Pattern.compile("(enrolled|begun|sent) (\\d+);");

  @TempDir private Path folder;

  private final Set<Long> enrolled = new HashSet<>();
  private final Set<Long> begun = new HashSet<>();
  private final Set<Long> sent = new HashSet<>();

  private Path file() {
    return folder.resolve("mail.db");
  }

  /** Notes what a process says until it has sent so many, then all it has still said. */
  private void note(BufferedReader lines, int until) throws IOException {
    int before = sent.size();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      note(line);
      if (sent.size() - before >= until) {
        return;
      }
    }
  }

  private void note(String line) {
    Matcher said = SAID.matcher(line);
    if (said.matches()) {
      long enrollment = Long.parseLong(said.group(2));
      switch (said.group(1)) {
        case "enrolled" -> enrolled.add(enrollment);
        case "begun" -> assertThat(begun.add(enrollment)).as("%s again", line).isTrue();
        default -> sent.add(enrollment);
      }
    }
  }

  private static BufferedReader linesOf(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private void killAfter(Process process, int mails) throws IOException, InterruptedException {
    try (BufferedReader lines = linesOf(process)) {
      note(lines, mails);
      // By its handle, which leaves the stream open: what it had still said counts.
      process.toHandle().destroyForcibly();
      note(lines, Integer.MAX_VALUE);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whatTheStoreHadAnsweredIsThereAfterEachKill() throws Exception {
    for (int kill = 1; kill <= 3; kill++) {
      killAfter(WritingProcess.start(file(), "k" + kill + "."), 40 + 7 * kill);
      assertThat(sent).as("mails before kill %d", kill).isNotEmpty();
      checkFile();
    }
  }

  @Test
  void twoProcessesWriteAtOnceAndOneIsKilled() throws Exception {
    Process ann = WritingProcess.start(file(), "ann.");
    Process ben = WritingProcess.start(file(), "ben.");
    try {
      killAfter(ann, 60);
      int before = sent.size();
      killAfter(ben, 60);
      assertThat(sent.size()).isGreaterThan(before);
      checkFile();
    } finally {
      ann.destroyForcibly();
      ben.destroyForcibly();
    }
  }

  private void checkFile() throws SQLException {
    StoreSetup setup = new StoreSetup(ManualClock.at(StoreBench.START), "after");
    try (StoreHandle handle = JdbcStore.sqlite(file()).open(setup)) {
      List<Subject> subjects = handle.subjects(enrolled);
      assertThat(subjects).hasSize(enrolled.size());
      int counted = 0;
      for (Subject subject : handle.subjects(begun)) {
        assertThat(subject.work().attempt().number()).isEqualTo(1);
        counted++;
      }
      assertThat(counted).isEqualTo(begun.size());
      for (Subject subject : handle.subjects(sent)) {
        assertThat(subject.deliveries())
            .extracting(Delivery::status)
            .containsExactly(DeliveryStatus.SENT);
      }
      // Begun and counted in one transaction: what was begun and never answered is counted too.
      int used = Begins.used(handle.views().ledger(Begins.ledger(5)), "2026-06-01");
      try (OtherConnection look = OtherConnection.open(file())) {
        assertThat(look.text("select count(*) from sequencer_work where attempt > 0"))
            .isEqualTo("" + used);
        assertThat(look.text("pragma integrity_check")).isEqualTo("ok");
      }
    }
  }
}
