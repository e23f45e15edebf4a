package dev.sequencer.internal.mail;

import dev.sequencer.MailContent;
import dev.sequencer.Problem;
import dev.sequencer.spi.TemplateSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks headers, defaults and files of a mail before it is filled. */
final class PartCheck {
  private static final String UNSUBSCRIBE = "List-Unsubscribe";

  private final TemplateSource templates;
  private final TextCheck texts;

  PartCheck(TemplateSource templates, TextCheck texts) {
    this.templates = templates;
    this.texts = texts;
  }

  static boolean hasUnsubscribeHeader(MailContent mail) {
    return mail.headers().entrySet().stream()
        .anyMatch(
            header ->
                header.getKey().equalsIgnoreCase(UNSUBSCRIBE) && !header.getValue().isBlank());
  }

  void check(String place, MailContent mail, Set<Problem> problems) {
    Set<String> seen = new HashSet<>();
    for (Map.Entry<String, String> header : mail.headers().entrySet()) {
      header(place + ".headers", header.getKey(), header.getValue(), seen, problems);
    }
    if (mail.defaults().get(MailValues.CONTACT).isPresent()) {
      problems.add(
          Problem.fault(
              place + ".defaults",
              "the variable '"
                  + MailValues.CONTACT
                  + "' always means the contact and has no default: name it otherwise"));
    }
    Set<String> contentIds = new HashSet<>();
    for (int i = 0; i < mail.attachments().size(); i++) {
      file(place + ".attachments[" + i + "]", mail.attachments().get(i), contentIds, problems);
    }
  }

  private void header(
      String place, String name, String value, Set<String> seen, Set<Problem> problems) {
    Optional<String> fault = MailRules.headerNameFault(name);
    if (fault.isPresent()) {
      problems.add(Problem.fault(place, fault.get()));
      return;
    }
    String where = place + "." + name;
    if (!seen.add(name.toLowerCase(Locale.ROOT))) {
      problems.add(
          Problem.fault(where, "a header is given once, but this one comes again: take one out"));
    }
    texts
        .lineFault(where, new MailText(value, "the header '" + name + "'", false))
        .ifPresent(problems::add);
  }

  private void file(
      String place,
      MailContent.AttachmentName file,
      Set<String> contentIds,
      Set<Problem> problems) {
    fileFault(file.name()).ifPresent(fault -> problems.add(Problem.fault(place, fault)));
    if (file.contentId().isEmpty()) {
      return;
    }
    String contentId = file.contentId().get();
    MailRules.contentIdFault(contentId)
        .ifPresent(fault -> problems.add(Problem.fault(place, fault)));
    if (!contentIds.add(contentId)) {
      problems.add(
          Problem.fault(
              place,
              "a content id names one inline image, but "
                  + MailRules.quoted(contentId)
                  + " names two: rename one"));
    }
  }

  private Optional<String> fileFault(String name) {
    String shown = MailRules.quoted(name);
    try {
      return templates.file(name).isPresent()
          ? Optional.empty()
          : Optional.of("there is no file " + shown + ": add it to the template source");
    } catch (IllegalArgumentException e) {
      return Optional.of("the template source takes no file named " + shown + ": rename it");
    } catch (RuntimeException e) {
      return Optional.of(
          "the template source failed on file " + shown + " with " + e.getClass().getName());
    }
  }
}
