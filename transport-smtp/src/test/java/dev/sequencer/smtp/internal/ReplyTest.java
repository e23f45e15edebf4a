package dev.sequencer.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplyTest {
  @Test
  void linesAreJoinedWithoutTheirCodes() {
    Reply reply = Reply.of(550, "550-5.1.1 The address is\n550-5.1.1 unknown.\n550 5.1.1 Bye\n");
    assertThat(reply.text()).isEqualTo("The address is unknown. Bye");
    assertThat(reply.codes()).isEqualTo("550 5.1.1");
  }

  @Test
  void anEnhancedCodeStandsAtTheStartOrThereIsNone() {
    assertThat(Reply.of(550, "550 5.7.515 no\n").enhanced()).isEqualTo("7.515");
    assertThat(Reply.of(550, "550 #5.1.0 no\n").enhanced()).isEqualTo("1.0");
    assertThat(Reply.of(550, "550 5.1.1\n").codes()).isEqualTo("550 5.1.1");
    assertThat(Reply.of(550, "550 version 5.1.1 no\n").enhanced()).isEmpty();
    assertThat(Reply.of(550, "550 5.1 no\n").enhanced()).isEmpty();
    assertThat(Reply.of(550, "550 5.1.1.1 no\n").enhanced()).isEmpty();
    assertThat(Reply.of(550, "550\n").text()).isEmpty();
  }

  @Test
  void whatIsNoCodeIsNoReply() {
    assertThat(Reply.of(-1, "[EOF]").isValid()).isFalse();
    assertThat(Reply.of(0, "").isValid()).isFalse();
    assertThat(Reply.of(199, "199 x\n").isValid()).isFalse();
    assertThat(Reply.of(200, "200 x\n").isValid()).isTrue();
    assertThat(Reply.of(599, "599 x\n").isValid()).isTrue();
    assertThat(Reply.of(600, "600 x\n").isValid()).isFalse();
  }

  @Test
  void anAddressInItStaysOutOfItsName() {
    assertThat(Reply.of(550, "550 5.1.1 <bo@example.com> unknown\n"))
        .hasToString("Reply[550 5.1.1]");
  }
}
