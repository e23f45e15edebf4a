package dev.sequencer.verification.simulation;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.DeliveryView;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.EnrollmentView;
import dev.sequencer.Sequencer;
import dev.sequencer.tck.faults.FaultyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a run be troubled for a time and then quiet, and checks what must be true when everything
 * has come to rest: nothing is lost, and the store tells the truth.
 */
final class Director {
  private static final List<String> TENANTS = List.of("", Scene.ACME);
  private static final Duration UNTIL_QUIET = Duration.ofMinutes(40);
  private static final Duration ROUND = Duration.ofHours(6);
  private static final int ROUNDS = 120;

  private final World world;
  private final Duration trouble;
  private final Operator operator;

  Director(World world, Duration trouble) {
    this.world = world;
    this.trouble = trouble;
    FaultyStore store = FaultyStore.around(world.store()).onCall(FaultyStore.ANY, world::pass);
    Sequencer sequencer = world.bystander("operator", store, new NodeClock(world.baton(), 0, 0));
    this.operator = new Operator(world, sequencer, "operator");
  }

  void direct() {
    int parts = 4;
    for (int i = 0; i < parts; i++) {
      world.sleep(trouble.dividedBy(parts).toMillis());
      world.setClocks();
    }
    world.note("director", "calms down");
    world.calmDown();
    world.nudge();
    world.sleep(UNTIL_QUIET.toMillis());
    TENANTS.forEach(this::lateTruthWasTaken);
    world.promises().stops().forget();
    operator.resumeAll();
    for (int round = 0; round < ROUNDS && !(atRest() && world.staging().left() == 0); round++) {
      for (String tenant : TENANTS) {
        operator.resumeEverything(tenant);
        operator.resolve(tenant, false);
      }
      world.nudge();
      world.note("director", "waits");
      world.sleep(ROUND.toMillis());
    }
    TENANTS.forEach(this::settled);
    TENANTS.forEach(this::truth);
    if (world.staging().left() > 0) {
      breaks("drafts that nobody needs are discarded", world.staging().left() + " are left");
    }
    world.end();
  }

  private boolean atRest() {
    return TENANTS.stream()
        .allMatch(
            tenant ->
                operator.inDoubt(tenant).isEmpty()
                    && operator.enrollments(tenant).stream()
                        .allMatch(
                            one ->
                                one.status() == EnrollmentStatus.ENDED
                                    && one.state().phase() == EnrollmentPhase.WAITING));
  }

  /** What a transport told a node that lives is not in doubt, however late it came. */
  private void lateTruthWasTaken(String tenant) {
    for (DeliveryView delivery : operator.inDoubt(tenant)) {
      boolean told = world.farEnd().told().containsKey(delivery.messageId());
      if (told && !delivery.sequence().equals("again")) {
        breaks("a late receipt counts", delivery.id() + " of " + delivery.sequence());
      }
    }
  }

  private void settled(String tenant) {
    for (EnrollmentView one : operator.enrollments(tenant)) {
      if (one.status() != EnrollmentStatus.ENDED
          || one.state().phase() != EnrollmentPhase.WAITING) {
        breaks("everything settles", "after all faults " + one);
      }
      boolean reasoned =
          one.state().ending().filter(ending -> ending != Ending.COMPLETED).isEmpty()
              || !one.state().reason().isEmpty();
      if (!reasoned) {
        breaks("what ends early has a reason", one.toString());
      }
    }
  }

  private void truth(String tenant) {
    Map<String, DeliveryView> deliveries = new HashMap<>();
    Map<Long, String> runs = new HashMap<>();
    for (EnrollmentView one : operator.enrollments(tenant)) {
      runs.put(
          one.id().value(),
          tenant + ":" + one.contact().email().normalized() + "/" + one.sequence());
    }
    for (DeliveryView one : operator.deliveries(tenant)) {
      deliveries.put(runs.get(one.id().enrollment().value()) + "/" + one.step(), one);
    }
    Set<String> accepted = new HashSet<>();
    for (Mailing mail : world.farEnd().accepted()) {
      if (mail.tenant().equals(tenant)) {
        accepted.add(mail.once());
        leftItsMark(mail, deliveries.get(mail.once()));
      }
    }
    deliveries.forEach((once, delivery) -> reallyLeft(once, delivery, accepted));
    operator.enrollments(tenant).forEach(one -> leftNothingOut(tenant, one, deliveries));
  }

  private void leftItsMark(Mailing mail, @Nullable DeliveryView delivery) {
    // Where a doubtful mail is sent again, the outcome is that of the last attempt; who has it
    // retried when that failed gets another one.
    boolean last =
        mail.sequence().equals("again")
            && delivery != null
            && (delivery.status() == DeliveryStatus.FAILED
                || (delivery.status() == DeliveryStatus.SKIPPED
                    && world.retried(delivery.id().enrollment())));
    boolean byHand =
        delivery != null
            && delivery.status() == DeliveryStatus.SKIPPED
            && world.decided(delivery.id().enrollment());
    if (delivery == null || (delivery.status() != DeliveryStatus.SENT && !last && !byHand)) {
      breaks("what left is known as sent", mail + " is " + delivery);
    }
  }

  private void reallyLeft(String once, DeliveryView delivery, Set<String> accepted) {
    boolean assumed = delivery.sequence().equals("bold");
    if (delivery.status() == DeliveryStatus.SENT && !assumed && !accepted.contains(once)) {
      breaks("what is known as sent left", once + " is " + delivery);
    }
    if (delivery.status() == DeliveryStatus.IN_DOUBT) {
      breaks("everything settles", once + " is in doubt after all was decided");
    }
  }

  /** A run that was completed has an outcome for every step; one that people moved is theirs. */
  private void leftNothingOut(
      String tenant, EnrollmentView one, Map<String, DeliveryView> deliveries) {
    boolean whole =
        one.state().ending().filter(ending -> ending == Ending.COMPLETED).isPresent()
            && !world.decided(one.id());
    if (!whole) {
      return;
    }
    String run = tenant + ":" + one.contact().email().normalized() + "/" + one.sequence();
    for (String step : Scene.STEPS.getOrDefault(one.sequence(), List.of())) {
      if (!deliveries.containsKey(run + "/" + step)) {
        breaks("nothing is lost", run + " was completed without " + step);
      }
    }
  }

  private void breaks(String promise, String how) {
    world.promises().breaks(promise, how);
  }
}
