package dev.sequencer.internal.mail;

import dev.sequencer.MailContent;
import dev.sequencer.MailKind;
import dev.sequencer.spi.Attachment;
import dev.sequencer.spi.MailRenderer;
import dev.sequencer.spi.MailRenderer.Format;
import dev.sequencer.spi.MailRenderer.RenderException;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.TemplateSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes a mail of a definition and the values of one contact.
 *
 * <ol>
 *   <li>The texts of the definition win over those of its template.
 *   <li>A mail in a thread is called {@code Re: } and the subject of the thread's first mail as it
 *       was sent; its own subject counts only when there is no thread yet.
 *   <li>Subject and headers are one line; a value that would break it is refused. A header that is
 *       filled with nothing is left out.
 *   <li>Bulk mail whose {@code List-Unsubscribe} names an https address gets {@code
 *       List-Unsubscribe-Post} (RFC 8058 section 3.1), unless it has one.
 * </ol>
 *
 * <p>Template source and renderer are called on the caller's thread. Safe for use by several
 * threads when these are.
 */
public final class MailComposer {
  private static final String UNSUBSCRIBE = "List-Unsubscribe";
  private static final String UNSUBSCRIBE_POST = "List-Unsubscribe-Post";
  private static final Pattern HTTPS_ADDRESS =
      Pattern.compile("<\\s*https://[^<>]{1,900}>", Pattern.CASE_INSENSITIVE);

  private final TemplateSource templates;
  private final MailRenderer renderer;

  /** Makes one over a template source and a renderer. */
  public MailComposer(TemplateSource templates, MailRenderer renderer) {
    this.templates = Objects.requireNonNull(templates, "templates");
    this.renderer = Objects.requireNonNull(renderer, "renderer");
  }

  /** Gives the mail, or why there is none; throws nothing. */
  public Composition compose(MailRequest request) {
    try {
      return new Composition.Composed(composed(request));
    } catch (NotComposed e) {
      return e.why();
    }
  }

  private ComposedMail composed(MailRequest request) {
    MailContent mail = request.mail();
    MailTexts texts = MailTexts.of(mail.source(), request.locale(), templates);
    Map<String, Object> values = MailValues.of(request);
    String subject = subject(request, texts, values);
    if (texts.text().isEmpty() && texts.html().isEmpty()) {
      throw NotComposed.refused("the mail has neither text nor HTML: give it or its template one");
    }
    Optional<String> text = texts.text().map(t -> filled(t, Format.TEXT, values));
    Optional<String> html = texts.html().map(t -> filled(t, Format.HTML, values));
    if (text.orElse("").isBlank() && html.orElse("").isBlank() && mail.attachments().isEmpty()) {
      throw NotComposed.refused(
          "the mail must say something, but its text and HTML are blank when they are filled");
    }
    OutgoingMail.Content content =
        new OutgoingMail.Content(
            subject, text, html, attachments(mail.attachments()), headers(request, values));
    MailContent.Addresses addresses = mail.addresses();
    return new ComposedMail(
        content,
        new OutgoingMail.Addresses(addresses.cc(), addresses.bcc(), addresses.replyTo()),
        texts.mark(),
        size(content));
  }

  private String subject(MailRequest request, MailTexts texts, Map<String, Object> values) {
    if (request.threadSubject().isPresent()) {
      String answer = ThreadSubject.answering(request.threadSubject().get());
      return oneLine("the subject of the thread", answer);
    }
    MailText source =
        texts
            .subject()
            .orElseThrow(
                () ->
                    NotComposed.refused(
                        "the mail has no subject: give it or its template one"
                            + (request.mail().inThread()
                                ? "; no earlier mail was sent whose thread it could answer"
                                : "")));
    String subject = line(source, values);
    if (subject.isEmpty()) {
      throw NotComposed.refused(source.called() + " must not be empty, but is when it is filled");
    }
    return subject;
  }

  private Map<String, String> headers(MailRequest request, Map<String, Object> values) {
    Map<String, String> headers = new LinkedHashMap<>();
    request
        .mail()
        .headers()
        .forEach(
            (name, template) -> {
              MailRules.headerNameFault(name)
                  .ifPresent(
                      fault -> {
                        throw NotComposed.refused(fault);
                      });
              String value =
                  line(new MailText(template, "the header '" + name + "'", false), values);
              if (!value.isEmpty()) {
                headers.put(name, value);
              }
            });
    if (request.kind() == MailKind.BULK
        && find(headers, UNSUBSCRIBE).filter(v -> HTTPS_ADDRESS.matcher(v).find()).isPresent()
        && find(headers, UNSUBSCRIBE_POST).isEmpty()) {
      headers.put(UNSUBSCRIBE_POST, "List-Unsubscribe=One-Click");
    }
    return headers;
  }

  private static Optional<String> find(Map<String, String> headers, String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Fills a template of one line; blanks of the template itself around it do not count. */
  private String line(MailText source, Map<String, Object> values) {
    MailText stripped = new MailText(source.source().strip(), source.called(), source.template());
    return oneLine(source.called(), filled(stripped, Format.TEXT, values));
  }

  private static String oneLine(String what, String line) {
    MailRules.lineFault(what, line)
        .ifPresent(
            fault -> {
              throw NotComposed.refused(fault);
            });
    return line.strip();
  }

  private String filled(MailText text, Format format, Map<String, Object> values) {
    try {
      return Objects.requireNonNull(
          renderer.render(text.source(), format, values), "the renderer's answer");
    } catch (RenderException e) {
      throw NotComposed.refused(text.called() + ": " + e.getMessage());
    } catch (RuntimeException e) {
      throw NotComposed.unavailable("the renderer", text.called(), e);
    }
  }

  private List<Attachment> attachments(List<MailContent.AttachmentName> names) {
    List<Attachment> attachments = new ArrayList<>(names.size());
    for (MailContent.AttachmentName file : names) {
      byte[] bytes = bytes(file.name());
      String shown = file.name().substring(file.name().lastIndexOf('/') + 1);
      String type = ContentTypes.of(shown);
      if (file.contentId().isPresent()) {
        String contentId = file.contentId().get();
        MailRules.contentIdFault(contentId)
            .ifPresent(
                fault -> {
                  throw NotComposed.refused(fault);
                });
        attachments.add(Attachment.inline(contentId, shown, type, bytes));
      } else {
        attachments.add(Attachment.of(shown, type, bytes));
      }
    }
    return attachments;
  }

  private byte[] bytes(String name) {
    Optional<byte[]> found;
    try {
      found = templates.file(name);
      if (found.isPresent()) {
        return found.get();
      }
    } catch (IllegalArgumentException e) {
      throw NotComposed.refused(
          "the template source takes no file named '" + name + "': name one that it has");
    } catch (RuntimeException e) {
      throw NotComposed.unavailable("the template source", "file '" + name + "'", e);
    }
    throw NotComposed.missing("there is no file '" + name + "': add it to the template source");
  }

  private static long size(OutgoingMail.Content content) {
    long size = utf8(content.subject());
    size += content.text().map(MailComposer::utf8).orElse(0L);
    size += content.html().map(MailComposer::utf8).orElse(0L);
    for (Attachment file : content.attachments()) {
      size += file.size();
    }
    return size;
  }

  private static long utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
