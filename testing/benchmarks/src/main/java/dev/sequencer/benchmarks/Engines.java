package dev.sequencer.benchmarks;

import dev.sequencer.Attributes;
import dev.sequencer.ContactInput;
import dev.sequencer.Delay;
import dev.sequencer.Mailbox;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.Template;
import dev.sequencer.spi.TemplateSource;
import dev.sequencer.spi.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Engines as hosts set them up: mailboxes with a quota, sequences with a window, a template with
 * variables, contacts in twelve zones whose first mail is due at an instant of their own.
 */
final class Engines {
  static final int MAILBOXES = 16;

  private static final String[] ZONES = {
    "Europe/Berlin", "Europe/London", "Europe/Lisbon", "America/New_York", "America/Chicago",
    "America/Los_Angeles", "America/Sao_Paulo", "Asia/Tokyo", "Asia/Kolkata", "Asia/Singapore",
    "Australia/Sydney", "UTC"
  };

  private static final Template TEMPLATE =
      Template.of(
              "{{name}}, your {{plan}} plan",
              """
              Hello {{name}},

              thank you for choosing {{plan}}.{{#seats}} You have {{seats}} seats.{{/seats}}
              Here is how others in {{city}} begin: https://www.example.com/start?u={{user}}

              Yours, the team
              """)
          .html(
              """
              <html><body><p>Hello <b>{{name}}</b>,</p>
              <p>thank you for choosing {{plan}}.{{#seats}} You have {{seats}} seats.{{/seats}}
              Here is <a href="https://www.example.com/start?u={{user}}">how others in {{city}}
              begin</a>.</p><p>Yours, the team</p></body></html>
              """);

  private Engines() {}

  static TemplateSource templates() {
    return TemplateSource.of(Map.of("hello", TEMPLATE));
  }

  static Sequencer.Builder builder(Store store, MailTransport transport) {
    return builder(store, transport, MAILBOXES, 100);
  }

  /** Describes an engine with a sequence for each mailbox. */
  static Sequencer.Builder builder(
      Store store, MailTransport transport, int mailboxes, int concurrency) {
    Sequencer.Builder builder =
        Sequencer.builder()
            .store(store)
            .transport("bench", transport)
            .templates(templates())
            .defaultZone("UTC")
            .withoutOutcomeLog();
    for (int i = 0; i < mailboxes; i++) {
      builder.mailbox(
          Mailbox.of(address(i)).via("bench").perDay(50_000_000).concurrency(concurrency));
      builder.sequence(drip(sequence(i), address(i)));
    }
    return builder;
  }

  static Sequence drip(String name, String mailbox) {
    return Sequence.named(name)
        .pool(mailbox)
        .defaultZone("UTC")
        .window(SendWindow.daily("00:00", "24:00"))
        .waitFor(Delay.minutes(0).sinceAttribute("from"))
        .email("hello", mail -> mail.template("hello"))
        .waitFor(Delay.days(3).at("09:30"))
        .email("again", mail -> mail.template("hello"))
        .build();
  }

  static String sequence(int mailbox) {
    return "drip-" + mailbox;
  }

  static String address(int mailbox) {
    return "team" + mailbox + "@sender.example";
  }

  /** Enrolls contacts, evenly over the sequences, whose first mail is due in random order. */
  static void enroll(Sequencer engine, int mailboxes, long many, LongFunction<Instant> due) {
    for (int i = 0; i < mailboxes; i++) {
      long from = many * i / mailboxes;
      long to = many * (i + 1) / mailboxes;
      engine.enrollAll(
          sequence(i), LongStream.range(from, to).mapToObj(n -> contact(n, due)), done -> {});
    }
  }

  /** Gives instants of the last hour in random order, the same at each call. */
  static LongFunction<Instant> overdue(InstantSource clock) {
    Instant now = clock.instant();
    return number -> now.minusMillis(1 + new Random(number).nextInt(3_600_000));
  }

  /** Gives contacts with addresses in random order. */
  static Stream<ContactInput> contacts(long from, long to, Instant due) {
    return LongStream.range(from, to).mapToObj(n -> contact(n, any -> due));
  }

  static ContactInput contact(long number, LongFunction<Instant> due) {
    // Multiplied by an odd number, all addresses differ and follow each other in no order.
    String name = Long.toHexString((number + 1) * 0x9E3779B97F4A7C15L);
    return new ContactInput(
        name + "@customer.example",
        "",
        "Kim " + name.substring(0, Math.min(4, name.length())),
        ZONES[(int) (number % ZONES.length)],
        "",
        Attributes.of(
            Map.of(
                "from",
                due.apply(number).toString(),
                "plan",
                "Team",
                "seats",
                12,
                "city",
                "Graz",
                "user",
                number)));
  }
}
