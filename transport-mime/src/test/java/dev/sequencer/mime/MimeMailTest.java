package dev.sequencer.mime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.EmailAddress;
import dev.sequencer.spi.Attachment;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.Sender;
import dev.sequencer.tck.transport.TestMails;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MimeMailTest {
  private static final OutgoingMail PLAIN = TestMails.mail(1);

  @Test
  void aMailOfTextIsOnePart() throws Exception {
    MimeMessage mail = Reader.read(PLAIN);
    assertThat(Reader.shape(mail)).isEqualTo("plain");
    assertThat(mail.getContent()).isEqualTo("This is mail 1.\r\n");
    assertThat(mail.getSubject()).isEqualTo("Mail 1");
    assertThat(mail.getHeader("From", null)).isEqualTo("ann@acme.example");
    assertThat(mail.getHeader("To", null)).isEqualTo("bo1@example.com");
    assertThat(mail.getHeader("MIME-Version", null)).isEqualTo("1.0");
  }

  @Test
  void theMessageIdIsTheRequestedOne() throws Exception {
    assertThat(Reader.read(PLAIN).getMessageID()).isEqualTo(PLAIN.messageId());
  }

  @Test
  void theSendKeyStandsInAHeaderOfOurOwn() throws Exception {
    assertThat(Reader.read(PLAIN).getHeader(MimeMail.SEND_KEY_HEADER, null))
        .isEqualTo("test-key-1");
  }

  @Test
  void theDateIsThatOfTheMailInUtc() throws Exception {
    assertThat(Reader.rawHeader(PLAIN, "Date"))
        .isEqualTo("Date: Mon, 1 Jun 2026 08:00:00 +0000\r\n");
    assertThat(Reader.read(PLAIN).getSentDate().toInstant())
        .isEqualTo(Instant.parse("2026-06-01T08:00:00Z"));
  }

  @Test
  void theSameMailGivesTheSameBytes() {
    OutgoingMail mail = rich();
    assertThat(MimeMail.of(mail).bytes()).isEqualTo(MimeMail.of(mail).bytes());
  }

  @Test
  void partsNestAsMailProgramsExpect() throws Exception {
    assertThat(Reader.shape(Reader.read(rich())))
        .isEqualTo("mixed(alternative(plain,related(html,png)),pdf)");
  }

  @Test
  void levelsThatAreNotNeededAreLeftOut() throws Exception {
    assertThat(shape(Optional.empty(), Optional.of("<p>x</p>"))).isEqualTo("html");
    assertThat(shape(Optional.of("x"), Optional.of("<p>x</p>")))
        .isEqualTo("alternative(plain,html)");
    assertThat(shape(Optional.empty(), Optional.of("<p>x</p>"), logo()))
        .isEqualTo("related(html,png)");
    assertThat(shape(Optional.of("x"), Optional.empty(), pdf("a.pdf")))
        .isEqualTo("mixed(plain,pdf)");
  }

  @Test
  void anInlinePartWithoutHtmlGoesAlongAsAFile() throws Exception {
    MimeMessage mail =
        Reader.read(content(Optional.of("x"), Optional.empty(), List.of(logo()), Map.of()));
    assertThat(Reader.shape(mail)).isEqualTo("mixed(plain,png)");
    assertThat(Reader.parts(mail).get(1).getDisposition()).isEqualTo("attachment");
  }

  @Test
  void filesKeepTheirBytesTypesAndNames() throws Exception {
    byte[] bytes = new byte[3_000];
    new Random(7).nextBytes(bytes);
    String longName = "Übersicht der Angebote für das zweite Halbjahr 2026, Fassung 12 (neu).pdf";
    OutgoingMail mail =
        content(
            Optional.of("x"),
            Optional.empty(),
            List.of(
                Attachment.of("offer \"2026\".pdf", "application/pdf", bytes),
                Attachment.of(longName, "application/pdf", bytes),
                Attachment.of("a".repeat(150) + ".txt", "text/plain; charset=UTF-8", bytes)),
            Map.of());
    List<BodyPart> parts = Reader.parts(Reader.read(mail));
    assertThat(parts.get(1).getFileName()).isEqualTo("offer \"2026\".pdf");
    assertThat(parts.get(2).getFileName()).isEqualTo(longName);
    assertThat(parts.get(3).getFileName()).isEqualTo("a".repeat(150) + ".txt");
    assertThat(parts.get(1).getInputStream().readAllBytes()).isEqualTo(bytes);
    assertThat(parts.get(1).getContentType()).isEqualTo("application/pdf");
  }

  @Test
  void inlineImagesHaveTheContentIdThatHtmlNames() throws Exception {
    MimeMessage mail =
        Reader.read(
            content(
                Optional.empty(),
                Optional.of("<img src=\"cid:logo@acme\" alt=\"\">"),
                List.of(logo()),
                Map.of()));
    MimePart image = (MimePart) Reader.parts(mail).get(1);
    assertThat(image.getContentID()).isEqualTo("<logo@acme>");
    assertThat(image.getDisposition()).isEqualTo("inline");
  }

  @Test
  void blindCopiesAreInTheEnvelopeOnly() {
    OutgoingMail mail =
        TestMails.withCopies(PLAIN, List.of("carl@example.com"), List.of("dora@example.com"));
    MimeMail bytes = MimeMail.of(mail);
    assertThat(bytes.envelopeRecipients())
        .containsExactly("bo1@example.com", "carl@example.com", "dora@example.com");
    assertThat(Reader.raw(mail))
        .contains("Cc: carl@example.com\r\n")
        .doesNotContainIgnoringCase("bcc")
        .doesNotContain("dora");
  }

  @Test
  void aMailboxStandsOnceInTheEnvelope() {
    OutgoingMail mail =
        TestMails.withCopies(PLAIN, List.of("BO1@example.com"), List.of("bo1@EXAMPLE.com"));
    assertThat(MimeMail.of(mail).envelopeRecipients()).containsExactly("bo1@example.com");
  }

  @Test
  void displayNamesAreReadBackWhateverTheyHold() throws Exception {
    for (String name :
        List.of(
            "Ann Lee",
            "Lee, Ann",
            "Ann \"A\" Lee\\x",
            "Änne Müller-Lüdenscheidt",
            "山田 太郎",
            "Dr. A. (B)",
            "=?UTF-8?Q?x?=",
            "Ein sehr langer Name, der übrigens gar nicht endet, "
                + "weil er über mehrere Zeilen gehen muss und noch mehr")) {
      OutgoingMail mail = from(EmailAddress.of("ann@acme.example").named(name));
      InternetAddress from = (InternetAddress) Reader.read(mail).getFrom()[0];
      assertThat(from.getPersonal()).isEqualTo(name);
      assertThat(from.getAddress()).isEqualTo("ann@acme.example");
    }
  }

  @Test
  void subjectsAreReadBackWhateverTheyHold() throws Exception {
    for (String subject :
        List.of(
            "",
            "Hello",
            "Grüße aus Köln",
            "a  b",
            "=?x?",
            "日本語の件名".repeat(20),
            "word ".repeat(60).strip(),
            "emoji 🚀 and 👩‍👩‍👧 " + "🎉".repeat(40),
            "x".repeat(900))) {
      OutgoingMail mail = TestMails.withSubject(PLAIN, subject);
      assertThat(Reader.read(mail).getSubject()).isEqualTo(subject);
      assertThat(Reader.rawHeader(mail, "Subject").lines()).allMatch(line -> line.length() <= 998);
    }
  }

  @Test
  void encodedWordsAreAtMost75CharactersAndHoldWholeCharacters() {
    OutgoingMail mail = TestMails.withSubject(PLAIN, "ä🚀漢".repeat(60));
    List<String> lines = Reader.rawHeader(mail, "Subject").strip().lines().toList();
    assertThat(lines).hasSizeGreaterThan(5).allMatch(line -> line.length() <= 76 + 2);
    for (String line : lines) {
      String word = line.replaceFirst("^Subject:", "").strip();
      assertThat(word.length()).isLessThanOrEqualTo(75);
      byte[] bytes = java.util.Base64.getDecoder().decode(word.substring(10, word.length() - 2));
      assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("\uFFFD");
    }
  }

  @Test
  void anInternationalDomainGoesOutInAscii() throws Exception {
    OutgoingMail mail = TestMails.to(PLAIN, "you@exämple.com");
    assertThat(MimeMail.of(mail).envelopeRecipients()).containsExactly("you@xn--exmple-cua.com");
    assertThat(Reader.read(mail).getRecipients(Message.RecipientType.TO)[0])
        .hasToString("you@xn--exmple-cua.com");
    assertThat(MimeMail.of(mail).needsSmtpUtf8()).isFalse();
    assertThat(Reader.raw(mail)).matches(text -> text.chars().allMatch(c -> c < 128));
  }

  @Test
  void aLocalPartBeyondAsciiNeedsSmtpUtf8() {
    assertThat(MimeMail.of(TestMails.to(PLAIN, "jürgen@example.com")).needsSmtpUtf8()).isTrue();
    assertThat(
            MimeMail.of(TestMails.withCopies(PLAIN, List.of(), List.of("jürgen@example.com")))
                .needsSmtpUtf8())
        .isTrue();
    assertThat(Reader.rawHeader(TestMails.to(PLAIN, "jürgen@exämple.com"), "To"))
        .isEqualTo("To: jürgen@xn--exmple-cua.com\r\n");
  }

  @Test
  void repliesGoWhereReplyToSays() throws Exception {
    OutgoingMail mail =
        new OutgoingMail(
            PLAIN.key(),
            PLAIN.sender(),
            PLAIN.date(),
            PLAIN.to(),
            new OutgoingMail.Addresses(
                List.of(), List.of(), List.of(EmailAddress.of("Desk <desk@acme.example>"))),
            PLAIN.content(),
            PLAIN.thread(),
            Optional.empty());
    assertThat(Reader.read(mail).getReplyTo()[0]).hasToString("Desk <desk@acme.example>");
  }

  static OutgoingMail from(EmailAddress address) {
    return new OutgoingMail(
        PLAIN.key(),
        Sender.of(address),
        PLAIN.date(),
        PLAIN.to(),
        PLAIN.addresses(),
        PLAIN.content(),
        PLAIN.thread(),
        Optional.empty());
  }

  static OutgoingMail content(
      Optional<String> text,
      Optional<String> html,
      List<Attachment> files,
      Map<String, String> headers) {
    return TestMails.with(PLAIN, new OutgoingMail.Content("Subject", text, html, files, headers));
  }

  private static OutgoingMail rich() {
    return content(
        Optional.of("text"),
        Optional.of("<p>html <img src=\"cid:logo@acme\" alt=\"\"></p>"),
        List.of(logo(), pdf("offer.pdf")),
        Map.of());
  }

  private static String shape(Optional<String> text, Optional<String> html, Attachment... files)
      throws Exception {
    return Reader.shape(Reader.read(content(text, html, List.of(files), Map.of())));
  }

  private static Attachment logo() {
    return Attachment.inline("logo@acme", "logo.png", "image/png", new byte[] {1, 2, 3});
  }

  private static Attachment pdf(String name) {
    return Attachment.of(name, "application/pdf", new byte[] {4, 5, 6});
  }
}
