package dev.sequencer.cli.demo;

import dev.sequencer.Contact;
import dev.sequencer.EnrollmentView;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The large picture: a row for each contact, the rows of one zone together, the time from left to
 * right. Behind the rows of a zone its business hours are light, so that a mail outside them would
 * be seen.
 */
final class CalendarPicture {
  private static final double LEFT = 268;
  private static final double DAY_WIDTH = 58;
  private static final double TOP = 46;
  private static final double ROW = 16;
  private static final double GAP = 10;
  private static final LocalTime OPENS = LocalTime.of(9, 0);
  private static final LocalTime CLOSES = LocalTime.of(17, 0);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d", Locale.ENGLISH);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);

  private final Story story;
  private final Shapes shapes;
  private final LocalDate first;
  private final int days;
  private final Map<String, Double> rows = new HashMap<>();
  private final Html svg = new Html();

  CalendarPicture(Story story, Shapes shapes) {
    this.story = story;
    this.shapes = shapes;
    first = story.start().atOffset(ZoneOffset.UTC).toLocalDate();
    Instant last =
        story.sent().isEmpty() ? story.end() : story.sent().get(story.sent().size() - 1).leftAt();
    days = (int) Duration.between(start(), last).toDays() + 1;
  }

  private Instant start() {
    return first.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private double x(Instant at) {
    double hours = Duration.between(start(), at).toMinutes() / 60.0;
    return LEFT + Math.max(0, Math.min(days, hours / 24)) * DAY_WIDTH;
  }

  Html draw() {
    Map<ZoneId, List<Contact>> zones = zones();
    double height =
        TOP + zones.values().stream().mapToDouble(people -> people.size() * ROW + GAP).sum();
    double width = LEFT + days * DAY_WIDTH + 12;
    svg.add(
        "<svg class='calendar' viewBox='0 0 %s %s' role='img'"
            + " aria-label='When each mail left, a row for each contact'>",
        width, height);
    double y = TOP;
    for (Map.Entry<ZoneId, List<Contact>> zone : zones.entrySet()) {
      zone(zone.getKey(), zone.getValue(), y);
      y += zone.getValue().size() * ROW + GAP;
    }
    axis(height);
    story.sent().forEach(this::mail);
    story.failed().forEach(this::failed);
    story.replies().forEach(this::reply);
    return svg.add("</svg>");
  }

  /** Gives the contacts by zone, from east to west at the first instant. */
  private Map<ZoneId, List<Contact>> zones() {
    Map<ZoneId, List<Contact>> zones =
        new TreeMap<>(
            Comparator.<ZoneId>comparingInt(
                    zone -> -zone.getRules().getOffset(story.start()).getTotalSeconds())
                .thenComparing(ZoneId::getId));
    for (EnrollmentView view : story.enrollments()) {
      zones
          .computeIfAbsent(story.zoneOf(view.contact()), key -> new ArrayList<>())
          .add(view.contact());
    }
    return zones;
  }

  private void zone(ZoneId zone, List<Contact> people, double top) {
    double height = people.size() * ROW;
    svg.add(
        "<rect class='closed' x='%s' y='%s' width='%s' height='%s'/>",
        LEFT, top, days * DAY_WIDTH, height);
    // A day earlier and later: a zone's own day begins up to 14 hours beside that of UTC.
    for (int day = -1; day <= days; day++) {
      LocalDate date = first.plusDays(day);
      if (date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY) {
        double from = x(date.atTime(OPENS).atZone(zone).toInstant());
        double to = x(date.atTime(CLOSES).atZone(zone).toInstant());
        svg.add(
            "<rect class='open' x='%s' y='%s' width='%s' height='%s'/>",
            from, top, to - from, height);
      }
    }
    String id = zone.getId();
    svg.add(
        "<text class='zone' x='0' y='%s'>%s</text>",
        top + ROW * 0.75, id.substring(id.indexOf('/') + 1).replace('_', ' '));
    svg.add("<text class='offset' x='0' y='%s'>%s</text>", top + ROW * 1.75, offset(zone));
    for (int i = 0; i < people.size(); i++) {
      double y = top + (i + 0.5) * ROW;
      rows.put(people.get(i).email().normalized(), y);
      svg.add(
          "<text class='person' x='%s' y='%s'>%s</text>",
          LEFT - 10, y + 4, people.get(i).name().orElse(people.get(i).email().localPart()));
    }
  }

  private String offset(ZoneId zone) {
    String offset = zone.getRules().getOffset(story.start()).getId();
    return offset.equals("Z") ? "UTC" : "UTC" + offset;
  }

  private void axis(double height) {
    for (int day = 0; day <= days; day++) {
      double x = LEFT + day * DAY_WIDTH;
      LocalDate date = first.plusDays(day);
      svg.add(
          "<line class='%s' x1='%s' x2='%s' y1='%s' y2='%s'/>",
          date.getDayOfWeek() == DayOfWeek.MONDAY ? "week" : "day", x, x, TOP - 8, height - GAP);
      if (day < days) {
        svg.add(
            "<text class='axis' x='%s' y='%s'>%s</text>",
            x + DAY_WIDTH / 2, TOP - 14, DAY.format(date));
      }
    }
    svg.add("<text class='month' x='%s' y='14'>%s, days of UTC</text>", LEFT, MONTH.format(first));
  }

  private double row(String email) {
    return rows.getOrDefault(email, TOP);
  }

  private void mail(SentMail mail) {
    String title =
        mail.step()
            + " to "
            + mail.contact().name().orElse("")
            + ", "
            + LOCAL.format(mail.local())
            + " in "
            + mail.zone().getId()
            + ", from "
            + mail.mailbox();
    shapes.draw(
        svg,
        mail.step(),
        shapes.colour(mail.mailbox()),
        x(mail.leftAt()),
        row(mail.contact().email().normalized()),
        title);
  }

  private void failed(Story.Failed failed) {
    double x = x(failed.delivery().times().recordedAt());
    double y = row(failed.contact().email().normalized());
    svg.add("<g class='note'><title>%s</title>", failed.delivery().reason());
    svg.add(
        "<path class='cross' d='M%s %sL%s %sM%s %sL%s %s'/>",
        x - 4, y - 4, x + 4, y + 4, x - 4, y + 4, x + 4, y - 4);
    svg.add("<text x='%s' y='%s'>no such mailbox, nothing more</text></g>", x + 9, y + 4);
  }

  private void reply(Story.Reply reply) {
    double x = x(reply.at());
    double y = row(reply.email());
    svg.add("<g class='note'>");
    svg.add("<path class='bar' d='M%s %sL%s %s'/>", x, y - 6, x, y + 6);
    svg.add("<text x='%s' y='%s'>replied, nothing more</text></g>", x + 6, y + 4);
  }
}
