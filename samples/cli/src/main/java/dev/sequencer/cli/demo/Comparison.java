package dev.sequencer.cli.demo;

import dev.sequencer.EnrollmentStatus;
import dev.sequencer.EnrollmentView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the store says was sent beside what arrived at the server, both ways, by Message-ID and
 * recipient; and whom nothing was decided about.
 *
 * @param differences one line each; empty when both are the same
 */
record Comparison(List<String> differences) {
  Comparison {
    differences = List.copyOf(differences);
  }

  static Comparison of(
      Collection<SentMail> sent,
      Collection<ArrivedMail> arrived,
      Collection<EnrollmentView> enrollments) {
    Map<String, Integer> stored = new TreeMap<>();
    sent.forEach(mail -> count(stored, key(mail.messageId(), mail.contact().email().normalized())));
    Map<String, Integer> received = new TreeMap<>();
    arrived.forEach(mail -> count(received, key(mail.messageId(), mail.recipient())));
    List<String> differences = new ArrayList<>();
    stored.forEach(
        (mail, times) -> {
          int there = received.getOrDefault(mail, 0);
          if (there == 0) {
            differences.add("the store says it was sent, but it did not arrive: " + mail);
          } else if (there != times) {
            differences.add(
                "the store says " + times + " times, but it arrived " + there + " times: " + mail);
          }
        });
    received.forEach(
        (mail, times) -> {
          if (!stored.containsKey(mail)) {
            differences.add("it arrived, but the store does not say that it was sent: " + mail);
          }
        });
    enrollments.stream()
        .filter(view -> view.status() != EnrollmentStatus.ENDED)
        .map(view -> "enrollment " + view.id() + " has not ended: " + view.state().reason())
        .forEach(differences::add);
    return new Comparison(differences);
  }

  boolean same() {
    return differences.isEmpty();
  }

  private static void count(Map<String, Integer> counts, String key) {
    counts.merge(key, 1, Integer::sum);
  }

  private static String key(String messageId, String recipient) {
    return messageId + " to " + recipient.toLowerCase(Locale.ROOT);
  }
}
