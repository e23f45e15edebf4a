package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.DeliveryQuery;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentQuery;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.EnrollmentView;
import dev.sequencer.MailboxView;
import dev.sequencer.SequenceView;
import dev.sequencer.Sequencer;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.testkit.FakeTransport.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds of a simulated world whatever happens. */
final class Promises {
  private final SimulatedWorld world;
  private final Set<String> stopped = new HashSet<>();
  private int attempts;
  private boolean nothingMayBegin;

  Promises(SimulatedWorld world) {
    this.world = world;
  }

  static List<EnrollmentView> enrollments(Sequencer sequencer) {
    return sequencer.enrollments().find(EnrollmentQuery.all().limit(1000)).items();
  }

  static List<DeliveryView> inDoubt(Sequencer sequencer) {
    return sequencer.deliveries().find(DeliveryQuery.inDoubt().limit(1000)).items();
  }

  /** Says whether everything has come to an end and nothing is in doubt. */
  static boolean atRest(Sequencer sequencer) {
    return inDoubt(sequencer).isEmpty()
        && enrollments(sequencer).stream().allMatch(e -> e.status() == EnrollmentStatus.ENDED);
  }

  /** Checks what was attempted and accepted since the last time, and what must not leave now. */
  void check() {
    notAfterItWasStopped();
    List<Accepted> accepted = world.transport.accepted();
    neverTwice(accepted);
    neverOutsideTheRules(accepted);
    noteWhatIsStopped();
  }

  /** While somebody acts it is open from which moment on what was stopped may go on. */
  void nothingIsSure() {
    nothingMayBegin = false;
    stopped.clear();
  }

  private void noteWhatIsStopped() {
    attempts = world.transport.attempted().size();
    nothingMayBegin = world.everythingPaused();
    stopped.clear();
    Sequencer sequencer = world.observer;
    Set<String> pausedSequences = new HashSet<>();
    for (SequenceView sequence : sequencer.sequences().list()) {
      if (sequence.state() == SequenceView.State.PAUSED) {
        pausedSequences.add(sequence.name());
      }
    }
    for (EnrollmentView one : enrollments(sequencer)) {
      String address = one.contact().email().address();
      // A node that learns late that a mail left goes on by itself.
      boolean stands =
          one.status() != EnrollmentStatus.ACTIVE
              && one.state().phase() != EnrollmentPhase.IN_DOUBT;
      if (stands
          || pausedSequences.contains(one.sequence())
          || !sequencer.suppressions().matching(address).isEmpty()) {
        stopped.add(address + " " + one.sequence());
      }
    }
    for (MailboxView mailbox : sequencer.mailboxes().list()) {
      if (mailbox.paused()) {
        stopped.add(mailbox.mailbox().address().address());
      }
    }
  }

  private void notAfterItWasStopped() {
    List<OutgoingMail> all = world.transport.attempted();
    for (OutgoingMail mail : all.subList(attempts, all.size())) {
      String sequence = mail.content().subject().split("/", 2)[0];
      assertThat(nothingMayBegin).as("everything is paused: %s", what(mail)).isFalse();
      assertThat(stopped)
          .as("stopped before it began: %s", what(mail))
          .doesNotContain(mail.to().address() + " " + sequence, mail.sender().address().address());
    }
  }

  private static String what(OutgoingMail mail) {
    return mail.content().subject() + " to " + mail.to().address();
  }

  private static void neverTwice(List<Accepted> accepted) {
    Set<String> seen = new HashSet<>();
    for (Accepted one : accepted) {
      assertThat(seen.add(what(one.mail()))).as("once only: %s", what(one.mail())).isTrue();
    }
  }

  private static void neverOutsideTheRules(List<Accepted> accepted) {
    Map<String, Integer> used = new HashMap<>();
    Map<String, Instant> last = new HashMap<>();
    for (Accepted one : accepted) {
      String mailbox = one.mail().sender().address().address();
      Instant at = one.at();
      if (one.mail().content().subject().startsWith("drip")) {
        LocalTime time = LocalTime.ofInstant(at, ZoneOffset.UTC);
        assertThat(time.getHour()).as("within the window: %s", at).isBetween(8, 19);
        assertThat(time.getMinute()).as("within the window: %s", at).isLessThan(20);
      }
      switch (mailbox.charAt(0)) {
        case 'a' -> {
          limit(used, mailbox + at.truncatedTo(ChronoUnit.DAYS), 6);
          Instant before = last.getOrDefault(mailbox, Instant.EPOCH);
          assertThat(Duration.between(before, at))
              .as("spacing of %s at %s", mailbox, at)
              .isGreaterThanOrEqualTo(Duration.ofSeconds(30));
        }
        case 'b' -> limit(used, mailbox + at.truncatedTo(ChronoUnit.HOURS), 4);
        default -> limit(used, mailbox + at.truncatedTo(ChronoUnit.DAYS), 10);
      }
      last.put(mailbox, at);
    }
  }

  private static void limit(Map<String, Integer> used, String bucket, int most) {
    assertThat(used.merge(bucket, 1, Integer::sum))
        .as("quota %s", bucket)
        .isLessThanOrEqualTo(most);
  }

  /**
   * Checks, when all has come to rest, that nothing was lost and that the store tells the truth.
   */
  void atTheEnd() {
    Sequencer sequencer = world.observer;
    for (EnrollmentView one : enrollments(sequencer)) {
      assertThat(one.status()).as("comes to an end: %s", one).isEqualTo(EnrollmentStatus.ENDED);
      assertThat(one.state().phase()).as("%s", one).isEqualTo(EnrollmentPhase.WAITING);
    }
    Map<String, DeliveryView> deliveries = new HashMap<>();
    Map<String, String> addresses = new HashMap<>();
    for (EnrollmentView one : enrollments(sequencer)) {
      addresses.put(one.id().toString(), one.contact().email().address());
    }
    sequencer
        .deliveries()
        .find(DeliveryQuery.all().limit(1000))
        .items()
        .forEach(
            d ->
                deliveries.put(
                    d.sequence()
                        + "/"
                        + d.step()
                        + " to "
                        + addresses.get(d.id().enrollment().toString()),
                    d));
    Set<String> accepted = new HashSet<>();
    world.transport.accepted().forEach(one -> accepted.add(what(one.mail())));
    for (String mail : accepted) {
      DeliveryView delivery = deliveries.get(mail);
      assertThat(delivery).as("an outcome of what left: %s", mail).isNotNull();
      assertThat(delivery.status())
          .as("what left was sent: %s", mail)
          .isEqualTo(DeliveryStatus.SENT);
    }
    deliveries.forEach(
        (mail, delivery) -> {
          if (delivery.status() == DeliveryStatus.SENT && !mail.startsWith("bold")) {
            assertThat(accepted).as("what was sent left").contains(mail);
          }
        });
  }
}
