package dev.sequencer.cli.demo;

import dev.sequencer.BulkSummary;
import dev.sequencer.Contact;
import dev.sequencer.DeliveryQuery;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentQuery;
import dev.sequencer.EnrollmentView;
import dev.sequencer.HostEvent;
import dev.sequencer.Mailbox;
import dev.sequencer.Page;
import dev.sequencer.PassReport;
import dev.sequencer.Sequencer;
import dev.sequencer.Step;
import dev.sequencer.cli.host.Wiring;
import dev.sequencer.files.Configuration;
import dev.sequencer.files.ConfigurationFile;
import dev.sequencer.files.ContactRow;
import dev.sequencer.files.ContactsCsv;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The main job on embedded parts: a sequence from a YAML file, contacts from a CSV file, a SQLite
 * file as store, every mail over SMTP to a server in this process. The time is virtual and goes
 * from one instant at which there is something to do to the next.
 */
public final class Demo {
  private static final String SEQUENCE = "onboarding";
  private static final Instant START = Instant.parse("2026-06-01T06:00:00Z");
  private static final Instant LATEST = START.plus(Duration.ofDays(60));
  private static final int MOST_PASSES = 20_000;

  /** The server does not know this one: the first mail is refused, and none follows. */
  private static final String GONE = "finn.carter@example.com";

  private static final List<Story.Reply> REPLIES =
      List.of(
          new Story.Reply("priya.nair@example.com", Instant.parse("2026-06-04T09:20:00Z")),
          new Story.Reply("noah.bennett@example.com", Instant.parse("2026-06-10T15:05:00Z")));

  private final DemoFolder folder;
  private final DemoClock clock = new DemoClock(START);
  private final BiFunction<Path, InstantSource, Mailroom> mailrooms;
  private final PrintWriter out;

  Demo(DemoFolder folder, PrintWriter out, BiFunction<Path, InstantSource, Mailroom> mailrooms) {
    this.folder = folder;
    this.out = out;
    this.mailrooms = mailrooms;
  }

  /**
   * Runs the demo.
   *
   * @param root the folder that it leaves
   * @param out where the time line goes
   * @return whether what arrived is what the store says was sent
   * @throws IOException when the folder cannot be written
   * @throws IllegalArgumentException when the folder holds something else
   */
  public static boolean run(Path root, PrintWriter out) throws IOException {
    return new Demo(DemoFolder.make(root), out, FolderMailroom::new).run();
  }

  boolean run() throws IOException {
    Story story = play();
    Files.writeString(folder.page(), StoryPage.html(story, folder.root()), StandardCharsets.UTF_8);
    new TimeLine(story, out).print();
    out.println();
    out.println("Mails     " + folder.mails());
    out.println("Picture   " + folder.page());
    out.flush();
    return story.comparison().same();
  }

  private Story play() throws IOException {
    Mailroom mailroom = mailrooms.apply(folder.mails(), clock);
    try (DemoServer server = DemoServer.start(mailroom, Set.of(GONE))) {
      Configuration configuration =
          ConfigurationFile.read(
              folder.configuration(), Map.of("DEMO_SMTP_PORT", Integer.toString(server.port())));
      out.println(
          "Two weeks of '" + SEQUENCE + "' over SMTP to 127.0.0.1:" + server.port() + " ...");
      out.flush();
      try (Sequencer sequencer = Wiring.builder(configuration, clock).node("demo").build()) {
        enroll(sequencer);
        drive(sequencer);
        return tell(sequencer, configuration, mailroom);
      }
    }
  }

  private void enroll(Sequencer sequencer) {
    try (Stream<ContactRow> rows = ContactsCsv.read(folder.contacts())) {
      BulkSummary summary =
          sequencer.enrollAll(
              SEQUENCE,
              rows.filter(ContactRow.Good.class::isInstance)
                  .map(row -> ((ContactRow.Good) row).contact()),
              each -> {});
      out.println(summary.enrolled() + " contacts are enrolled.");
    }
  }

  /** Steps from wake-up to wake-up until nothing waits. */
  private void drive(Sequencer sequencer) {
    Deque<Story.Reply> replies = new ArrayDeque<>(REPLIES);
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      PassReport report = sequencer.runDue();
      Optional<Instant> next = report.nextNeededAt();
      Story.Reply reply = replies.peek();
      if (reply != null && next.filter(at -> at.isBefore(reply.at())).isEmpty()) {
        clock.moveTo(reply.at());
        sequencer.record(HostEvent.replied().email(reply.email()).id("reply:" + reply.email()));
        replies.remove();
      } else if (next.isEmpty() || next.get().isAfter(LATEST)) {
        return;
      } else {
        clock.moveTo(next.get());
      }
    }
    throw new IllegalStateException(
        "the demo must come to an end, but after " + MOST_PASSES + " passes work is still due");
  }

  private Story tell(Sequencer sequencer, Configuration configuration, Mailroom mailroom) {
    ZoneId zone = configuration.engine().defaultZone().orElseThrow();
    List<EnrollmentView> enrollments = enrollments(sequencer);
    Map<EnrollmentId, Contact> contacts = new HashMap<>();
    enrollments.forEach(view -> contacts.put(view.id(), view.contact()));
    List<SentMail> sent = new ArrayList<>();
    for (DeliveryView view : deliveries(sequencer, DeliveryStatus.SENT)) {
      Contact contact = contact(contacts, view);
      sent.add(new SentMail(view, contact, contact.zone().orElse(zone)));
    }
    sent.sort(Comparator.comparing(SentMail::leftAt).thenComparing(SentMail::messageId));
    List<Story.Failed> failed = new ArrayList<>();
    for (DeliveryView view : deliveries(sequencer, DeliveryStatus.FAILED)) {
      failed.add(new Story.Failed(view, contact(contacts, view)));
    }
    List<ArrivedMail> arrived = mailroom.arrived();
    return new Story(
        new Story.Plan(zone, quotas(configuration), emails(configuration)),
        START,
        clock.instant(),
        enrollments,
        List.copyOf(sent),
        List.copyOf(failed),
        REPLIES,
        arrived,
        Comparison.of(sent, arrived, enrollments));
  }

  private static Contact contact(Map<EnrollmentId, Contact> contacts, DeliveryView view) {
    return Optional.ofNullable(contacts.get(view.id().enrollment()))
        .orElseThrow(
            () -> new IllegalStateException("delivery " + view.id() + " has no enrollment"));
  }

  private static Map<String, Integer> quotas(Configuration configuration) {
    Map<String, Integer> quotas = new LinkedHashMap<>();
    for (Mailbox mailbox : configuration.mailboxes()) {
      quotas.put(mailbox.address().normalized(), mailbox.limits().perDay().orElse(0));
    }
    return quotas;
  }

  private static List<String> emails(Configuration configuration) {
    return configuration.sequence(SEQUENCE).stream()
        .flatMap(located -> located.sequence().steps().stream())
        .filter(Step.Email.class::isInstance)
        .map(Step::key)
        .toList();
  }

  private static List<EnrollmentView> enrollments(Sequencer sequencer) {
    List<EnrollmentView> all = new ArrayList<>();
    EnrollmentQuery query = EnrollmentQuery.all().sequence(SEQUENCE);
    Page<EnrollmentView> page = sequencer.enrollments().find(query);
    all.addAll(page.items());
    while (page.next().isPresent()) {
      page = sequencer.enrollments().find(query.after(page.next().get()));
      all.addAll(page.items());
    }
    return all;
  }

  private static List<DeliveryView> deliveries(Sequencer sequencer, DeliveryStatus status) {
    List<DeliveryView> all = new ArrayList<>();
    DeliveryQuery query = DeliveryQuery.all().status(status);
    Page<DeliveryView> page = sequencer.deliveries().find(query);
    all.addAll(page.items());
    while (page.next().isPresent()) {
      page = sequencer.deliveries().find(query.after(page.next().get()));
      all.addAll(page.items());
    }
    return all;
  }
}
