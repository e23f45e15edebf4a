package dev.sequencer.spi;

import java.util.Objects;
import java.util.Optional;

/** A file that goes with a mail, or an image inside its HTML. Immutable. */
public final class Attachment {
  private final String name;
  private final String contentType;
  private final byte[] content;
  private final Optional<String> contentId;

  private Attachment(String name, String contentType, byte[] content, Optional<String> contentId) {
    this.name = Objects.requireNonNull(name, "name");
    this.contentType = Objects.requireNonNull(contentType, "contentType");
    this.content = content.clone();
    this.contentId = Objects.requireNonNull(contentId, "contentId");
  }

  /** Gives an attachment. */
  public static Attachment of(String name, String contentType, byte[] content) {
    return new Attachment(name, contentType, content, Optional.empty());
  }

  /** Gives a part that HTML shows by {@code cid:contentId} (RFC 2392). */
  public static Attachment inline(
      String contentId, String name, String contentType, byte[] content) {
    return new Attachment(name, contentType, content, Optional.of(contentId));
  }

  /** Gives the file's name. */
  public String name() {
    return name;
  }

  /** Gives the media type, such as {@code application/pdf}. */
  public String contentType() {
    return contentType;
  }

  /** Gives a copy of the bytes. */
  public byte[] content() {
    return content.clone();
  }

  /** Gives the number of bytes. */
  public int size() {
    return content.length;
  }

  /** Gives the content id of an inline part, without angle brackets. */
  public Optional<String> contentId() {
    return contentId;
  }
}
