package dev.sequencer.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.spi.SendResult.Kind;
import dev.sequencer.spi.SendResult.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SendResultTest {
  @Test
  void sentTellsWhatTheOtherSideSaid() {
    SendResult plain = SendResult.sent("<a@b>", "id-1");
    assertThat(plain.outcome()).isEqualTo(Outcome.SENT);
    assertThat(plain.receipt().actualMessageId()).contains("<a@b>");
    assertThat(plain.receipt().providerId()).contains("id-1");
    assertThat(plain.receipt().providerThreadId()).isEmpty();
    assertThat(plain.text()).isEmpty();
    Receipt receipt =
        new Receipt(Optional.empty(), Optional.empty(), Optional.of("t"), "250 queued");
    assertThat(SendResult.sent(receipt).receipt()).isEqualTo(receipt);
    assertThat(SendResult.sent(receipt).text()).isEqualTo("250 queued");
  }

  @Test
  void onlyARefusedRecipientIsSuppressed() {
    SendResult hard = SendResult.refusedRecipient("550 5.1.1", "no such user");
    assertThat(hard.outcome()).isEqualTo(Outcome.REFUSED_RECIPIENT);
    assertThat(hard.hardBounce()).isTrue();
    assertThat(hard.code()).isEqualTo("550 5.1.1");
    assertThat(hard.text()).isEqualTo("no such user");
    SendResult unreachable = SendResult.unreachableRecipient("", "no SMTPUTF8");
    assertThat(unreachable.outcome()).isEqualTo(Outcome.REFUSED_RECIPIENT);
    assertThat(unreachable.hardBounce()).isFalse();
    assertThat(SendResult.refusedMessage("552", "too big").hardBounce()).isFalse();
    assertThat(SendResult.deferred("451", "later").hardBounce()).isFalse();
  }

  @Test
  void eachFactoryHasItsOutcome() {
    assertThat(SendResult.refusedMessage("552", "x").outcome()).isEqualTo(Outcome.REFUSED_MESSAGE);
    assertThat(SendResult.deferred("451", "x").outcome()).isEqualTo(Outcome.DEFERRED);
    assertThat(SendResult.notHandedOver("connect").outcome()).isEqualTo(Outcome.NOT_HANDED_OVER);
    assertThat(SendResult.inDoubt("no answer").outcome()).isEqualTo(Outcome.IN_DOUBT);
    assertThat(SendResult.inDoubt("no answer").text()).isEqualTo("no answer");
    assertThat(SendResult.inDoubt("no answer").receipt()).isSameAs(Receipt.PLAIN);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void troubleOfAMailboxHasAKind(Kind kind) {
    SendResult trouble = SendResult.mailboxTrouble(kind, "x");
    assertThat(trouble.outcome()).isEqualTo(Outcome.MAILBOX_TROUBLE);
    assertThat(trouble.kind()).contains(kind);
    assertThat(SendResult.deferred("451", "x").kind()).isEmpty();
  }

  @Test
  void aHintAndACodeAreAdded() {
    SendResult result =
        SendResult.mailboxTrouble(Kind.THROTTLED, "slow down")
            .code("454 4.7.0")
            .retryAfter(Duration.ofMinutes(5));
    assertThat(result.code()).isEqualTo("454 4.7.0");
    assertThat(result.retryAfter()).contains(Duration.ofMinutes(5));
    assertThat(result.kind()).contains(Kind.THROTTLED);
    assertThat(result.text()).isEqualTo("slow down");
    assertThat(SendResult.refusedRecipient("550", "x").code("551").hardBounce()).isTrue();
    assertThat(SendResult.deferred("451", "x").retryAfter()).isEmpty();
  }

  @Test
  void textsFromOutsideAreCleanedAndCut() {
    SendResult result = SendResult.deferred("4\0" + "x".repeat(50), "a\uD83Db" + "x".repeat(600));
    assertThat(result.code()).hasSize(40).startsWith("4\uFFFDx");
    assertThat(result.text()).hasSize(500).startsWith("a\uFFFDbx");
    assertThat(SendResult.inDoubt("x".repeat(500)).text()).hasSize(500);
    Receipt receipt =
        new Receipt(
            Optional.of("\0" + "x".repeat(1000)),
            Optional.of("x".repeat(501)),
            Optional.of("x".repeat(501)),
            "x".repeat(501));
    assertThat(receipt.actualMessageId().orElseThrow()).hasSize(998).startsWith("\uFFFD");
    assertThat(receipt.providerId().orElseThrow()).hasSize(500);
    assertThat(receipt.providerThreadId().orElseThrow()).hasSize(500);
    assertThat(receipt.text()).hasSize(500);
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> SendResult.deferred(null, "x")).hasMessage("code");
    assertThatThrownBy(() -> SendResult.deferred("451", null)).hasMessage("text");
  }

  @Test
  void textsShowNothingOfAPerson() {
    assertThat(SendResult.refusedRecipient("550 5.1.1", "secret@x.example unknown"))
        .hasToString("SendResult[REFUSED_RECIPIENT 550 5.1.1]");
    assertThat(SendResult.mailboxTrouble(Kind.LOGIN, "secret"))
        .hasToString("SendResult[MAILBOX_TROUBLE LOGIN]");
    assertThat(new Receipt(Optional.of("<a@b>"), Optional.of("7"), Optional.of("t"), "to secret@x"))
        .hasToString("Receipt[actual=<a@b> id=7 thread=t text hidden]");
    assertThat(Receipt.PLAIN).hasToString("Receipt[text hidden]");
  }
}
