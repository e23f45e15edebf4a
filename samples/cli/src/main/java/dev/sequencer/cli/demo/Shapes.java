package dev.sequencer.cli.demo;

import java.util.ArrayList;
import java.util.List;

/** How mails look: a colour for each mailbox, a shape for each step. */
final class Shapes {
  private static final double SIZE = 4.6;
  private static final int MOST = 4;

  private final List<String> mailboxes;
  private final List<String> steps;

  Shapes(Story story) {
    mailboxes = new ArrayList<>(story.mailboxes().keySet());
    steps = story.steps();
  }

  /** Gives the class of a mailbox's colour. */
  String colour(String mailbox) {
    return "m" + Math.floorMod(mailboxes.indexOf(mailbox), MOST);
  }

  /** Draws the shape of a step around a point. */
  void draw(Html svg, String step, String classes, double x, double y, String title) {
    svg.add("<g class='mark %s'><title>%s</title>", classes, title);
    switch (Math.floorMod(steps.indexOf(step), MOST)) {
      case 0 -> svg.add("<circle cx='%s' cy='%s' r='%s'/>", x, y, SIZE);
      case 1 ->
          svg.add(
              "<rect x='%s' y='%s' width='%s' height='%s' rx='1'/>",
              x - SIZE * 0.9, y - SIZE * 0.9, SIZE * 1.8, SIZE * 1.8);
      case 2 ->
          svg.add(
              "<path d='M%s %sL%s %sL%s %sZ'/>",
              x, y - SIZE * 1.15, x + SIZE * 1.1, y + SIZE * 0.85, x - SIZE * 1.1, y + SIZE * 0.85);
      default ->
          svg.add(
              "<path d='M%s %sL%s %sL%s %sL%s %sZ'/>",
              x, y - SIZE * 1.25, x + SIZE * 1.25, y, x, y + SIZE * 1.25, x - SIZE * 1.25, y);
    }
    svg.add("</g>");
  }
}
