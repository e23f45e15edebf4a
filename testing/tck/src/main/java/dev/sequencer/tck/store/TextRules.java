package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Completion.Answer;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of every kind; what a store cannot keep costs that text, never an outcome. */
abstract class TextRules extends StoreRules {
  @ParameterizedTest(name = "text {index}")
  @ValueSource(
      strings = {
        "plain",
        "",
        "it's; -- \"quoted\" \\ %_?:name ${x}",
        "ä€\uD83D\uDE42",
        "a\r\n\tb",
        "Ⅷ ﬁ İ"
      })
  void textIsKeptAsItIs(String text) {
    String json = "{\"t\":\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    Work begun =
        bench()
            .begun(
                Begins.of(
                    bench()
                        .work(bench().enroll(bench().row("bo@x.example").run(text).data(json)))));
    Delivery delivery =
        Plans.detailed(Plans.delivery(begun, DeliveryStatus.SENT, 1, StoreBench.START), json);
    bench().complete(Plans.delivering(Plans.sent(begun, StoreBench.START), delivery));
    assertThat(bench().work(begun.enrollment()).origin().run()).isEqualTo(text);
    assertThat(bench().subject(begun.enrollment()).data()).isEqualTo(json);
    assertThat(bench().subject(begun.enrollment()).deliveries()).containsExactly(delivery);
  }

  @ParameterizedTest(name = "text {index}")
  @ValueSource(strings = {"a\u0000b", "a\uD800b", "\uDC00"})
  @DisplayName("K10 one poison text does not hold its group, and its outcome is kept")
  void aPoisonTextDoesNotHoldItsGroup(String poison) {
    List<Completion> group = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Completion sent = Plans.sent(bench().begun(i + "@x.example"), StoreBench.START);
      group.add(i == 2 ? poisoned(sent, poison) : sent);
    }
    assertThat(bench().handle().complete(group)).hasSize(5).containsOnly(Answer.APPLIED);
    for (Completion completion : group) {
      Work next = completion.transition().next();
      assertThat(bench().work(next.enrollment()).cursor()).isEqualTo(next.cursor());
      assertThat(bench().subject(next.enrollment()).deliveries())
          .extracting(Delivery::status)
          .containsExactly(DeliveryStatus.SENT);
    }
  }

  private static Completion poisoned(Completion completion, String poison) {
    Transition old = completion.transition();
    Delivery delivery = Plans.detailed(old.delivery().orElseThrow(), poison);
    Work next =
        old.next()
            .state(old.next().state().status(old.next().state().status(), poison))
            .attempt(old.next().attempt().staged(Optional.of(poison)));
    return new Completion(
        completion.attempt(),
        completion.expectedRev(),
        new Transition(
            next, Optional.of(delivery), List.of(Plans.entry(next, poison, StoreBench.START))),
        List.of());
  }
}
