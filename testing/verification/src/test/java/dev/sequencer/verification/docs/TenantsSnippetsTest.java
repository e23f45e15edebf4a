package dev.sequencer.verification.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.Contact;
import dev.sequencer.EnrollResult;
import dev.sequencer.EnrollmentId;
import dev.sequencer.HostEvent;
import dev.sequencer.Mailbox;
import dev.sequencer.RunScope;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.SequencerOperations;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.SequencerTest;
import dev.sequencer.testkit.TestSequencer;
import org.junit.jupiter.api.Test;

/** The code of the page about tenants, and what it says about them. */
class TenantsSnippetsTest {
  private static final Contact BO = Contact.of("bo@example.com").id("user-7");

  private final Sequence onboarding =
      Sequence.named("onboarding").email("welcome", mail -> mail.template("welcome")).build();

  static void page(Sequencer sequencer, Sequence onboarding) {
    SequencerOperations acme = sequencer.tenant("acme");
    acme.mailboxes().save(Mailbox.of("ann@acme.example").via("smtp").credentials("ann").perDay(30));
    acme.publish(onboarding);
    acme.enroll("onboarding", Contact.of("bo@example.com").id("user-7"));

    acme.pause(Act.because("invoice not paid"));
    sequencer.runDue(RunScope.tenant("globex"));
  }

  private static EnrollmentId enrolled(SequencerOperations tenant, Sequence sequence) {
    tenant.mailboxes().save(Mailbox.of("ann@acme.example").via("fake").perDay(1));
    tenant.publish(sequence);
    return ((EnrollResult.Enrolled) tenant.enroll(sequence.name(), BO)).id();
  }

  @Test
  @SequencerTest
  void sequencesContactsMailboxesAndQuotasAreOfTheirTenant(TestSequencer sequencer) {
    enrolled(sequencer.tenant("acme"), onboarding);
    enrolled(sequencer.tenant("globex"), onboarding);
    sequencer.runUntilIdle();

    assertThat(sequencer.mails())
        .extracting(SentMail::tenant)
        .containsExactlyInAnyOrder("acme", "globex");
    assertThat(sequencer.sequences().find("onboarding")).isEmpty();
  }

  @Test
  @SequencerTest
  void noActFindsWhatBelongsToAnotherTenant(TestSequencer sequencer) {
    EnrollmentId ofAcme = enrolled(sequencer.tenant("acme"), onboarding);
    SequencerOperations globex = sequencer.tenant("globex");

    assertThat(globex.enrollments().find(ofAcme)).isEmpty();
    assertThat(globex.enrollments().history(ofAcme)).isEmpty();
    assertThat(globex.enrollments().cancel(ofAcme, Act.because("by mistake")).outcome())
        .isEqualTo(ActResult.Outcome.NOT_FOUND);

    sequencer.runUntilIdle();
    String messageId = sequencer.mails().get(0).messageId();
    assertThat(globex.record(HostEvent.replied().messageId(messageId).id("reply:1"))).isZero();
    assertThat(globex.deliveries().findByMessageId(messageId)).isEmpty();
    assertThat(sequencer.tenant("acme").deliveries().findByMessageId(messageId)).isPresent();
  }

  @Test
  @SequencerTest
  void suppressionsAndPausesAreOfTheirTenant(TestSequencer sequencer) {
    SequencerOperations acme = sequencer.tenant("acme");
    SequencerOperations globex = sequencer.tenant("globex");
    enrolled(acme, onboarding);
    enrolled(globex, onboarding);
    acme.suppressions().suppress("bo@example.com", Act.because("asked"));
    globex.pause(Act.because("invoice not paid"));
    sequencer.runUntilIdle();
    assertThat(sequencer.mails()).isEmpty();

    globex.resume(Act.because("paid"));
    sequencer.runUntilIdle();
    assertThat(sequencer.mails()).extracting(SentMail::tenant).containsExactly("globex");
  }
}
