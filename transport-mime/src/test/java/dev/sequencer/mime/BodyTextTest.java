package dev.sequencer.mime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.OutgoingMail;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BodyTextTest {
  private static final List<String> PIECES =
      List.of(
          "a",
          " ",
          "\t",
          "=",
          ".",
          "\n",
          "\r\n",
          "\n.\n",
          " \n",
          "ä",
          "漢",
          "🚀",
          "From x",
          "\u0000",
          "x".repeat(80),
          "word ".repeat(20),
          "y".repeat(1_100),
          "==",
          "--");

  @Test
  void plainTextOfLinesUpTo998CharactersStaysAsItIs() {
    assertThat(encoding("x".repeat(998) + "\n")).isEqualTo("7bit");
    assertThat(encoding("x".repeat(999) + "\n")).isEqualTo("quoted-printable");
  }

  @Test
  void mostlyAsciiBecomesQuotedPrintableTheRestBase64() {
    assertThat(encoding("Mit den besten Grüßen aus Köln, Ihre Anna\n"))
        .isEqualTo("quoted-printable");
    assertThat(encoding("日本語の本文")).isEqualTo("base64");
  }

  @Test
  void lineEndsOfEveryKindBecomeCrLf() throws Exception {
    assertThat(readBack("a\nb\rc\r\nd")).isEqualTo("a\r\nb\r\nc\r\nd\r\n");
  }

  @Test
  void blanksAtLineEndsSurviveQuotedPrintable() throws Exception {
    assertThat(readBack("ä \n\t\nend ")).isEqualTo("ä \r\n\t\r\nend \r\n");
  }

  @Test
  void everyTextIsReadBackAndEveryLineIsShortEnough() throws Exception {
    long seed = 20260601L;
    Random random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i >= 0; i--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      String expected = text.toString().replace("\r\n", "\n").replace("\r", "\n");
      String read = readBack(text.toString()).replace("\r\n", "\n");
      assertThat(read.strip()).as("seed %d, round %d", seed, round).isEqualTo(expected.strip());
      assertThat(Reader.raw(mail(text.toString())).split("\r\n", -1))
          .as("seed %d, round %d", seed, round)
          .allMatch(
              line -> line.length() <= 998 && line.indexOf('\n') < 0 && line.indexOf('\r') < 0);
    }
  }

  @Test
  void aMailEndsWithALineEnd() {
    assertThat(Reader.raw(mail("no end"))).endsWith("no end\r\n");
    assertThat(Reader.raw(mail("日本"))).endsWith("\r\n");
    assertThat(Reader.raw(mail(""))).endsWith("\r\n\r\n");
  }

  @Test
  void aTextThatHoldsTheBoundaryGetsAnotherOne() throws Exception {
    Optional<String> html = Optional.of("<p>x</p>");
    String first = Reader.raw(MimeMailTest.content(Optional.of("x"), html, List.of(), Map.of()));
    String boundary = Reader.between(first, "boundary=\"", "\"");
    String text = "--" + boundary + "--\n";
    MimeMessage mail =
        Reader.read(MimeMailTest.content(Optional.of(text), html, List.of(), Map.of()));
    assertThat(Reader.shape(mail)).isEqualTo("alternative(plain,html)");
    assertThat(Reader.parts(mail).get(0).getContent()).isEqualTo("--" + boundary + "--\r\n");
  }

  private static OutgoingMail mail(String text) {
    return MimeMailTest.content(Optional.of(text), Optional.empty(), List.of(), Map.of());
  }

  private static String encoding(String text) {
    return BodyText.of(text).encoding();
  }

  private static String readBack(String text) throws Exception {
    return (String) Reader.read(mail(text)).getContent();
  }
}
