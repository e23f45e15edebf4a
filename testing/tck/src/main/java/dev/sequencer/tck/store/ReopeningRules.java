package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Document.Kind;
import dev.sequencer.spi.store.EnrollCall.Answer;
import dev.sequencer.spi.store.EnrollCall.Outcome;
import dev.sequencer.spi.store.Position;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.SteerCall.Target;
import dev.sequencer.spi.store.Store;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store that is opened again is as it was. */
abstract class ReopeningRules extends StoreRules {
  abstract Store reopen(Store closed);

  private void close() {
    bench().reopen(this::reopen);
  }

  @Test
  void enrollmentsAreAsTheyWere() {
    Work begun = bench().begun("1@x.example");
    bench().complete(Plans.sent(begun, StoreBench.START));
    Rows second = bench().row("2@x.example").id("u2").run("r").afterEnd().data("{\"a\":1}");
    long waiting = bench().enroll(second);
    List<Subject> before = bench().handle().subjects(List.of(begun.enrollment(), waiting));
    close();
    assertThat(bench().handle().subjects(List.of(begun.enrollment(), waiting))).isEqualTo(before);
    Answer again = bench().enrollAll(second).get(0);
    assertThat(again.outcome()).isEqualTo(Outcome.ALREADY);
    assertThat(again.enrollment()).isEqualTo(waiting);
    assertThat(bench().enroll(bench().row("3@x.example"))).isGreaterThan(waiting);
  }

  @Test
  void documentsAndDefinitionsAreAsTheyWere() {
    StoreHandle handle = bench().handle();
    Document saved = handle.save(Document.fresh(Kind.SWITCH, "", "all", "1")).current();
    Document second = handle.save(saved.body("2")).current();
    long definitions = handle.definitions();
    close();
    assertThat(bench().handle().document(saved.id())).contains(second);
    assertThat(bench().handle().definitions()).isEqualTo(definitions);
  }

  @Test
  void theMessageKeyAndThePositionAreAsTheyWere() {
    bench().begun("1@x.example");
    byte[] key = bench().handle().messageKey();
    Position position = bench().handle().position();
    close();
    assertThat(bench().handle().messageKey()).isEqualTo(key);
    assertThat(bench().handle().position()).isEqualTo(position);
  }

  @Test
  void keysSuppressionsLedgersAndLogAreAsTheyWere() {
    Work work = bench().work(bench().enroll(bench().row("1@x.example")));
    bench().begin(Begins.perDay(9), Begins.of(work));
    SteerCall act =
        SteerCall.of("", new Target.Nobody(), Plans.nothing())
            .key("evt-1")
            .suppressing(List.of(SuppressionRules.everything("x.example")), List.of())
            .logging(List.of(Plans.entry(work, "opened", StoreBench.START)));
    bench().handle().steer(act);
    close();
    assertThat(bench().handle().steer(act).repeated()).isTrue();
    assertThat(bench().handle().views().suppressions("", "", 9))
        .containsExactly(SuppressionRules.everything("x.example"));
    assertThat(bench().handle().views().log("", work.enrollment(), 0, 9)).hasSize(1);
    assertThat(bench().handle().views().ledger(Begins.ledger(bench().mailbox())).day().used())
        .isEqualTo(1);
  }

  @Test
  void wakeUpsAndClaimsAreAsTheyWere() {
    Duration hour = Duration.ofHours(1);
    bench().enroll(bench().row("1@x.example"));
    bench()
        .enroll(bench().row("2@x.example").waitingIn(bench().lane(), StoreBench.START.plus(hour)));
    assertThat(bench().claim()).hasSize(1);
    close();
    Claims claims = new Claims();
    assertThat(bench().claim(claims).nextWake()).isEqualTo(StoreBench.START.plus(Claims.EXPIRY));
    assertThat(claims.visited()).isEmpty();
    assertThat(bench().claim(new Claims().all()).rows()).isEmpty();
    bench().clock().advance(Claims.EXPIRY);
    assertThat(bench().claim()).hasSize(1);
    bench().clock().advance(Claims.EXPIRY);
    bench().claim(new Claims());
    assertThat(bench().claim()).isEmpty();
  }
}
