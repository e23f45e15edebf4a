package dev.sequencer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Describes one e-mail inside the lambda of {@link Sequence.Builder#email} or {@link Send#mail};
 * lives only there and is not thread-safe. What it lacks, publish reports.
 */
public final class MailSpec {
  private Optional<String> template = Optional.empty();
  private Optional<String> subject = Optional.empty();
  private Optional<String> text = Optional.empty();
  private Optional<String> html = Optional.empty();
  private Optional<MailKind> kind = Optional.empty();
  private boolean inThread;
  private final List<EmailAddress> cc = new ArrayList<>();
  private final List<EmailAddress> bcc = new ArrayList<>();
  private final List<EmailAddress> replyTo = new ArrayList<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final List<MailContent.AttachmentName> attachments = new ArrayList<>();
  private Attributes defaults = Attributes.none();

  private MailSpec() {}

  /** Gives what a lambda describes. */
  public static MailContent describe(Consumer<MailSpec> lambda) {
    MailSpec spec = new MailSpec();
    lambda.accept(spec);
    return new MailContent(
        new MailContent.Source(spec.template, spec.subject, spec.text, spec.html),
        spec.kind,
        spec.inThread,
        new MailContent.Addresses(spec.cc, spec.bcc, spec.replyTo),
        spec.headers,
        spec.attachments,
        spec.defaults);
  }

  /** Takes subject and bodies from the template of that name, in the contact's locale. */
  public MailSpec template(String name) {
    template = Optional.of(notBlank("the name of a template", name));
    return this;
  }

  /** Sets the subject, a template of one line; wins over the template's. */
  public MailSpec subject(String line) {
    subject = Optional.of(line);
    return this;
  }

  /** Sets the plain text, itself a template; wins over the template's. */
  public MailSpec text(String body) {
    text = Optional.of(body);
    return this;
  }

  /** Sets the HTML, itself a template; wins over the template's. */
  public MailSpec html(String body) {
    html = Optional.of(body);
    return this;
  }

  /** Answers the thread that the last e-mail before it began; its subject is {@code Re: } of it. */
  public MailSpec inThread() {
    inThread = true;
    return this;
  }

  /** Makes it transactional: marketing suppressions do not hold for it. */
  public MailSpec transactional() {
    kind = Optional.of(MailKind.TRANSACTIONAL);
    return this;
  }

  /** Makes it bulk: it needs a way to unsubscribe. */
  public MailSpec bulk() {
    kind = Optional.of(MailKind.BULK);
    return this;
  }

  /** Makes it personal. */
  public MailSpec personal() {
    kind = Optional.of(MailKind.PERSONAL);
    return this;
  }

  /**
   * Sends a copy to an address.
   *
   * @throws IllegalArgumentException when it is no address
   */
  public MailSpec cc(String address) {
    cc.add(EmailAddress.of(address));
    return this;
  }

  /**
   * Sends a blind copy to an address.
   *
   * @throws IllegalArgumentException when it is no address
   */
  public MailSpec bcc(String address) {
    bcc.add(EmailAddress.of(address));
    return this;
  }

  /**
   * Lets answers go to an address.
   *
   * @throws IllegalArgumentException when it is no address
   */
  public MailSpec replyTo(String address) {
    replyTo.add(EmailAddress.of(address));
    return this;
  }

  /** Adds a header; the value is a template of one line. */
  public MailSpec header(String name, String value) {
    headers.put(notBlank("the name of a header", name), value);
    return this;
  }

  /** Attaches a file of the template source. */
  public MailSpec attach(String name) {
    attachments.add(
        new MailContent.AttachmentName(
            notBlank("the name of an attachment", name), Optional.empty()));
    return this;
  }

  /** Adds an image of the template source that HTML shows by {@code cid:contentId}. */
  public MailSpec inline(String contentId, String name) {
    attachments.add(
        new MailContent.AttachmentName(
            notBlank("the name of an inline image", name),
            Optional.of(notBlank("the content id of an inline image", contentId))));
    return this;
  }

  /** Gives a variable a value for contacts that have none. */
  public MailSpec defaultValue(String variable, Object value) {
    defaults = defaults.with(variable, value);
    return this;
  }

  private static String notBlank(String what, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(what + " must not be blank");
    }
    return value;
  }
}
