package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.SteerCall.Target;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Suppression.Blocks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The log of events and the list of suppressions, page by page. */
abstract class LogRules extends StoreRules {
  private void log(String tenant, long enrollment, String... kinds) {
    List<LogEntry> entries =
        List.of(kinds).stream()
            .map(
                kind ->
                    new LogEntry(
                        0, tenant, bench().clock().instant(), enrollment, 3, kind, "{\"n\":1}"))
            .toList();
    bench()
        .handle()
        .steer(SteerCall.of(tenant, new Target.Nobody(), Plans.nothing()).logging(entries));
  }

  private List<LogEntry> read(long enrollment, long after, int limit) {
    return bench().handle().views().log("", enrollment, after, limit);
  }

  @Test
  void linesAreKeptAsTheyAreWithAPositionThatGrows() {
    long enrollment = bench().enroll(bench().row("bo@x.example"));
    log("", enrollment, "opened", "clicked");
    log("", 0, "paused");
    List<LogEntry> log = read(0, 0, 9);
    assertThat(log).extracting(LogEntry::kind).containsExactly("opened", "clicked", "paused");
    assertThat(log.get(0).position()).isPositive();
    assertThat(log).extracting(LogEntry::position).isSorted().doesNotHaveDuplicates();
    assertThat(log.get(0))
        .isEqualTo(
            new LogEntry(
                log.get(0).position(), "", StoreBench.START, enrollment, 3, "opened", "{\"n\":1}"));
  }

  @Test
  void theLogComesInPages() {
    log("", 0, "a", "b", "c", "d", "e");
    List<LogEntry> first = read(0, 0, 2);
    assertThat(first).extracting(LogEntry::kind).containsExactly("a", "b");
    List<LogEntry> second = read(0, first.get(1).position(), 2);
    assertThat(second).extracting(LogEntry::kind).containsExactly("c", "d");
    List<LogEntry> third = read(0, second.get(1).position(), 2);
    assertThat(third).extracting(LogEntry::kind).containsExactly("e");
    assertThat(read(0, third.get(0).position(), 2)).isEmpty();
  }

  @Test
  @DisplayName("K22 whoever follows the log gets each line of all tenants once, in pages")
  void theLogIsFollowed() {
    log("", 0, "a", "b");
    log("acme", 0, "c");
    log("", bench().enroll(bench().row("bo@x.example")), "d", "e");
    List<LogEntry> all = new ArrayList<>();
    // A server that keeps its own books for a moment holds lines back, never for long.
    for (int reads = 0; all.size() < 5 && reads < 10_000; reads++) {
      long after = all.isEmpty() ? 0 : all.get(all.size() - 1).position();
      List<LogEntry> page = bench().handle().views().follow(after, 2);
      assertThat(page).hasSizeLessThanOrEqualTo(2);
      all.addAll(page);
    }
    assertThat(all).extracting(LogEntry::kind).containsExactly("a", "b", "c", "d", "e");
    assertThat(all).extracting(LogEntry::tenant).containsExactly("", "", "acme", "", "");
    assertThat(bench().handle().views().follow(all.get(4).position(), 9)).isEmpty();
  }

  @Test
  void theLogOfOneEnrollmentIsItsOwn() {
    long one = bench().enroll(bench().row("1@x.example"));
    long two = bench().enroll(bench().row("2@x.example"));
    log("", one, "a");
    log("", two, "b");
    log("", one, "c", "d");
    assertThat(read(one, 0, 9)).extracting(LogEntry::kind).containsExactly("a", "c", "d");
    List<LogEntry> first = read(one, 0, 1);
    assertThat(read(one, first.get(0).position(), 1))
        .extracting(LogEntry::kind)
        .containsExactly("c");
    assertThat(read(two + 999, 0, 9)).isEmpty();
  }

  @Test
  void suppressionsComeByTargetAndSequenceInPagesThatKeepATargetTogether() {
    List<Suppression> all =
        List.of(
            suppression("a@x.example", 0),
            suppression("b@x.example", 0),
            suppression("b@x.example", bench().sequence()),
            suppression("b@x.example", bench().otherSequence()),
            suppression("x.example", 0));
    List<Suppression> shuffled = IntStream.of(3, 0, 4, 2, 1).mapToObj(all::get).toList();
    bench().handle().steer(SuppressionRules.call(shuffled, List.of()));
    assertThat(page("", 9)).containsExactlyElementsOf(all);
    assertThat(page("", 1)).containsExactlyElementsOf(all.subList(0, 1));
    assertThat(page("a@x.example", 1)).containsExactlyElementsOf(all.subList(1, 4));
    assertThat(page("", 2)).containsExactlyElementsOf(all.subList(0, 4));
    assertThat(page("b@x.example", 9)).containsExactly(all.get(4));
    assertThat(page("x.example", 9)).isEmpty();
  }

  @Test
  void suppressionsOfAnAddressAreItsOwnAndThoseOfItsDomain() {
    Suppression address = suppression("b@x.example", bench().sequence());
    Suppression domain = suppression("x.example", 0);
    bench()
        .handle()
        .steer(
            SuppressionRules.call(
                List.of(address, domain, suppression("c@x.example", 0)), List.of()));
    assertThat(bench().handle().views().suppressionsOf("", "b@x.example"))
        .containsExactlyInAnyOrder(address, domain);
    assertThat(bench().handle().views().suppressionsOf("", "b@y.example")).isEmpty();
  }

  private List<Suppression> page(String after, int limit) {
    return bench().handle().views().suppressions("", after, limit);
  }

  private static Suppression suppression(String target, int sequence) {
    return new Suppression(
        "", target, sequence, Blocks.ALL_BUT_TRANSACTIONAL, "by hand", StoreBench.START);
  }
}
