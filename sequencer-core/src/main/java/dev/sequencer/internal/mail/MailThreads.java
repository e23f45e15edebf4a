package dev.sequencer.internal.mail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.store.Delivery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the thread that a mail answers among the earlier deliveries of its enrollment.
 *
 * <ol>
 *   <li>Only sent mails make a thread; skipped, failed and doubtful ones are passed over.
 *   <li>A sent mail that is not in a thread begins one; one in a thread goes on with the last that
 *       was begun, or begins one when there is none.
 *   <li>{@code In-Reply-To} is the last mail of the thread, {@code References} are all of them, the
 *       oldest first (RFC 5322 section 3.6.4), by the Message-IDs that recipients see.
 * </ol>
 *
 * <p>Pure; safe for use by several threads.
 */
public final class MailThreads {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String SUBJECT = "subject";

  private static final Pattern MESSAGE_ID = Pattern.compile("<[!-;=?-~]{1,990}>");

  private MailThreads() {}

  /**
   * Gives the thread that a step answers.
   *
   * @param before the e-mail steps that come before it, in the order in which they are reached
   * @param deliveries the enrollment's deliveries, in any order; those of other steps do not count
   * @return empty when nothing that it could answer was sent
   */
  public static Optional<Conversation> of(List<EmailStep> before, Collection<Delivery> deliveries) {
    Map<Integer, Delivery> sent = new HashMap<>();
    for (Delivery delivery : deliveries) {
      if (delivery.status() == DeliveryStatus.SENT) {
        sent.put(delivery.step(), delivery);
      }
    }
    List<Delivery> thread = new ArrayList<>();
    for (EmailStep step : before) {
      Delivery delivery = sent.get(step.number());
      if (delivery == null) {
        continue;
      }
      if (!step.inThread()) {
        thread.clear();
      }
      thread.add(delivery);
    }
    return thread.isEmpty() ? Optional.empty() : Optional.of(new Conversation(thread));
  }

  /**
   * An e-mail step of a version.
   *
   * @param number its number in its sequence
   * @param inThread whether it answers a thread
   */
  public record EmailStep(int number, boolean inThread) {}

  /**
   * A thread with at least one sent mail.
   *
   * @param mails its sent mails, the oldest first
   */
  public record Conversation(List<Delivery> mails) {
    /** Copies the list. */
    public Conversation {
      mails = List.copyOf(mails);
    }

    /** Gives the subject of its first mail as it was sent, when it was kept. */
    public Optional<String> firstSubject() {
      return mails.stream()
          .map(mail -> subject(mail.detail()))
          .flatMap(Optional::stream)
          .findFirst();
    }

    /**
     * Gives the headers of an answer.
     *
     * @param mailbox the document id of the mailbox that answers: the provider's id of a thread is
     *     known in its own mailbox only
     */
    public OutgoingMail.Thread answer(int mailbox) {
      List<String> ids =
          mails.stream().map(mail -> bracketed(mail.ids())).flatMap(Optional::stream).toList();
      Optional<String> provider = Optional.empty();
      for (Delivery mail : mails) {
        if (mail.mailbox() == mailbox && mail.ids().thread().isPresent()) {
          provider = mail.ids().thread();
        }
      }
      return new OutgoingMail.Thread(
          ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(ids.size() - 1)), ids, provider);
    }
  }

  /**
   * Gives the Message-ID that recipients see with its angle brackets; what a provider told and is
   * none gives way to the requested one.
   */
  private static Optional<String> bracketed(Delivery.Ids ids) {
    return Stream.of(ids.visible(), ids.requested())
        .map(String::strip)
        .map(id -> id.startsWith("<") ? id : "<" + id + ">")
        .filter(id -> MESSAGE_ID.matcher(id).matches())
        .findFirst();
  }

  /** Gives the outermost member {@code subject} of what was kept of a mail. */
  private static Optional<String> subject(String detail) {
    try (JsonParser json = JSON.createParser(detail)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = json.currentName().equals(SUBJECT);
        JsonToken value = json.nextToken();
        if (wanted && value == JsonToken.VALUE_STRING) {
          return Optional.of(json.getText()).filter(text -> !text.isBlank());
        }
        json.skipChildren();
      }
      return Optional.empty();
    } catch (IOException unreadable) {
      // An answer without its first subject still goes out, under its own.
      return Optional.empty();
    }
  }
}
