package dev.sequencer.mime;

import dev.sequencer.spi.Attachment;
import dev.sequencer.spi.OutgoingMail;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Puts the parts of a mail together: {@code mixed(alternative(text, related(html, images)),
 * files)}, without the levels that a mail does not need. Boundaries come from the send key, so the
 * same mail gives the same bytes each time.
 */
final class Structure {
  private final OutgoingMail.Content content;
  private final String seed;

  private Structure(OutgoingMail.Content content, String seed) {
    this.content = content;
    this.seed = seed;
  }

  static Part of(OutgoingMail.Content content, String sendKey) {
    return new Structure(content, sendKey).mixed();
  }

  private Part mixed() {
    List<Part> parts = new ArrayList<>();
    parts.add(alternative());
    for (Attachment file : content.attachments()) {
      if (!isShownInHtml(file)) {
        parts.add(Part.file(file, false));
      }
    }
    return Part.holding("mixed", boundary("mixed"), parts);
  }

  private Part alternative() {
    List<Part> parts = new ArrayList<>();
    content.text().ifPresent(text -> parts.add(Part.text("plain", text)));
    content.html().ifPresent(html -> parts.add(related(html)));
    return Part.holding("alternative", boundary("alternative"), parts);
  }

  private Part related(String html) {
    List<Part> parts = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    parts.add(Part.text("html", html));
    for (Attachment file : content.attachments()) {
      if (isShownInHtml(file)) {
        if (!ids.add(file.contentId().orElse(""))) {
          throw new IllegalArgumentException(
              "each inline part needs a content id of its own, but two have "
                  + HeaderRules.quoted(file.contentId().orElse("")));
        }
        parts.add(Part.file(file, true));
      }
    }
    return Part.holding("related", boundary("related"), parts);
  }

  /** Without HTML nothing shows an inline part: it goes along as a file, so that it is not lost. */
  private boolean isShownInHtml(Attachment file) {
    return file.contentId().isPresent() && content.html().isPresent();
  }

  /** Gives a boundary that no text contains; base64 and quoted-printable cannot contain "=_". */
  private String boundary(String level) {
    int salt = 0;
    while (true) {
      String boundary = "=_" + level + "-" + hash(seed + "|" + level + "|" + salt);
      if (content.text().filter(text -> text.contains(boundary)).isEmpty()
          && content.html().filter(html -> html.contains(boundary)).isEmpty()) {
        return boundary;
      }
      salt++;
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
