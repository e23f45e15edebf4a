package dev.sequencer.verification.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Contact;
import dev.sequencer.EnrollRequest;
import dev.sequencer.Mailbox;
import dev.sequencer.Pace;
import dev.sequencer.RunScope;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.Permit;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.TransportLimits;
import dev.sequencer.spi.store.Store;
import dev.sequencer.testkit.FakeTransport;
import dev.sequencer.testkit.FakeTransport.Accepted;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A pace or a gap that two nodes share is used, not only kept: while a mail of one node is on its
 * way the other one looks for work, finds the way closed, and writes for all when to come again.
 */
class PaceOverNodesTest extends Scenario {
  private static final Duration PACE = Duration.ofMillis(30);
  private static final Duration SENDING = Duration.ofMillis(7);
  private static final Duration WASTE = Duration.ofMillis(20);
  private static final int CONTACTS = 15;
  private static final Mailbox A = Mailbox.of("a@acme.example").via(TestSequencerBuilder.FAKE);
  private static final Mailbox B = Mailbox.of("b@acme.example").via(TestSequencerBuilder.FAKE);

  private final FakeTransport sends = FakeTransport.on(clock);
  private final List<Sequencer> engines = new ArrayList<>();
  private final List<RunScope> served = new ArrayList<>();
  private int turn;
  private boolean inside;

  /** Takes its time, in which the node that does not send looks for work. */
  private final class Busy implements MailTransport {
    @Override
    public TransportLimits limits() {
      return sends.limits();
    }

    @Override
    public SendResult send(OutgoingMail mail, Permit permit) throws InterruptedException {
      boolean other = !inside;
      inside = true;
      if (other) {
        engines.get(1 - turn).runDue(served.get(1 - turn));
      }
      clock.advance(SENDING);
      SendResult result = sends.send(mail, permit);
      inside = !other;
      return result;
    }
  }

  private void start(Kept kept, Sequence sequence, Mailbox... mailboxes) {
    Store store = kept.in(folder);
    for (String node : List.of("a", "b")) {
      Sequencer.Builder builder =
          Sequencer.builder()
              .store(store)
              .clock(clock)
              .node(node)
              .defaultZone("UTC")
              .withoutOutcomeLog()
              .transport(TestSequencerBuilder.FAKE, new Busy())
              .sequence(sequence);
      for (Mailbox mailbox : mailboxes) {
        builder.mailbox(mailbox);
      }
      Sequencer engine = builder.build();
      closing(() -> engine.stop(Duration.ZERO));
      engines.add(engine);
      served.add(RunScope.EVERYTHING);
    }
  }

  private void enroll(int contacts) {
    for (int i = 0; i < contacts; i++) {
      engines.get(0).enroll("paced", Contact.of("c" + i + "@example.com"));
    }
  }

  /** Gives each mailbox contacts of its own, so that none of them is served for another one. */
  private void enrollNamed(String... mailboxes) {
    for (int i = 0; i < CONTACTS; i++) {
      Contact contact = Contact.of("c" + i + "@example.com");
      engines
          .get(0)
          .enroll(EnrollRequest.of("paced", contact).mailbox(mailboxes[i % mailboxes.length]));
    }
  }

  /** Runs the nodes in turns from one wake-up to the next until so many mails have left. */
  private void runUntil(int mails) {
    Instant limit = clock.instant().plusSeconds(60);
    while (sends.accepted().size() < mails && clock.instant().isBefore(limit)) {
      Optional<Instant> next = Optional.empty();
      for (turn = 0; turn < engines.size(); turn++) {
        Optional<Instant> own = engines.get(turn).runDue(served.get(turn)).nextNeededAt();
        next = next.filter(at -> own.isEmpty() || !own.get().isBefore(at)).or(() -> own);
      }
      next.filter(at -> at.isAfter(clock.instant())).ifPresent(clock::set);
      clock.advance(MILLI);
    }
  }

  private List<Duration> gaps() {
    List<Duration> gaps = new ArrayList<>();
    List<Instant> left = sends.accepted().stream().map(Accepted::at).toList();
    for (int i = 1; i < left.size(); i++) {
      gaps.add(Duration.between(left.get(i - 1), left.get(i)));
    }
    return gaps;
  }

  private void checkUsed(int mails) {
    runUntil(mails);
    assertThat(sends.accepted()).hasSize(mails);
    assertThat(gaps()).allSatisfy(gap -> assertThat(gap).isBetween(PACE, PACE.plus(WASTE)));
  }

  private static Sequence.Builder once() {
    return Sequence.named("paced").email("first", mail -> mail.subject("1").text("first"));
  }

  private static Sequence.Builder twice() {
    return once().email("second", mail -> mail.subject("2").text("second"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("P3 a mail each 30 ms of a sequence, over two mailboxes and two nodes, leave so")
  void aPaceIsUsed(Kept kept) {
    start(kept, twice().pace(Pace.every(PACE)).build(), A, B);
    enroll(CONTACTS);
    checkUsed(2 * CONTACTS);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("P3 so are they where each of the mailboxes has a quota and a gap of its own")
  void aPaceIsUsedBesideGaps(Kept kept) {
    Duration shorter = Duration.ofMillis(15);
    start(
        kept,
        twice().pace(Pace.every(PACE)).build(),
        A.perDay(100).minGap(shorter),
        B.perDay(100).minGap(shorter));
    enroll(CONTACTS);
    checkUsed(2 * CONTACTS);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("P3 so are they where each of the mailboxes has contacts and a node of its own")
  void aPaceIsUsedByMailboxesInTurns(Kept kept) {
    start(kept, once().pace(Pace.every(PACE)).build(), A, B);
    enrollNamed("a@acme.example", "b@acme.example");
    served.set(0, RunScope.mailbox("a@acme.example"));
    served.set(1, RunScope.mailbox("b@acme.example"));
    checkUsed(CONTACTS);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("P3 a mail each 30 ms of a mailbox that two nodes serve leave so")
  void aGapIsUsed(Kept kept) {
    start(kept, twice().build(), A.perDay(100).minGap(PACE));
    enroll(CONTACTS);
    checkUsed(2 * CONTACTS);
  }
}
