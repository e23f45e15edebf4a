package dev.sequencer.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The page that a demo leaves: one file, no script, nothing from elsewhere. */
final class StoryPage {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm:ss", Locale.ENGLISH);
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private final Story story;
  private final Path root;
  private final Shapes shapes;
  private final Html page = new Html();

  private StoryPage(Story story, Path root) {
    this.story = story;
    this.root = root;
    this.shapes = new Shapes(story);
  }

  static String html(Story story, Path root) throws IOException {
    return new StoryPage(story, root).write();
  }

  private String write() throws IOException {
    page.add("<!DOCTYPE html>");
    page.add("<html lang='en'><head><meta charset='utf-8'>");
    page.add("<meta name='viewport' content='width=device-width, initial-scale=1'>");
    page.add("<title>Sequencer demo</title><style>");
    page.add(new String(DemoFolder.resource("page.css"), StandardCharsets.UTF_8));
    page.add("</style></head><body><main>");
    head();
    cards();
    page.add("<section><h2>What left when</h2>");
    page.add(
        "<p>A row for each contact. The coloured bands are Monday to Friday, 09:00 to 17:00, where the"
            + " contact lives. Point at a mark to read its local time.</p>");
    legend(true);
    page.add("<div class='wide'>").add(new CalendarPicture(story, shapes).draw());
    page.add("</div></section><div class='pair'><section><h2>At what local time</h2>");
    page.add("<p>Mails in each half hour of the recipient's own day.</p>");
    legend(false);
    page.add(new ClockPicture(story, shapes).draw());
    page.add("</section><section><h2>From which mailbox</h2>");
    page.add(
        "<p>Mails on each day of %s; the dashed lines are the mailboxes' quotas.</p>",
        story.zone());
    legend(false);
    page.add(new DaysPicture(story, shapes).draw()).add("</section></div>");
    table();
    page.add("</main></body></html>");
    return page.toString();
  }

  private void head() {
    page.add("<header><h1>Two weeks of a sequence</h1>");
    long zones =
        story.enrollments().stream().map(view -> story.zoneOf(view.contact())).distinct().count();
    page.add(
        "<p>%s contacts in %s time zones, %s steps, %s mailboxes with quotas, one SQLite file,"
            + " every mail over SMTP.</p>",
        story.enrollments().size(), zones, story.steps().size(), story.mailboxes().size());
    List<String> differences = story.comparison().differences();
    if (differences.isEmpty()) {
      page.add(
          "<p class='same'>What arrived at the server is exactly what the store says was sent: %s"
              + " mails.</p>",
          story.sent().size());
    } else {
      page.add(
          "<p class='different'>What arrived at the server is not what the store says was sent: %s"
              + " differences.</p><ul>",
          differences.size());
      differences.forEach(difference -> page.add("<li>%s</li>", difference));
      page.add("</ul>");
    }
    page.add("</header>");
  }

  private void cards() {
    page.add("<div class='cards'>");
    card(story.sent().size(), "sent, says the store");
    card(story.arrived().size(), "arrived, says the server");
    card(story.failed().size(), "refused: no such mailbox");
    card(story.replies().size(), "replied, and got no more");
    card(local().min(LocalTime::compareTo).map(CLOCK::format).orElse("-"), "earliest local time");
    card(local().max(LocalTime::compareTo).map(CLOCK::format).orElse("-"), "latest local time");
    page.add("</div>");
  }

  private Stream<LocalTime> local() {
    return story.sent().stream().map(mail -> mail.local().toLocalTime());
  }

  private void card(Object number, String words) {
    page.add("<div><b>%s</b><span>%s</span></div>", number, words);
  }

  private void legend(boolean withSteps) {
    page.add("<div class='legend'>");
    for (String mailbox : story.mailboxes().keySet()) {
      page.add("<span><svg viewBox='0 0 14 14'>");
      page.add(
          "<rect class='mark %s' x='1' y='1' width='12' height='12' rx='2'/></svg>%s</span>",
          shapes.colour(mailbox), mailbox);
    }
    if (withSteps) {
      page.add("<i></i>");
      for (String step : story.steps()) {
        page.add("<span><svg viewBox='0 0 14 14'>");
        shapes.draw(page, step, "plain", 7, 7, step);
        page.add("</svg>%s</span>", step);
      }
    }
    page.add("</div>");
  }

  private void table() {
    Map<String, ArrivedMail> arrived = new HashMap<>();
    story.arrived().forEach(mail -> arrived.put(mail.messageId(), mail));
    page.add("<section><details><summary>All %s mails</summary>", story.sent().size());
    page.add("<div class='wide'><table><thead><tr>");
    for (String name :
        List.of("Left (UTC)", "Local time", "Zone", "To", "Step", "From", "As received")) {
      page.add("<th>%s</th>", name);
    }
    page.add("</tr></thead><tbody>");
    for (SentMail mail : story.sent()) {
      row(mail, arrived);
    }
    page.add("</tbody></table></div></details></section>");
  }

  private void row(SentMail mail, Map<String, ArrivedMail> arrived) {
    page.add(
        "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td>",
        UTC.format(mail.leftAt()),
        LOCAL.format(mail.local()),
        mail.zone().getId(),
        mail.contact().name().orElse(mail.contact().email().localPart()),
        mail.step());
    page.add(
        "<td><span class='dot %s'></span>%s</td>", shapes.colour(mail.mailbox()), mail.mailbox());
    ArrivedMail there = arrived.get(mail.messageId());
    if (there == null) {
      page.add("<td class='different'>missing</td></tr>");
    } else {
      String file = root.relativize(there.file()).toString().replace('\\', '/');
      page.add("<td><a href='%s'>%s</a></td></tr>", file, there.file().getFileName());
    }
  }
}
