package dev.sequencer.cli.demo;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints what happened, a line a day, and the totals. */
final class TimeLine {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE dd MMM", Locale.ENGLISH);
  private static final int MOST_DIFFERENCES = 10;

  private final Story story;
  private final PrintWriter out;

  TimeLine(Story story, PrintWriter out) {
    this.story = story;
    this.out = out;
  }

  void print() {
    days();
    out.println();
    totals();
  }

  private void days() {
    Map<LocalDate, List<SentMail>> days = new TreeMap<>();
    for (SentMail mail : story.sent()) {
      LocalDate day = mail.leftAt().atZone(story.zone()).toLocalDate();
      days.computeIfAbsent(day, key -> new ArrayList<>()).add(mail);
    }
    StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%-12s", "day"));
    story
        .mailboxes()
        .forEach(
            (mailbox, quota) ->
                head.append(
                    String.format(Locale.ROOT, "%-20s", shortName(mailbox) + " of " + quota)));
    out.println();
    out.println(head.append("steps"));
    days.forEach((day, mails) -> out.println(day(day, mails)));
  }

  private String day(LocalDate day, List<SentMail> mails) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-12s", DAY.format(day)));
    for (String mailbox : story.mailboxes().keySet()) {
      int count = (int) mails.stream().filter(mail -> mail.mailbox().equals(mailbox)).count();
      line.append(
          String.format(Locale.ROOT, "%-20s", "#".repeat(count) + (count == 0 ? "" : " " + count)));
    }
    Map<String, Integer> steps = new LinkedHashMap<>();
    mails.forEach(mail -> steps.merge(mail.step(), 1, Integer::sum));
    return line.append(
            steps.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", ")))
        .toString();
  }

  static String shortName(String mailbox) {
    int at = mailbox.indexOf('@');
    return at < 0 ? mailbox : mailbox.substring(0, at);
  }

  private void totals() {
    line("Enrolled", story.enrollments().size() + " contacts");
    line("Sent", story.sent().size() + " mails, as the store says");
    line("Arrived", story.arrived().size() + " mails, as the server says");
    line("Refused", story.failed().size() + " by the server, no such mailbox");
    line("Replied", story.replies().size() + ", who get nothing more");
    story.sent().stream()
        .map(mail -> mail.local().toLocalTime())
        .reduce(TimeLine::earlier)
        .ifPresent(first -> line("Earliest", first.withNano(0) + " in the recipient's zone"));
    story.sent().stream()
        .map(mail -> mail.local().toLocalTime())
        .reduce((a, b) -> a.isAfter(b) ? a : b)
        .ifPresent(last -> line("Latest", last.withNano(0) + " in the recipient's zone"));
    differences();
  }

  private static LocalTime earlier(LocalTime a, LocalTime b) {
    return a.isBefore(b) ? a : b;
  }

  private void differences() {
    List<String> differences = story.comparison().differences();
    if (differences.isEmpty()) {
      line("Compared", "what arrived is exactly what the store says was sent");
      return;
    }
    line("Compared", differences.size() + " differences between store and server:");
    differences.stream()
        .limit(MOST_DIFFERENCES)
        .forEach(difference -> out.println("  " + difference));
    if (differences.size() > MOST_DIFFERENCES) {
      out.println("  and " + (differences.size() - MOST_DIFFERENCES) + " more");
    }
  }

  private void line(String name, String value) {
    out.println(String.format(Locale.ROOT, "%-10s%s", name, value));
  }
}
