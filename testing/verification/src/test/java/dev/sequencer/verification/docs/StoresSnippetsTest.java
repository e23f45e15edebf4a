package dev.sequencer.verification.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Contact;
import dev.sequencer.DeliveryQuery;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.testkit.TestSequencer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the page about stores, and what it says about a backup. */
class StoresSnippetsTest {

  static void sqlite() {
    Sequencer.builder()
        .store(
            JdbcStore.sqlite(Path.of("app.db"))
                .tablePrefix("mail_")
                .busyTimeout(Duration.ofSeconds(10)));
  }

  static void postgres(DataSource dataSource) {
    Sequencer.builder().store(JdbcStore.postgres(dataSource).schema("mail").connections(3));
  }

  static void postgresByItsOwnConnections(String password) {
    Sequencer.builder()
        .store(
            JdbcStore.postgres("jdbc:postgresql://db.example/app", "app", password).schema("mail"));
  }

  static void behindPgBouncer(DataSource pooled, DataSource direct) {
    Sequencer.builder().store(JdbcStore.postgres(pooled).listenOn(direct));
  }

  static void severalStores(List<Sequencer> engines, String tenant, Contact contact) {
    Sequencer engine = engines.get(Math.floorMod(tenant.hashCode(), engines.size()));
    engine.tenant(tenant).enroll("onboarding", contact);
  }

  static void afterARestore(Sequencer sequencer, Instant backupTaken) {
    int inDoubt = sequencer.acceptHistory(backupTaken);
    System.out.println(inDoubt + " mails wait for a decision");
  }

  @Test
  void whatWasDueSinceTheInstantIsInDoubtAfterARestore(@TempDir Path folder) {
    try (TestSequencer sequencer =
        TestSequencer.builder().store(JdbcStore.sqlite(folder.resolve("app.db"))).build()) {
      sequencer.publish(
          Sequence.named("onboarding").email("welcome", mail -> mail.template("welcome")).build());
      sequencer.enroll("onboarding", Contact.of("bo@example.com"));
      // As if the mail had left, and the store did not know.
      afterARestore(sequencer, sequencer.clock().instant());

      sequencer.runUntilIdle();
      assertThat(sequencer.mails()).isEmpty();
      assertThat(sequencer.deliveries().find(DeliveryQuery.inDoubt()).items()).hasSize(1);
    }
  }

  @Test
  void theOptionsOfTheGuideAreValid() {
    sqlite();
    postgresByItsOwnConnections("secret");
  }
}
