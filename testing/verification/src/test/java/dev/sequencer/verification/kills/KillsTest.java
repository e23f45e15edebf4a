package dev.sequencer.verification.kills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.BulkSummary;
import dev.sequencer.ContactInput;
import dev.sequencer.DeliveryQuery;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentQuery;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.Page;
import dev.sequencer.Sequencer;
import dev.sequencer.tck.postgres.PostgresServer;
import dev.sequencer.tck.smtp.AcceptedMail;
import dev.sequencer.tck.smtp.RecordingSmtpProcess;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that are killed at any time: every mail is there once, or held in doubt. */
class KillsTest {
  private static final int MAILS = 5_000;

  @TempDir Path folder;

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  @DisplayName("A13 one node on SQLite, killed again and again")
  void oneNodeOnSqlite() throws Exception {
    run(folder.resolve("mail.db").toString(), 1, 8);
  }

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  @DisplayName("A13 three nodes on PostgreSQL, killed in turn at random")
  void threeNodesOnPostgres() throws Exception {
    run(PostgresServer.shared().url(), 3, 12);
  }

  private void run(String store, int nodes, int kills) throws Exception {
    long seed = Long.getLong("sequencer.seed", 1L);
    try (RecordingSmtpProcess server = RecordingSmtpProcess.start(folder.resolve("accepted"));
        Sequencer watch = Node.describe(Node.store(store), server.port()).node("watch").build();
        Nodes running = new Nodes(store, server.port(), nodes)) {
      enroll(watch);
      running.startAll();
      Random random = new Random(seed);
      for (int kill = 0; kill < kills; kill++) {
        running.awaitSent(1 + random.nextInt(2 * MAILS / (3 * kills)));
        running.killAndRestart(random.nextInt(nodes));
      }
      running.awaitUntil(() -> isSettled(watch));
      check(watch, server.mails(), kills * Node.WORKERS, "seed " + seed);
    }
  }

  private static void enroll(Sequencer watch) {
    BulkSummary summary =
        watch.enrollAll(
            Node.SEQUENCE,
            IntStream.range(0, MAILS).mapToObj(i -> ContactInput.of("c" + i + "@example.com")),
            each -> {});
    assertThat(summary.enrolled()).isEqualTo(MAILS);
  }

  private static boolean isSettled(Sequencer watch) {
    return watch
        .enrollments()
        .find(EnrollmentQuery.all().status(EnrollmentStatus.ACTIVE).limit(1))
        .items()
        .isEmpty();
  }

  private static void check(
      Sequencer watch, List<AcceptedMail> accepted, int mostDoubtful, String seed) {
    Set<String> recipients = new HashSet<>();
    Set<String> arrived = new HashSet<>();
    for (AcceptedMail mail : accepted) {
      String recipient = mail.recipients().get(0);
      assertThat(recipients.add(recipient)).as("%s once, %s", recipient, seed).isTrue();
      arrived.add(mail.header("Message-ID"));
    }
    Set<String> sent = messageIds(watch, DeliveryStatus.SENT);
    Set<String> doubtful = messageIds(watch, DeliveryStatus.IN_DOUBT);
    assertThat(sent.size() + doubtful.size()).as("sent or in doubt, %s", seed).isEqualTo(MAILS);
    assertThat(arrived).as("arrived, %s", seed).containsAll(sent);
    arrived.removeAll(sent);
    assertThat(doubtful).as("in doubt, %s", seed).containsAll(arrived);
    assertThat(doubtful).as("in doubt, %s", seed).hasSizeLessThanOrEqualTo(mostDoubtful);
  }

  private static Set<String> messageIds(Sequencer watch, DeliveryStatus status) {
    Set<String> ids = new HashSet<>();
    DeliveryQuery query = DeliveryQuery.all().status(status).limit(1_000);
    Optional<DeliveryQuery> next = Optional.of(query);
    for (int pages = 0; next.isPresent() && pages <= MAILS / 1_000 + 1; pages++) {
      Page<DeliveryView> page = watch.deliveries().find(next.get());
      page.items().forEach(delivery -> ids.add(delivery.messageId()));
      next = page.next().map(query::after);
    }
    return ids;
  }
}
