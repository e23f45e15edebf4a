package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.testkit.TestSequencer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stored JSON of a format that this node does not know holds up its own mail and no other. */
class UnreadableRowTest extends Scenario {
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"sequencer_contact attributes", "sequencer_enrollment data"})
  void othersGoOnAndItGoesWhenItCanBeRead(String column) throws SQLException {
    String table = column.substring(0, column.indexOf(' '));
    String name = column.substring(column.indexOf(' ') + 1);
    TestSequencer sequencer = start(store(Kept.SQLITE), TWO);
    enroll(sequencer, TWO, "newer@example.com");
    enroll(sequencer, TWO, "known@example.com");
    run("update " + table + " set " + name + " = '[2,{}]' where id = 1");
    sequencer.advance(Duration.ofMinutes(2));
    assertThat(transport.accepted())
        .extracting(mail -> mail.mail().to().address())
        .containsExactly("known@example.com");
    assertThat(sequencer.health().up()).isTrue();

    run("update " + table + " set " + name + " = '{}' where id = 1");
    sequencer.advance(Duration.ofMinutes(2));
    assertThat(transport.accepted())
        .extracting(mail -> mail.mail().to().address())
        .containsExactly("known@example.com", "newer@example.com");
  }

  private void run(String statement) throws SQLException {
    try (Connection file =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
        Statement sql = file.createStatement()) {
      sql.executeUpdate(statement);
    }
  }
}
