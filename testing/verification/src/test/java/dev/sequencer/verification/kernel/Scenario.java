package dev.sequencer.verification.kernel;

import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.DeliveryQuery;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentView;
import dev.sequencer.HistoryEntry;
import dev.sequencer.Mailbox;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.testkit.FakeTransport;
import dev.sequencer.testkit.ManualClock;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What the scenarios have in common: a store with faults, a fake transport, a virtual clock. */
abstract class Scenario {
  static final Instant START = Instant.parse(TestSequencerBuilder.DEFAULT_START);
  static final Duration MILLI = Duration.ofMillis(1);
  static final String MAILBOX = "a@acme.example";

  /** One mail at once. */
  static final Sequence ONE =
      Sequence.named("one").email("first", mail -> mail.subject("1").text("first")).build();

  /** One mail at once, one a day later. */
  static final Sequence TWO =
      Sequence.named("two")
          .email("first", mail -> mail.subject("1").text("first"))
          .waitFor(Delay.days(1))
          .email("second", mail -> mail.subject("2").text("second"))
          .build();

  @TempDir Path folder;

  final FakeTransport transport = FakeTransport.create();
  final ManualClock clock = ManualClock.at(START);
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  /** Closes something after the test, before what was opened earlier. */
  <T extends AutoCloseable> T closing(T what) {
    open.push(what);
    return what;
  }

  FaultyStore store(Kept kept) {
    return FaultyStore.around(kept.in(folder));
  }

  /** Begins to describe an engine with the mailbox, the transport and the clock of the scenario. */
  TestSequencerBuilder describe(FaultyStore store, Mailbox mailbox, Sequence... sequences) {
    TestSequencerBuilder builder =
        TestSequencer.builder().clock(clock).store(store).transport(transport).mailbox(mailbox);
    for (Sequence sequence : sequences) {
      builder.sequence(sequence);
    }
    return builder;
  }

  TestSequencer start(FaultyStore store, Mailbox mailbox, Sequence... sequences) {
    return closing(describe(store, mailbox, sequences).build());
  }

  TestSequencer start(FaultyStore store, Sequence... sequences) {
    return start(store, mailbox(), sequences);
  }

  static Mailbox mailbox() {
    return Mailbox.of(MAILBOX).via(TestSequencerBuilder.FAKE);
  }

  static EnrollmentId enroll(Sequencer sequencer, Sequence sequence, String address) {
    return sequencer.enroll(sequence.name(), Contact.of(address)).enrollment().orElseThrow();
  }

  static EnrollmentView view(Sequencer sequencer, EnrollmentId enrollment) {
    return sequencer.enrollments().find(enrollment).orElseThrow();
  }

  static List<DeliveryView> deliveries(Sequencer sequencer) {
    return sequencer.deliveries().find(DeliveryQuery.all().limit(1000)).items();
  }

  static List<String> kinds(Sequencer sequencer, EnrollmentId enrollment) {
    return sequencer.enrollments().history(enrollment).stream().map(HistoryEntry::kind).toList();
  }

  /** Gives the instants at which mails were accepted, as durations since the start. */
  List<Duration> leftAfter() {
    return transport.accepted().stream().map(mail -> Duration.between(START, mail.at())).toList();
  }
}
