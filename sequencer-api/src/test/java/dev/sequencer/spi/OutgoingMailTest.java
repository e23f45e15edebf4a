package dev.sequencer.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.EmailAddress;
import dev.sequencer.Problem;
import dev.sequencer.RenderedMail;
import dev.sequencer.spi.store.StoredContact;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutgoingMailTest {
  private static final EmailAddress SECRET = EmailAddress.of("Secret <secret@x.example>");

  private static OutgoingMail mail() {
    return new OutgoingMail(
        new SendKey("key", "<id@x>", Instant.EPOCH),
        Sender.of(SECRET),
        Instant.EPOCH,
        SECRET,
        new OutgoingMail.Addresses(List.of(SECRET), List.of(SECRET), List.of(SECRET)),
        OutgoingMail.Content.ofText("secret", "secret"),
        OutgoingMail.Thread.NONE,
        Optional.empty());
  }

  @Test
  void aMailNeedsABody() {
    assertThatThrownBy(
            () ->
                new OutgoingMail.Content(
                    "s", Optional.empty(), Optional.empty(), List.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a mail needs a text or an HTML body, but has neither: give its template one");
  }

  @Test
  void headersAreCopiedInTheirOrder() {
    Map<String, String> headers = new LinkedHashMap<>(Map.of("X-B", "1"));
    headers.put("X-A", "2");
    OutgoingMail.Content content =
        new OutgoingMail.Content("s", Optional.of("t"), Optional.empty(), List.of(), headers);
    headers.clear();
    assertThat(content.headers()).containsExactly(Map.entry("X-B", "1"), Map.entry("X-A", "2"));
  }

  @Test
  void aStagedMailIsTheSameWithAReference() {
    OutgoingMail staged = mail().staged("draft-1");
    assertThat(staged.stageReference()).contains("draft-1");
    assertThat(staged.messageId()).isEqualTo("<id@x>");
    assertThat(staged.content()).isEqualTo(mail().content());
  }

  @Test
  void bytesOfAnAttachmentAreNotShared() {
    byte[] bytes = {1};
    Attachment file = Attachment.of("a", "x/y", bytes);
    bytes[0] = 2;
    file.content()[0] = 3;
    assertThat(file.content()).containsExactly(1);
    assertThat(file.size()).isEqualTo(1);
    assertThat(file.contentId()).isEmpty();
    assertThat(Attachment.inline("logo", "a", "x/y", bytes).contentId()).contains("logo");
  }

  @Test
  void textsShowNothingOfAPerson() {
    assertThat(mail()).hasToString("OutgoingMail[<id@x>]");
    assertThat(mail().addresses()).hasToString("Addresses[cc=1, bcc=1, replyTo=1]");
    assertThat(mail().content()).hasToString("Content[text attachments=0]");
    RenderedMail rendered =
        new RenderedMail(
            Optional.of(SECRET),
            SECRET,
            "secret",
            Optional.of("secret"),
            Optional.empty(),
            Map.of(),
            List.of("a.pdf"),
            List.of(Problem.lint("text", "x")));
    assertThat(rendered).hasToString("RenderedMail[attachments=1, lints=1]");
    StoredContact contact =
        new StoredContact(
            7,
            "",
            Optional.of("u-1"),
            "secret@x.example",
            "secret@x.example",
            Optional.empty(),
            Optional.empty(),
            "{\"town\":\"secret\"}");
    assertThat(contact).hasToString("StoredContact[7 id=u-1]");
  }
}
