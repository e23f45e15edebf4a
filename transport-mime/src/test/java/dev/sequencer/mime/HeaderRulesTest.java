package dev.sequencer.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.sequencer.spi.Attachment;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendKey;
import dev.sequencer.tck.transport.TestMails;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Named by the public report where there is one (MAIL facts, section 7). */
class HeaderRulesTest {
  private static final OutgoingMail PLAIN = TestMails.mail(1);

  @Test
  void report23ALineBreakInASubjectIsRefusedNeverWritten() {
    for (String subject : List.of("A\r\nBcc: x@y.example", "A\nB", "A\rB", "A\0B", "A\u0007B")) {
      refused(TestMails.withSubject(PLAIN, subject), "header 'Subject' must be one line");
    }
  }

  @Test
  void report23ALineBreakInTheValueOrTheNameOfAHeaderIsRefused() {
    refused(header("X-Acme", "1\r\nBcc: evil@x.example"), "header 'X-Acme' must be one line");
    refused(header("X-Acme", "1\n 2"), "has the character U+000A at position 1");
    refused(header("X-A\r\nBcc", "evil@x.example"), "a header's name must be");
    refused(header("X-A:", "1"), "a header's name must be");
    refused(header("X A", "1"), "a header's name must be");
    refused(header("", "1"), "a header's name must be");
    refused(header("X-Ä", "1"), "a header's name must be");
  }

  @Test
  void aLineBreakInTheNameOfAFileIsRefused() {
    Attachment file = Attachment.of("a\r\nX-Evil: 1", "text/plain", new byte[] {1});
    refused(
        MimeMailTest.content(Optional.of("x"), Optional.empty(), List.of(file), Map.of()),
        "must be one line");
  }

  @Test
  void reservedHeadersAreRefusedByName() {
    for (String name :
        List.of(
            "From",
            "bcc",
            "BCC",
            "To",
            "Sender",
            "Reply-To",
            "Subject",
            "Date",
            "Message-ID",
            "References",
            "In-Reply-To",
            "MIME-Version",
            "Content-Type",
            "content-foo",
            "X-Sequencer-Send-Key",
            "Received",
            "Return-Path",
            "DKIM-Signature",
            "Resent-To",
            "ARC-Seal")) {
      refused(header(name, "1"), "header '" + name + "' is written by Sequencer or by servers");
    }
  }

  @Test
  void headersOfTheHostAreWrittenInOrder() {
    OutgoingMail mail =
        TestMails.withHeaders(PLAIN, new java.util.LinkedHashMap<>(Map.of("X-Acme", "one")));
    assertThat(Reader.rawHeader(mail, "X-Acme")).isEqualTo("X-Acme: one\r\n");
    assertThat(Reader.rawHeader(header("X-Campaign", "Café au lait"), "X-Campaign"))
        .isEqualTo("X-Campaign: =?UTF-8?Q?Caf=C3=A9_au_lait?=\r\n");
  }

  @Test
  void report31AListUnsubscribeIsNeverFolded() {
    String url = "<https://acme.example/u/" + "a".repeat(300) + ">, <mailto:u@acme.example>";
    assertThat(Reader.rawHeader(header("List-Unsubscribe", url), "List-Unsubscribe"))
        .isEqualTo("List-Unsubscribe: " + url + "\r\n");
    refused(header("List-Unsubscribe", "<https://acme.example/ü>"), "must be ASCII");
  }

  @Test
  void aLineOf998BytesGoesOneOf999DoesNot() {
    int room = 998 - "X-Acme: ".length();
    assertThatNoException().isThrownBy(() -> MimeMail.of(header("X-Acme", "x".repeat(room))));
    refused(
        header("X-Acme", "x".repeat(room + 1)),
        "no line longer than 998 bytes, but has one of 999");
  }

  @Test
  void longTextIsFoldedAndReadsTheSame() throws Exception {
    String value = "one two  three\tfour ".repeat(40).strip();
    OutgoingMail mail = header("X-Acme", value);
    assertThat(Reader.rawHeader(mail, "X-Acme").lines()).allMatch(line -> line.length() <= 78);
    assertThat(Reader.rawHeader(mail, "X-Acme").replace("\r\n", "")).isEqualTo("X-Acme: " + value);
  }

  @Test
  void report21TheMessageIdIsTheSameHoweverOftenItIsWritten() throws Exception {
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThat(Reader.read(PLAIN).getHeader("Message-ID")).containsExactly(PLAIN.messageId());
    }
  }

  @Test
  void report22AMessageIdThatIsNotStrictIsRefused() {
    for (String id :
        List.of(
            "Gr..aSH@acme.example",
            "<Gr..aSH@acme.example>",
            "<a@b@acme.example>",
            "<a.@acme.example>",
            "<a@acme.example.>",
            "<a b@acme.example>",
            "<a>",
            "",
            "<a@acme.example>\r\nBcc: x@y.example")) {
      refused(keyed(new SendKey("k", id, PLAIN.date())), "a Message-ID must read <local@domain>");
    }
  }

  @Test
  void aSendKeyIsPrintableAscii() {
    for (String key : List.of("", "a b", "a\r\nBcc: x", "ä", "x".repeat(65))) {
      refused(keyed(new SendKey(key, PLAIN.messageId(), PLAIN.date())), "a send key must be");
    }
    assertThatNoException()
        .isThrownBy(
            () -> MimeMail.of(keyed(new SendKey("x".repeat(64), PLAIN.messageId(), PLAIN.date()))));
  }

  @Test
  void anAnswerNamesTheMailBeforeAndTheWholeThread() {
    OutgoingMail mail = TestMails.inThread(PLAIN, List.of("<1@acme.example>", "<2@acme.example>"));
    assertThat(Reader.rawHeader(mail, "In-Reply-To"))
        .isEqualTo("In-Reply-To: <2@acme.example>\r\n");
    assertThat(Reader.rawHeader(mail, "References"))
        .isEqualTo("References: <1@acme.example> <2@acme.example>\r\n");
  }

  @Test
  void aLongThreadKeepsItsFirstIdAndTheLastTen() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      ids.add("<a-message-id-of-some-length-" + i + "@acme.example>");
    }
    OutgoingMail mail = TestMails.inThread(PLAIN, ids);
    String header = Reader.rawHeader(mail, "References");
    assertThat(header.lines()).allMatch(line -> line.length() <= 78);
    List<String> kept = List.of(header.replace("References:", "").strip().split("\\s+", -1));
    assertThat(kept).hasSize(11).startsWith(ids.get(0)).endsWith(ids.get(39));
    assertThat(kept.subList(1, 11)).isEqualTo(ids.subList(30, 40));
  }

  @Test
  void aThreadOfElevenIsKeptWhole() {
    List<String> ids = new ArrayList<>();
    for (int i = 1; i <= 11; i++) {
      ids.add("<" + i + "@acme.example>");
    }
    assertThat(Reader.rawHeader(TestMails.inThread(PLAIN, ids), "References").split("<", -1))
        .hasSize(12);
  }

  @Test
  void anIdOfSomebodyElseMayBeOddButNotBreakTheLine() {
    assertThatNoException()
        .isThrownBy(() -> MimeMail.of(TestMails.inThread(PLAIN, List.of("<odd..id@[1.2.3.4]>"))));
    refused(TestMails.inThread(PLAIN, List.of("<a@b>\r\nBcc: x@y")), "In-Reply-To must hold");
  }

  @Test
  void mediaTypesAndContentIdsAreChecked() {
    refused(file(Attachment.of("a", "pdf", new byte[0])), "media type must read type/subtype");
    refused(file(Attachment.of("a", "text/plain\r\nX: 1", new byte[0])), "media type");
    refused(
        file(Attachment.of("a", "message/rfc822", new byte[0])), "use application/octet-stream");
    refused(file(Attachment.inline("a>\r\nX: 1", "a", "image/png", new byte[0])), "a content id");
    Attachment one = Attachment.inline("same", "a", "image/png", new byte[0]);
    OutgoingMail twice =
        MimeMailTest.content(
            Optional.empty(), Optional.of("<p>x</p>"), List.of(one, one), Map.of());
    refused(twice, "each inline part needs a content id of its own");
  }

  private static OutgoingMail file(Attachment file) {
    return MimeMailTest.content(Optional.empty(), Optional.of("<p>x</p>"), List.of(file), Map.of());
  }

  private static OutgoingMail header(String name, String value) {
    return TestMails.withHeaders(PLAIN, Map.of(name, value));
  }

  private static OutgoingMail keyed(SendKey key) {
    return new OutgoingMail(
        key,
        PLAIN.sender(),
        PLAIN.date(),
        PLAIN.to(),
        PLAIN.addresses(),
        PLAIN.content(),
        PLAIN.thread(),
        Optional.empty());
  }

  private static void refused(OutgoingMail mail, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MimeMail.of(mail))
        .withMessageContaining(why);
  }
}
