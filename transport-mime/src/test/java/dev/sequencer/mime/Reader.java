package dev.sequencer.mime;

import dev.sequencer.spi.OutgoingMail;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Reads what we write with somebody else's code. */
final class Reader {
  private Reader() {}

  static MimeMessage read(OutgoingMail mail) throws MessagingException {
    return read(MimeMail.of(mail));
  }

  static MimeMessage read(MimeMail mail) throws MessagingException {
    return new MimeMessage(
        Session.getInstance(new Properties()), new ByteArrayInputStream(mail.bytes()));
  }

  static String raw(OutgoingMail mail) {
    return new String(MimeMail.of(mail).bytes(), StandardCharsets.UTF_8);
  }

  /** Gives the header lines of that name as they stand, folds and all. */
  static String rawHeader(OutgoingMail mail, String name) {
    String head = raw(mail).split("\r\n\r\n", 2)[0] + "\r\n";
    int start = ("\r\n" + head).indexOf("\r\n" + name + ":");
    if (start < 0) {
      return "";
    }
    int end = start;
    do {
      end = head.indexOf("\r\n", end) + 2;
    } while (end < head.length() && (head.charAt(end) == ' ' || head.charAt(end) == '\t'));
    return head.substring(start, end);
  }

  /** Gives what stands between two texts. */
  static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }

  /** Gives the tree of media types, such as {@code mixed(plain,pdf)}. */
  static String shape(Part part) throws MessagingException, IOException {
    String type = between(part.getContentType() + ";", "/", ";").strip();
    if (!part.isMimeType("multipart/*")) {
      return type;
    }
    List<String> inside = new ArrayList<>();
    for (BodyPart child : parts(part)) {
      inside.add(shape(child));
    }
    return type + "(" + String.join(",", inside) + ")";
  }

  static List<BodyPart> parts(Part part) throws MessagingException, IOException {
    MimeMultipart content = (MimeMultipart) part.getContent();
    List<BodyPart> parts = new ArrayList<>();
    for (int i = 0; i < content.getCount(); i++) {
      parts.add(content.getBodyPart(i));
    }
    return parts;
  }
}
