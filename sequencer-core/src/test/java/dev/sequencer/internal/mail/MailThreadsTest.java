package dev.sequencer.internal.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.internal.mail.MailThreads.Conversation;
import dev.sequencer.internal.mail.MailThreads.EmailStep;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.store.Delivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailThreadsTest {
  private static final EmailStep ONE = new EmailStep(1, false);
  private static final EmailStep TWO = new EmailStep(2, true);
  private static final EmailStep THREE = new EmailStep(3, true);

  private static Delivery.Ids ids(String requested) {
    return new Delivery.Ids(requested, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Delivery delivery(
      int step, DeliveryStatus status, Delivery.Ids ids, String detail) {
    return new Delivery(
        9,
        step,
        status,
        1,
        5,
        Instant.EPOCH,
        Optional.of(Instant.EPOCH),
        Optional.of(Instant.EPOCH),
        ids,
        detail);
  }

  private static Delivery sent(int step) {
    return delivery(
        step,
        DeliveryStatus.SENT,
        ids("<id" + step + "@a>"),
        "{\"subject\":\"Subject " + step + "\"}");
  }

  @Test
  void g1AFollowUpAnswersTheMailBeforeAndNamesAllOfTheThread() {
    OutgoingMail.Thread second =
        MailThreads.of(List.of(ONE), List.of(sent(1))).orElseThrow().answer(5);
    assertThat(second.inReplyTo()).contains("<id1@a>");
    assertThat(second.references()).containsExactly("<id1@a>");

    Conversation before =
        MailThreads.of(List.of(ONE, TWO), List.of(sent(2), sent(1))).orElseThrow();
    OutgoingMail.Thread third = before.answer(5);
    assertThat(third.inReplyTo()).contains("<id2@a>");
    assertThat(third.references()).containsExactly("<id1@a>", "<id2@a>");
    assertThat(before.firstSubject()).contains("Subject 1");
  }

  @Test
  void theIdThatRecipientsSeeIsNamed() {
    Delivery rewritten =
        delivery(
            1,
            DeliveryStatus.SENT,
            new Delivery.Ids(
                "<ours@a>",
                Optional.of("<theirs@mail.gmail.com>"),
                Optional.empty(),
                Optional.empty()),
            "{}");
    assertThat(
            MailThreads.of(List.of(ONE), List.of(rewritten)).orElseThrow().answer(5).references())
        .containsExactly("<theirs@mail.gmail.com>");
  }

  @Test
  void anIdWithoutBracketsGetsThemAndOneThatIsNoneGivesWay() {
    Delivery.Ids bare =
        new Delivery.Ids("<ours@a>", Optional.of(" theirs@b "), Optional.empty(), Optional.empty());
    Delivery.Ids broken =
        new Delivery.Ids(
            "<ours@a>", Optional.of("a\r\nBcc: x"), Optional.empty(), Optional.empty());
    assertThat(answerTo(bare).references()).containsExactly("<theirs@b>");
    assertThat(answerTo(broken).references()).containsExactly("<ours@a>");
    OutgoingMail.Thread unnamed = answerTo(ids(""));
    assertThat(unnamed.references()).isEmpty();
    assertThat(unnamed.inReplyTo()).isEmpty();
  }

  private static OutgoingMail.Thread answerTo(Delivery.Ids ids) {
    return MailThreads.of(List.of(ONE), List.of(delivery(1, DeliveryStatus.SENT, ids, "{}")))
        .orElseThrow()
        .answer(5);
  }

  @Test
  void theThreadOfTheProviderIsKnownInItsOwnMailboxOnly() {
    List<Delivery> mails = new ArrayList<>();
    for (int step = 1; step <= 2; step++) {
      mails.add(
          delivery(
              step,
              DeliveryStatus.SENT,
              new Delivery.Ids(
                  "<id" + step + "@a>",
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of("t" + step)),
              "{}"));
    }
    Conversation thread = MailThreads.of(List.of(ONE, TWO), mails).orElseThrow();
    assertThat(thread.answer(5).providerThreadId()).contains("t2");
    assertThat(thread.answer(6).providerThreadId()).isEmpty();
    assertThat(thread.answer(6).references()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(value = DeliveryStatus.class, names = "SENT", mode = EnumSource.Mode.EXCLUDE)
  void whatWasNotSentIsPassedOver(DeliveryStatus status) {
    Delivery unsent = delivery(2, status, ids("<id2@a>"), "{}");
    assertThat(
            MailThreads.of(List.of(ONE, TWO), List.of(sent(1), unsent))
                .orElseThrow()
                .answer(5)
                .references())
        .containsExactly("<id1@a>");
    assertThat(MailThreads.of(List.of(TWO), List.of(unsent))).isEmpty();
  }

  @Test
  void aMailOutsideAThreadBeginsAnother() {
    EmailStep another = new EmailStep(4, false);
    Conversation thread =
        MailThreads.of(
                List.of(ONE, TWO, another, THREE), List.of(sent(1), sent(2), sent(4), sent(3)))
            .orElseThrow();
    assertThat(thread.answer(5).references()).containsExactly("<id4@a>", "<id3@a>");
    assertThat(thread.firstSubject()).contains("Subject 4");
  }

  @Test
  void aMailThatBeganNoThreadLeavesTheOneBefore() {
    EmailStep another = new EmailStep(4, false);
    Delivery failed = delivery(4, DeliveryStatus.FAILED, ids("<id4@a>"), "{}");
    assertThat(
            MailThreads.of(List.of(ONE, another), List.of(sent(1), failed))
                .orElseThrow()
                .firstSubject())
        .contains("Subject 1");
  }

  @Test
  void aMailInAThreadBeginsOneWhenThereIsNone() {
    assertThat(MailThreads.of(List.of(ONE, TWO), List.of(sent(2))).orElseThrow().firstSubject())
        .contains("Subject 2");
  }

  @Test
  void withoutEarlierMailsThereIsNoThread() {
    assertThat(MailThreads.of(List.of(), List.of())).isEmpty();
    assertThat(MailThreads.of(List.of(ONE), List.of())).isEmpty();
    assertThat(MailThreads.of(List.of(), List.of(sent(7)))).isEmpty();
  }

  @Test
  void theSubjectIsReadFromWhatWasKept() {
    assertThat(subjectIn("{\"text\":{\"subject\":\"no\"},\"n\":[1,{}],\"subject\":\"a \\u00e9\"}"))
        .contains("a é");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "[]",
        "{\"subject\":1}",
        "{\"subject\":\"\"}",
        "{\"subject\":",
        "x",
        "{\"subject\":\"a"
      })
  void whatWasKeptWithoutASubjectHasNone(String detail) {
    assertThat(subjectIn(detail)).isEmpty();
  }

  private static Optional<String> subjectIn(String detail) {
    return MailThreads.of(
            List.of(ONE), List.of(delivery(1, DeliveryStatus.SENT, ids("<a@b>"), detail)))
        .orElseThrow()
        .firstSubject();
  }
}
