package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.store.BeginCall.Verdict;
import dev.sequencer.spi.store.EnrollCall.Answer;
import dev.sequencer.spi.store.EnrollCall.Outcome;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.SteerCall.Target;
import dev.sequencer.spi.store.StoreViews;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Suppression.Blocks;
import dev.sequencer.spi.store.Work;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tenants never see each other. */
abstract class TenantRules extends StoreRules {
  private StoreViews views() {
    return bench().handle().views();
  }

  private List<Long> found(String tenant, Target target) {
    return bench().handle().steer(SteerCall.of(tenant, target, Plans.nothing())).before().stream()
        .map(subject -> subject.work().enrollment())
        .toList();
  }

  @Test
  void oneIdOrAddressIsAnotherContactInAnotherTenant() {
    List<Answer> answers =
        bench()
            .enrollAll(
                bench().row("bo@x.example").id("u1").tenant("acme"),
                bench().row("bo@x.example").id("u1").tenant("beta"),
                bench().row("cy@x.example").tenant("acme"),
                bench().row("cy@x.example"));
    assertThat(answers).extracting(Answer::outcome).containsOnly(Outcome.ENROLLED);
    assertThat(answers)
        .extracting(answer -> bench().subject(answer.enrollment()).contact().number())
        .doesNotHaveDuplicates();
    assertThat(views().contactById("acme", "u1")).map(StoredContact::tenant).contains("acme");
    assertThat(views().contactById("", "u1")).isEmpty();
    assertThat(views().contactsByAddress("beta", "bo@x.example"))
        .extracting(StoredContact::tenant)
        .containsExactly("beta");
    assertThat(bench().work(answers.get(0).enrollment()).origin().tenant()).isEqualTo("acme");
  }

  @Test
  void aSuppressionHoldsForItsTenantAlone() {
    Suppression ofAcme =
        new Suppression("acme", "x.example", 0, Blocks.EVERYTHING, "no", StoreBench.START);
    Work mine = bench().work(bench().enroll(bench().row("bo@x.example")));
    Work theirs = bench().work(bench().enroll(bench().row("bo@x.example").tenant("acme")));
    bench()
        .handle()
        .steer(
            SteerCall.of("acme", new Target.Nobody(), Plans.nothing())
                .suppressing(List.of(ofAcme), List.of()));
    assertThat(bench().verdict(Begins.of(mine))).isEqualTo(Verdict.BEGUN);
    assertThat(bench().verdict(Begins.of(theirs))).isEqualTo(Verdict.SUPPRESSED);
    assertThat(bench().enrollAll(bench().row("cy@x.example")).get(0).outcome())
        .isEqualTo(Outcome.ENROLLED);
    assertThat(bench().enrollAll(bench().row("cy@x.example").tenant("acme")).get(0).outcome())
        .isEqualTo(Outcome.SUPPRESSED);
    assertThat(views().suppressions("", "", 9)).isEmpty();
    assertThat(views().suppressions("acme", "", 9)).containsExactly(ofAcme);
    assertThat(views().suppressionsOf("", "bo@x.example")).isEmpty();
  }

  @Test
  void noTargetReachesIntoAnotherTenant() {
    long mine = bench().enroll(bench().row("bo@x.example").id("u1"));
    long theirs = bench().enroll(bench().row("bo@x.example").id("u1").tenant("acme"));
    List<Target> targets =
        List.of(
            new Target.These(List.of(mine, theirs)),
            new Target.OfContact("u1"),
            new Target.OfAddress("bo@x.example"),
            new Target.OfMailbox(bench().mailbox(), 0, 9),
            new Target.OfSequence(bench().sequence(), 0, 9));
    for (Target target : targets) {
      assertThat(found("", target)).as(target.toString()).containsExactly(mine);
      assertThat(found("acme", target)).as(target.toString()).containsExactly(theirs);
      assertThat(found("beta", target)).as(target.toString()).isEmpty();
    }
  }

  @Test
  void aContactIsSavedInItsTenant() {
    long mine = bench().enroll(bench().row("bo@x.example").id("u1"));
    bench().enroll(bench().row("bo@x.example").id("u1").tenant("acme"));
    bench()
        .handle()
        .steer(
            SteerCall.of("acme", new Target.OfSavedContact(), Plans.nothing())
                .saving(Rows.ofTenant(Rows.contact("bo@y.example", "u1"), "acme")));
    assertThat(bench().subject(mine).contact().normalized()).isEqualTo("bo@x.example");
    assertThat(views().contactsByAddress("acme", "bo@y.example")).hasSize(1);
    assertThat(views().contactsByAddress("acme", "bo@x.example")).isEmpty();
  }

  @Test
  void aLogIsItsTenantsOwn() {
    long theirs = bench().enroll(bench().row("bo@x.example").tenant("acme"));
    bench()
        .handle()
        .steer(
            SteerCall.of("acme", new Target.Nobody(), Plans.nothing())
                .logging(
                    List.of(
                        new LogEntry(0, "acme", StoreBench.START, 0, 0, "paused", "{}"),
                        new LogEntry(0, "acme", StoreBench.START, theirs, 1, "opened", "{}"))));
    assertThat(views().log("", 0, 0, 9)).isEmpty();
    assertThat(views().log("", theirs, 0, 9)).isEmpty();
    assertThat(views().log("acme", 0, 0, 9)).hasSize(2);
    assertThat(views().log("acme", theirs, 0, 9)).hasSize(1);
  }
}
