package dev.sequencer.cli.demo;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How many mails left each mailbox on each of its days, under its quota. */
final class DaysPicture {
  private static final double LEFT = 34;
  private static final double TOP = 14;
  private static final double WIDTH = 560;
  private static final double HEIGHT = 170;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d", Locale.ENGLISH);

  private final Story story;
  private final Shapes shapes;
  private final LocalDate first;
  private final int days;

  DaysPicture(Story story, Shapes shapes) {
    this.story = story;
    this.shapes = shapes;
    first = story.start().atZone(story.zone()).toLocalDate();
    LocalDate last =
        story.sent().isEmpty()
            ? first
            : story.sent().get(story.sent().size() - 1).leftAt().atZone(story.zone()).toLocalDate();
    days = (int) ChronoUnit.DAYS.between(first, last) + 1;
  }

  Html draw() {
    List<String> mailboxes = new ArrayList<>(story.mailboxes().keySet());
    int largest = story.mailboxes().values().stream().mapToInt(quota -> quota).max().orElse(1);
    Scale scale = Scale.upTo(Math.max(largest, 1), HEIGHT);
    double day = WIDTH / days;
    double bar = (day - 6) / Math.max(1, mailboxes.size());
    Html svg = new Html();
    svg.add(
        "<svg viewBox='0 0 %s %s' role='img' aria-label='Mails by day and mailbox'>",
        LEFT + WIDTH + 26, TOP + HEIGHT + 26);
    scale.draw(svg, LEFT, TOP, WIDTH);
    for (int i = 0; i < days; i++) {
      LocalDate date = first.plusDays(i);
      double x = LEFT + i * day;
      for (int box = 0; box < mailboxes.size(); box++) {
        bar(svg, mailboxes.get(box), date, scale, x + 3 + box * bar, bar);
      }
      svg.add(
          "<text class='axis' x='%s' y='%s'>%s</text>",
          x + day / 2, TOP + HEIGHT + 17, DAY.format(date));
    }
    story.mailboxes().forEach((mailbox, quota) -> quota(svg, mailbox, scale, quota));
    return svg.add("</svg>");
  }

  private void quota(Html svg, String mailbox, Scale scale, int quota) {
    double y = TOP + HEIGHT - scale.length(quota);
    svg.add(
        "<line class='quota %s' x1='%s' x2='%s' y1='%s' y2='%s'/>",
        shapes.colour(mailbox), LEFT, LEFT + WIDTH, y, y);
    svg.add("<text class='quota' x='%s' y='%s'>%s</text>", LEFT + WIDTH + 5, y + 4, quota);
  }

  private void bar(Html svg, String mailbox, LocalDate date, Scale scale, double x, double width) {
    int count =
        (int)
            story.sent().stream()
                .filter(mail -> mail.mailbox().equals(mailbox))
                .filter(mail -> mail.leftAt().atZone(story.zone()).toLocalDate().equals(date))
                .count();
    int quota = story.mailboxes().getOrDefault(mailbox, 0);
    double height = scale.length(count);
    svg.add(
        "<rect class='mark %s' x='%s' y='%s' width='%s' height='%s'><title>%s of %s from"
            + " %s</title></rect>",
        shapes.colour(mailbox), x, TOP + HEIGHT - height, width - 1, height, count, quota, mailbox);
  }
}
