package dev.sequencer.verification.behaviour;

import dev.sequencer.Act;
import dev.sequencer.Delay;
import dev.sequencer.DeliveryQuery;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentId;
import dev.sequencer.EnrollmentQuery;
import dev.sequencer.EnrollmentView;
import dev.sequencer.Sequence;
import dev.sequencer.SequencerOperations;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.testkit.FakeTransport;
import dev.sequencer.testkit.TestSequencer;
import dev.sequencer.testkit.TestSequencerBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What many behaviours begin with and look at. */
final class Scenes {
  static final Act ACT = new Act("ada", "because");

  private Scenes() {}

  /** Gives a sequence of e-mails {@code mail-1}, {@code mail-2}, ... with a delay between each. */
  static Sequence steps(String name, int mails, Delay between) {
    Sequence.Builder sequence = Sequence.named(name);
    for (int i = 1; i <= mails; i++) {
      String step = "mail-" + i;
      sequence.email(step, mail -> mail.template(step));
      if (i < mails) {
        sequence.waitFor(between);
      }
    }
    return sequence.build();
  }

  /** Gives a sequence of one e-mail. */
  static Sequence one(String name) {
    return steps(name, 1, Delay.none());
  }

  /** Gives a second engine on the same store, clock and transport. */
  static TestSequencer beside(TestSequencer first, Sequence... declared) {
    TestSequencerBuilder second =
        TestSequencer.builder()
            .store(first.store())
            .clock(first.clock())
            .transport(first.transport())
            .engine(engine -> engine.node("second"));
    for (Sequence sequence : declared) {
      second.sequence(sequence);
    }
    return second.build();
  }

  /** Gives how many mails each address got. */
  static Map<String, Long> copies(FakeTransport transport) {
    return transport.accepted().stream()
        .map(FakeTransport.Accepted::mail)
        .map(OutgoingMail::to)
        .collect(Collectors.groupingBy(to -> to.normalized(), Collectors.counting()));
  }

  /** Gives the instants at which mails were accepted. */
  static List<Instant> left(FakeTransport transport) {
    return transport.accepted().stream().map(FakeTransport.Accepted::at).toList();
  }

  /** Gives all deliveries that have an outcome. */
  static List<DeliveryView> deliveries(SequencerOperations sequencer) {
    return sequencer.deliveries().find(DeliveryQuery.all().limit(1000)).items();
  }

  /** Gives all enrollments. */
  static List<EnrollmentView> enrollments(SequencerOperations sequencer) {
    return sequencer.enrollments().find(EnrollmentQuery.all().limit(1000)).items();
  }

  /** Gives the only enrollment. */
  static EnrollmentView only(SequencerOperations sequencer) {
    List<EnrollmentView> all = enrollments(sequencer);
    if (all.size() != 1) {
      throw new AssertionError("there should be one enrollment, but there are " + all);
    }
    return all.get(0);
  }

  /** Gives the kinds of what happened to an enrollment, the oldest first. */
  static List<String> kinds(SequencerOperations sequencer, EnrollmentId id) {
    return sequencer.enrollments().history(id).stream().map(entry -> entry.kind()).toList();
  }
}
