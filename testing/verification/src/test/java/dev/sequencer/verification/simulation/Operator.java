package dev.sequencer.verification.simulation;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.DeliveryQuery;
import dev.sequencer.DeliveryView;
import dev.sequencer.EnrollmentQuery;
import dev.sequencer.EnrollmentView;
import dev.sequencer.Resolution;
import dev.sequencer.Sequencer;
import dev.sequencer.SequencerOperations;
import java.util.List;

/** Somebody who looks into the mailbox before deciding about a mail in doubt. */
final class Operator {
  private static final Act ACT = Act.because("the operator looked");

  private final World world;
  private final Sequencer sequencer;
  private final String name;

  Operator(World world, Sequencer sequencer, String name) {
    this.world = world;
    this.sequencer = sequencer;
    this.name = name;
  }

  SequencerOperations of(String tenant) {
    return tenant.isEmpty() ? sequencer : sequencer.tenant(tenant);
  }

  List<DeliveryView> inDoubt(String tenant) {
    return of(tenant).deliveries().find(DeliveryQuery.inDoubt().limit(1000)).items();
  }

  List<DeliveryView> deliveries(String tenant) {
    return of(tenant).deliveries().find(DeliveryQuery.all().limit(1000)).items();
  }

  List<EnrollmentView> enrollments(String tenant) {
    return of(tenant).enrollments().find(EnrollmentQuery.all().limit(1000)).items();
  }

  /** Decides what is in doubt: by what the other side has, when it does not hang. */
  void resolve(String tenant, boolean skip) {
    for (DeliveryView delivery : inDoubt(tenant)) {
      if (world.farEnd().hangs(delivery.messageId())) {
        continue;
      }
      boolean sent = world.farEnd().has(delivery.messageId());
      Resolution decision = sent ? Resolution.WAS_SENT : skip ? Resolution.SKIP : Resolution.RESEND;
      world.note(name, "resolves " + delivery.id() + " " + decision);
      ActResult result = of(tenant).deliveries().resolve(delivery.id(), decision, ACT);
      world.note(name, "resolves " + delivery.id() + " " + decision + ": " + result.outcome());
      if (!result.done() && !sent && !skip) {
        // What has ended meanwhile is not sent again.
        of(tenant).deliveries().resolve(delivery.id(), Resolution.SKIP, ACT);
      }
    }
  }

  void resumeAll() {
    sequencer.resumeEverything(ACT);
  }

  /** Lets everything of a tenant go on that people stopped. */
  void resumeEverything(String tenant) {
    SequencerOperations operations = of(tenant);
    operations.resume(ACT);
    operations.sequences().list().forEach(one -> operations.sequences().resume(one.name(), ACT));
    operations
        .mailboxes()
        .list()
        .forEach(
            one -> {
              String address = one.mailbox().address().address();
              operations.mailboxes().resume(address, ACT);
              operations.mailboxes().reconnect(address, ACT);
            });
    for (EnrollmentView one : enrollments(tenant)) {
      switch (one.status()) {
        case PAUSED, HELD -> operations.enrollments().resume(one.id(), ACT);
        case ACTIVE, ENDED -> {}
      }
    }
  }
}
