package dev.sequencer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Completion.Answer;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.Work;
import dev.sequencer.tck.store.Begins;
import dev.sequencer.tck.store.Plans;
import dev.sequencer.tck.store.StoreBench;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** K10: a value that the database refuses, here by a trigger. */
final class SplitCompletingTest {
  private static final String POISON = "{\"text\":\"poison\"}";

  @TempDir private Path folder;
  private StoreBench bench;

  @BeforeEach
  void openStore() throws SQLException {
    bench = new StoreBench(JdbcStore.sqlite(folder.resolve("mail.db")));
  }

  @AfterEach
  void closeStore() {
    bench.close();
  }

  private void refuse(String table, String condition) throws SQLException {
    try (OtherConnection host = OtherConnection.open(folder.resolve("mail.db"))) {
      host.run(
          "create trigger refuse before insert on "
              + table
              + " when "
              + condition
              + " begin select raise(abort, 'refused'); end");
    }
  }

  private List<Completion> sent(int count) {
    List<Completion> group = new ArrayList<>();
    for (long enrollment : bench.enroll(count)) {
      Work begun = bench.begun(Begins.of(bench.work(enrollment)));
      group.add(Plans.sent(begun, bench.clock().instant()));
    }
    return group;
  }

  private static Completion poisoned(Completion sent) {
    Delivery delivery = sent.transition().delivery().orElseThrow();
    return Plans.delivering(sent, Plans.named(Plans.detailed(delivery, POISON), "poison"));
  }

  private Delivery delivery(long enrollment) {
    return bench.subject(enrollment).deliveries().get(0);
  }

  @Test
  @DisplayName("K10 one refused text of a hundred costs its own text and nothing else")
  void theBadRowIsFoundAndKeepsItsOutcome() throws SQLException {
    refuse("sequencer_delivery", "new.detail like '%poison%'");
    List<Completion> group = sent(100);
    group.set(41, poisoned(group.get(41)));
    assertThat(bench.handle().complete(group)).hasSize(100).containsOnly(Answer.APPLIED);
    for (long enrollment = 1; enrollment <= 100; enrollment++) {
      assertThat(delivery(enrollment).status()).isEqualTo(DeliveryStatus.SENT);
      assertThat(delivery(enrollment).detail())
          .isEqualTo(
              enrollment == 42
                  ? "{\"placeholder\":\"the store refused the text\"}"
                  : group.get((int) enrollment - 1).transition().delivery().orElseThrow().detail());
    }
    assertThat(delivery(42).ids().actual()).isEmpty();
    assertThat(delivery(42).ids().requested()).isEqualTo("<42.1@mail.example>");
    assertThat(bench.handle().complete(group)).containsOnly(Answer.REPEATED);
  }

  @Test
  @DisplayName("K10 several refused texts are each found")
  void severalBadRowsAreEachFound() throws SQLException {
    refuse("sequencer_delivery", "new.detail like '%poison%'");
    List<Completion> group = sent(9);
    for (int bad : new int[] {0, 4, 8}) {
      group.set(bad, poisoned(group.get(bad)));
    }
    assertThat(bench.handle().complete(group)).containsOnly(Answer.APPLIED);
    assertThat(bench.handle().views().log("", 5, 0, 10)).hasSize(1);
    assertThat(bench.handle().views().log("", 6, 0, 10)).hasSize(1);
  }

  @Test
  @DisplayName("K10 a row that is refused without its texts too is said, the others are kept")
  void aRowThatIsRefusedWhateverItSaysIsToldAndTriedNoMore() throws SQLException {
    List<Completion> group = sent(8);
    refuse("sequencer_delivery", "new.enrollment = 8");
    assertThatThrownBy(() -> bench.handle().complete(group))
        .isInstanceOfSatisfying(
            StoreException.class, fault -> assertThat(fault.isTransient()).isFalse())
        .hasMessageContaining("a value must fit its column");
    assertThat(bench.handle().complete(group.subList(0, 7))).containsOnly(Answer.REPEATED);
    assertThat(bench.subject(8).deliveries()).isEmpty();
  }

  @Test
  void anyOtherFaultIsNotSplit() throws SQLException {
    List<Completion> group = sent(4);
    try (OtherConnection host = OtherConnection.open(folder.resolve("mail.db"))) {
      host.run("alter table sequencer_event rename to lost");
    }
    assertThatThrownBy(() -> bench.handle().complete(group))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("check that its tables are those of this version");
    assertThat(bench.subject(1).deliveries()).isEmpty();
  }
}
