package dev.sequencer.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How many mails left in each half hour of the recipients' own day, by mailbox. */
final class ClockPicture {
  private static final double LEFT = 34;
  private static final double TOP = 14;
  private static final double WIDTH = 560;
  private static final double HEIGHT = 170;
  private static final int SLOTS = 48;
  private static final int OPENS = 18;
  private static final int CLOSES = 34;

  private final Story story;
  private final Shapes shapes;

  ClockPicture(Story story, Shapes shapes) {
    this.story = story;
    this.shapes = shapes;
  }

  Html draw() {
    List<String> mailboxes = new ArrayList<>(story.mailboxes().keySet());
    int[][] counts = new int[SLOTS][mailboxes.size()];
    for (SentMail mail : story.sent()) {
      int slot = mail.local().getHour() * 2 + mail.local().getMinute() / 30;
      counts[slot][Math.max(0, mailboxes.indexOf(mail.mailbox()))]++;
    }
    int most = 1;
    for (int[] slot : counts) {
      most = Math.max(most, sum(slot));
    }
    Scale scale = Scale.upTo(most, HEIGHT);
    Html svg = new Html();
    svg.add(
        "<svg viewBox='0 0 %s %s' role='img' aria-label='Mails by local time of day'>",
        LEFT + WIDTH + 26, TOP + HEIGHT + 26);
    svg.add(
        "<rect class='closed' x='%s' y='%s' width='%s' height='%s'/>", LEFT, TOP, WIDTH, HEIGHT);
    double slot = WIDTH / SLOTS;
    svg.add(
        "<rect class='open' x='%s' y='%s' width='%s' height='%s'/>",
        LEFT + OPENS * slot, TOP, (CLOSES - OPENS) * slot, HEIGHT);
    scale.draw(svg, LEFT, TOP, WIDTH);
    for (int i = 0; i < SLOTS; i++) {
      bar(svg, counts[i], mailboxes, scale, LEFT + i * slot, slot);
    }
    for (int hour = 0; hour <= 24; hour += 3) {
      svg.add(
          "<text class='axis' x='%s' y='%s'>%s</text>",
          LEFT + hour * 2 * slot, TOP + HEIGHT + 17, String.format(Locale.ROOT, "%02d:00", hour));
    }
    return svg.add("</svg>");
  }

  private void bar(
      Html svg, int[] counts, List<String> mailboxes, Scale scale, double x, double width) {
    double y = TOP + HEIGHT;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        double height = scale.length(counts[i]);
        y -= height;
        svg.add(
            "<rect class='mark %s' x='%s' y='%s' width='%s' height='%s'><title>%s from"
                + " %s</title></rect>",
            shapes.colour(mailboxes.get(i)),
            x + 0.8,
            y,
            width - 1.6,
            height,
            counts[i],
            mailboxes.get(i));
      }
    }
  }

  private static int sum(int[] values) {
    int sum = 0;
    for (int value : values) {
      sum += value;
    }
    return sum;
  }
}
