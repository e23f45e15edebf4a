package dev.sequencer.verification.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Act;
import dev.sequencer.Attributes;
import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.DeliveryQuery;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentId;
import dev.sequencer.Holidays;
import dev.sequencer.InDoubt;
import dev.sequencer.MailKind;
import dev.sequencer.Mailbox;
import dev.sequencer.OnFailure;
import dev.sequencer.Pace;
import dev.sequencer.RenderedMail;
import dev.sequencer.Resolution;
import dev.sequencer.Retry;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.mime.EmlFolderTransport;
import dev.sequencer.smtp.SmtpTransport;
import dev.sequencer.spi.Credential;
import dev.sequencer.spi.CredentialStore;
import dev.sequencer.spi.ModelSource;
import dev.sequencer.spi.Template;
import dev.sequencer.spi.TemplateSource;
import dev.sequencer.testkit.SequencerTest;
import dev.sequencer.testkit.TestSequencer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The code of the guide's pages. What can run without a host runs here. */
class GuideSnippetsTest {

  static Sequence onboarding() {
    Sequence onboarding =
        Sequence.named("onboarding")
            .description("Three mails after somebody signed up")
            .window(SendWindow.weekdays("09:00", "17:00"))
            .defaultZone("Europe/Berlin")
            .pool("ann@acme.example", "ben@acme.example")
            .email("welcome", mail -> mail.template("welcome"))
            .waitFor(Delay.days(3).at("09:30"))
            .email("tips", mail -> mail.template("tips").inThread())
            .waitFor(Delay.businessDays(5))
            .email("follow-up", mail -> mail.template("follow-up").inThread())
            .build();
    return onboarding;
  }

  static void rules() {
    Sequence.named("reminder")
        .kind(MailKind.TRANSACTIONAL)
        .retry(Retry.patient())
        .onFailure(OnFailure.CONTINUE)
        .inDoubt(InDoubt.HOLD)
        .pace(Pace.perHour(100).minGap(Duration.ofSeconds(10)))
        .endsAt(Instant.parse("2026-12-31T23:00:00Z"))
        .email("due", mail -> mail.subject("Due {{date}}").text("Dear {{name}}, ..."))
        .build();
  }

  static void delays() {
    Delay.minutes(90);
    Delay.days(2).plusHours(4);
    Delay.days(3).at("09:30");
    Delay.businessDays(5);
    Delay.months(1);
    Delay.days(7).sinceEnrollment();
    Delay.days(30).sinceAttribute("signedUpOn");
  }

  static void windows() {
    Holidays holidays = Holidays.of(LocalDate.of(2026, 12, 25), LocalDate.of(2027, 1, 1));
    SendWindow office = SendWindow.weekdays("09:00", "17:00").without(holidays);

    SendWindow late =
        SendWindow.parse(
            Map.of(
                "mon",
                java.util.List.of("09:00-12:00", "13:00-17:00"),
                "fri",
                java.util.List.of("22:00-02:00")));
    assertThat(office).isNotEqualTo(late);
  }

  static void mailboxes(Sequencer sequencer) {
    Mailbox ann =
        Mailbox.of("Ann Lee <ann@acme.example>")
            .via("smtp")
            .credentials("ann")
            .zone("Europe/Berlin")
            .hours(SendWindow.weekdays("09:00", "17:00"))
            .perDay(30)
            .evenly();

    Mailbox news = Mailbox.of("news@acme.example").via("smtp").perHour(200).rollingHour();
    Mailbox warm = Mailbox.of("new@acme.example").via("smtp").rampUp(10, 5, 50);
    Mailbox gmail = Mailbox.googleWorkspace("ben@acme.example").via("smtp");

    sequencer.mailboxes().save(ann);
    sequencer.mailboxes().pause("ann@acme.example", Act.because("on holiday").by("ops"));
    sequencer.mailboxes().reconnect("ann@acme.example", Act.because("new password"));
    assertThat(java.util.List.of(news, warm, gmail)).doesNotContain(ann);
  }

  static void credentials() {
    Sequencer.builder()
        .credentials(
            CredentialStore.inMemory(Map.of("ann", new Credential.Password("ann", "secret"))));
  }

  static void templates() {
    Sequencer.builder()
        .templates(TemplateSource.folder(Path.of("mail")))
        .models(
            mails -> {
              Map<EnrollmentId, Attributes> fresh = new HashMap<>();
              for (ModelSource.MailSubject mail : mails) {
                fresh.put(mail.enrollment(), Attributes.of(Map.of("seats", 3)));
              }
              return fresh;
            });
  }

  static void preview(Sequencer sequencer) {
    RenderedMail mail =
        sequencer.preview("onboarding", "welcome", Contact.of("bo@example.com").name("Bo"));

    String answer =
        sequencer.sendTest(
            "onboarding",
            "welcome",
            Contact.of("bo@example.com").name("Bo"),
            "ann@acme.example",
            "me@acme.example");
    assertThat(mail.subject()).isNotEqualTo(answer);
  }

  static void inDoubt(Sequencer sequencer) {
    for (DeliveryView doubt : sequencer.deliveries().find(DeliveryQuery.inDoubt()).items()) {
      boolean sent = seenInSentFolder(doubt.messageId());
      sequencer
          .deliveries()
          .resolve(doubt.id(), sent ? Resolution.WAS_SENT : Resolution.RESEND, "nightly check");
    }
  }

  private static boolean seenInSentFolder(String messageId) {
    return !messageId.isEmpty();
  }

  static void smtp() {
    SmtpTransport.to("smtp.acme.example", 587);
    SmtpTransport.to("smtp.acme.example", 465).tls();
    SmtpTransport.to("localhost", 2525).plaintext();
  }

  static void dryRun() {
    Sequencer.builder()
        .store(JdbcStore.sqlite(Path.of("trial.db")))
        .transport("files", EmlFolderTransport.into(Path.of("outbox")));
  }

  @Test
  @SequencerTest
  void theSequenceOfTheGuideIsPublishedWithoutFault(TestSequencer sequencer) {
    sequencer.mailboxes().save(Mailbox.of("ann@acme.example").via("fake"));
    sequencer.mailboxes().save(Mailbox.of("ben@acme.example").via("fake"));
    assertThat(sequencer.publish(onboarding()).version()).isEqualTo(1);
  }

  @Test
  void theMailboxesOfTheGuideCanBeSaved() {
    try (TestSequencer sequencer = TestSequencer.builder().transportName("smtp").build()) {
      mailboxes(sequencer);
      assertThat(sequencer.mailboxes().find("ann@acme.example").orElseThrow().paused()).isTrue();
    }
  }

  @Test
  void theTemplateOfTheGuideIsOne() {
    Template template = Template.of("Hello {{name}}", "Dear {{name}}");
    assertThat(template.subject()).contains("Hello {{name}}");
  }

  @Test
  void theRulesDelaysAndWindowsOfTheGuideAreValid() {
    rules();
    delays();
    windows();
    credentials();
    templates();
    smtp();
  }
}
