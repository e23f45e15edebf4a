package dev.sequencer.mime;

import dev.sequencer.spi.Attachment;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A part of a mail: its own {@code Content-...} lines, with CRLF, and its encoded body. */
final class Part {
  private static final Pattern MEDIA_TYPE =
      Pattern.compile(
          "[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,80}"
              + "( *; *[A-Za-z0-9_.-]{1,40}=(\"[ !#-\\[\\]-~]{0,80}\"|[A-Za-z0-9_.+-]{1,80}))*");
  private static final Pattern CONTENT_ID = Pattern.compile("[!-;=?-~]{1,200}");

  private final String headers;
  private final byte[] body;

  private Part(String headers, byte[] body) {
    this.headers = headers;
    this.body = body;
  }

  String headers() {
    return headers;
  }

  /** Gives the body as it goes over the wire. */
  byte[] body() {
    return body;
  }

  /** Gives a part of text, {@code subtype} being {@code plain} or {@code html}. */
  static Part text(String subtype, String text) {
    BodyText body = BodyText.of(text);
    return new Part(
        "Content-Type: text/"
            + subtype
            + "; charset=UTF-8\r\nContent-Transfer-Encoding: "
            + body.encoding()
            + "\r\n",
        body.bytes());
  }

  /**
   * Gives a part of a file, in base64.
   *
   * @throws IllegalArgumentException when its media type, name or content id is refused
   */
  static Part file(Attachment file, boolean inline) {
    String type = file.contentType().strip();
    String lower = type.toLowerCase(java.util.Locale.ROOT);
    if (!MEDIA_TYPE.matcher(type).matches()
        || lower.startsWith("multipart/")
        || lower.startsWith("message/")) {
      throw new IllegalArgumentException(
          "an attachment's media type must read type/subtype and be neither multipart nor message,"
              + " but is "
              + HeaderRules.quoted(type)
              + ": use application/octet-stream");
    }
    HeaderRules.checkValue("Content-Disposition", file.name());
    StringBuilder headers = new StringBuilder("Content-Type: ").append(type).append("\r\n");
    headers.append("Content-Transfer-Encoding: base64\r\n");
    headers.append("Content-Disposition: ").append(inline ? "inline" : "attachment");
    headers.append(Parameters.of("filename", file.name())).append("\r\n");
    if (inline) {
      headers.append("Content-ID: <").append(contentId(file.contentId())).append(">\r\n");
    }
    return new Part(headers.toString(), BodyText.base64(file.content()));
  }

  private static String contentId(Optional<String> id) {
    String value = id.orElse("");
    if (!CONTENT_ID.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a content id must be 1 to 200 printable characters of ASCII without angle brackets, but"
              + " is "
              + HeaderRules.quoted(value));
    }
    return value;
  }

  /** Gives a part that holds others (RFC 2046 section 5.1); a single one needs no holder. */
  static Part holding(String subtype, String boundary, List<Part> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    // RFC 2387 section 3.1: the type of the root part
    String root = subtype.equals("related") ? ";\r\n type=\"text/html\"" : "";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Part part : parts) {
      ascii(body, "--" + boundary + "\r\n" + part.headers + "\r\n");
      body.writeBytes(part.body);
      ascii(body, "\r\n");
    }
    ascii(body, "--" + boundary + "--\r\n");
    String headers =
        "Content-Type: multipart/"
            + subtype
            + ";\r\n boundary=\""
            + boundary
            + "\""
            + root
            + "\r\n";
    return new Part(headers, body.toByteArray());
  }

  private static void ascii(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
