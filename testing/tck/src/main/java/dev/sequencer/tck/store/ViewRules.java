package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.ClaimCall.LaneHead;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.StoreViews;
import dev.sequencer.spi.store.StoreViews.EnrollmentFilter;
import dev.sequencer.spi.store.StoreViews.OutcomeCount;
import dev.sequencer.spi.store.StoreViews.StateCount;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What people look at: filters, pages, counts. */
abstract class ViewRules extends StoreRules {
  private StoreViews views() {
    return bench().handle().views();
  }

  private List<Long> enrollments(EnrollmentFilter filter) {
    return views().enrollments(filter, 0, 100).stream().map(Work::enrollment).toList();
  }

  @Test
  void enrollmentsComeByNumberInPages() {
    List<Long> all = bench().enroll(5);
    assertThat(views().enrollments(Filters.any(), 0, 2))
        .extracting(Work::enrollment)
        .containsExactlyElementsOf(all.subList(0, 2));
    assertThat(views().enrollments(Filters.any(), all.get(1), 2))
        .extracting(Work::enrollment)
        .containsExactlyElementsOf(all.subList(2, 4));
    assertThat(views().enrollments(Filters.any(), all.get(4), 2)).isEmpty();
    assertThat(views().enrollments(Filters.any(), 0, 1).get(0)).isEqualTo(bench().work(all.get(0)));
  }

  @Test
  void eachFilterOfEnrollmentsNarrows() {
    long waiting = bench().enroll(bench().row("1@x.example"));
    long other = bench().enroll(bench().row("2@x.example").sequence(bench().otherSequence()));
    Work sending = bench().begun("3@x.example");
    long paused = bench().enroll(bench().row("4@x.example").tenant("acme"));
    bench()
        .handle()
        .steer(SteerCall.of("acme", new SteerCall.Target.These(List.of(paused)), Plans.pause()));
    assertThat(enrollments(Filters.any()))
        .containsExactly(waiting, other, sending.enrollment(), paused);
    assertThat(enrollments(Filters.tenant(""))).doesNotContain(paused).hasSize(3);
    assertThat(enrollments(Filters.tenant("acme"))).containsExactly(paused);
    assertThat(enrollments(Filters.sequence(bench().otherSequence()))).containsExactly(other);
    assertThat(enrollments(Filters.status(EnrollmentStatus.PAUSED))).containsExactly(paused);
    assertThat(enrollments(Filters.phase(EnrollmentPhase.SENDING)))
        .containsExactly(sending.enrollment());
    assertThat(enrollments(Filters.contact(sending.origin().contact())))
        .containsExactly(sending.enrollment());
    assertThat(enrollments(Filters.mailbox(bench().mailbox())))
        .containsExactly(sending.enrollment());
    assertThat(
            enrollments(
                new EnrollmentFilter(
                    Optional.of(""),
                    OptionalInt.of(bench().sequence()),
                    Optional.of(EnrollmentStatus.ACTIVE),
                    Optional.of(EnrollmentPhase.WAITING),
                    OptionalLong.empty(),
                    OptionalInt.empty())))
        .containsExactly(waiting);
  }

  @Test
  void subjectsComeInTheOrderOfTheCallWithoutUnknownOnes() {
    List<Long> all = bench().enroll(3);
    assertThat(bench().handle().subjects(List.of(all.get(2), all.get(2) + 999, all.get(0))))
        .extracting(subject -> subject.work().enrollment())
        .containsExactly(all.get(2), all.get(0));
    assertThat(bench().handle().subjects(List.of())).isEmpty();
  }

  @Test
  void deliveriesOfASubjectComeByStep() {
    Work begun = bench().begun("bo@x.example");
    bench().complete(Plans.sent(begun, StoreBench.START));
    Work second = bench().begun(Begins.of(bench().work(begun.enrollment())));
    bench().complete(Plans.sent(second, StoreBench.START.plusSeconds(1)));
    Subject subject = bench().subject(begun.enrollment());
    assertThat(subject.deliveries()).extracting(Delivery::step).containsExactly(1, 2);
  }

  @Test
  void deliveriesComeByEnrollmentAndStepInPages() {
    Work one = bench().begun("1@x.example");
    bench().complete(Plans.sent(one, StoreBench.START));
    bench()
        .complete(
            Plans.sent(bench().begun(Begins.of(bench().work(one.enrollment()))), StoreBench.START));
    Work two = bench().begun("2@x.example");
    bench().complete(Plans.sent(two, StoreBench.START));
    long first = one.enrollment();
    List<Delivery> all = views().deliveries(Filters.deliveries(), 0, 0, 9);
    assertThat(all)
        .extracting(Delivery::enrollment)
        .containsExactly(first, first, two.enrollment());
    assertThat(all).extracting(Delivery::step).containsExactly(1, 2, 1);
    assertThat(views().deliveries(Filters.deliveries(), 0, 0, 1)).containsExactly(all.get(0));
    assertThat(views().deliveries(Filters.deliveries(), first, 1, 1)).containsExactly(all.get(1));
    assertThat(views().deliveries(Filters.deliveries(), first, 2, 9)).containsExactly(all.get(2));
    assertThat(views().deliveries(Filters.deliveries(), two.enrollment(), 1, 9)).isEmpty();
  }

  @Test
  void eachFilterOfDeliveriesNarrows() {
    Work sent = bench().begun("1@x.example");
    bench().complete(Plans.sent(sent, StoreBench.START));
    Work doubtful = bench().begun("2@x.example");
    bench().complete(Plans.doubted(doubtful, StoreBench.START.plusMillis(1)));
    Work other =
        bench().work(bench().enroll(bench().row("3@x.example").sequence(bench().otherSequence())));
    Work otherBegun = bench().begun(Begins.of(other, bench().otherMailbox()));
    bench().complete(Plans.failed(otherBegun, StoreBench.START.plusMillis(2)));

    assertThat(views().deliveries(Filters.deliveries(DeliveryStatus.IN_DOUBT), 0, 0, 9))
        .extracting(Delivery::enrollment)
        .containsExactly(doubtful.enrollment());
    assertThat(views().deliveries(Filters.deliveries(DeliveryStatus.SENT), 0, 0, 9))
        .extracting(Delivery::enrollment)
        .containsExactly(sent.enrollment());
    assertThat(views().deliveries(Filters.deliveriesOfMailbox(bench().otherMailbox()), 0, 0, 9))
        .extracting(Delivery::enrollment)
        .containsExactly(other.enrollment());
    assertThat(
            views()
                .deliveries(Filters.deliveries(Filters.sequence(bench().otherSequence())), 0, 0, 9))
        .extracting(Delivery::enrollment)
        .containsExactly(other.enrollment());
    assertThat(
            views()
                .deliveries(Filters.deliveries(Filters.contact(sent.origin().contact())), 0, 0, 9))
        .extracting(Delivery::enrollment)
        .containsExactly(sent.enrollment());
    assertThat(views().deliveries(Filters.deliveries(Filters.tenant("acme")), 0, 0, 9)).isEmpty();
    assertThat(
            views().deliveries(Filters.deliveriesBefore(StoreBench.START.plusMillis(1)), 0, 0, 9))
        .extracting(Delivery::enrollment)
        .containsExactly(sent.enrollment());
  }

  @Test
  void aDeliveryIsFoundByTheMessageIdThatItsProviderMade() {
    Work begun = bench().begun("bo@x.example");
    Delivery delivery =
        Plans.named(
            Plans.delivery(begun, DeliveryStatus.SENT, 1, StoreBench.START), "<made@y.example>");
    bench().complete(Plans.delivering(Plans.sent(begun, StoreBench.START), delivery));
    assertThat(views().byActualMessageId("<made@y.example>")).contains(delivery);
    assertThat(views().byActualMessageId(begun.attempt().messageId())).isEmpty();
  }

  @Test
  void aMessageIdThatAnotherReplacedIsNotFoundAnyMore() {
    Work begun = bench().begun("bo@x.example");
    Delivery doubtful =
        Plans.named(
            Plans.delivery(begun, DeliveryStatus.IN_DOUBT, 1, StoreBench.START),
            "<first@y.example>");
    Delivery sent =
        Plans.named(
            Plans.delivery(begun, DeliveryStatus.SENT, 1, StoreBench.START), "<second@y.example>");
    bench().complete(Plans.delivering(Plans.doubted(begun, StoreBench.START), doubtful));
    assertThat(views().byActualMessageId("<first@y.example>")).contains(doubtful);
    bench().complete(Plans.delivering(Plans.sent(begun, StoreBench.START), sent));
    assertThat(views().byActualMessageId("<first@y.example>")).isEmpty();
    assertThat(views().byActualMessageId("<second@y.example>")).contains(sent);
  }

  @Test
  void statesAreCountedWithoutTheirReasons() {
    List<Long> all = bench().enroll(5);
    bench().steer(all.get(0), Plans.end(Ending.COMPLETED));
    bench().steer(all.get(1), Plans.end(Ending.STOPPED));
    bench().steer(all.get(2), Plans.pause());
    bench()
        .steer(
            all.get(3),
            Plans.change(
                work -> work.state(work.state().status(EnrollmentStatus.PAUSED, "another"))));
    bench().enroll(bench().row("1@x.example").sequence(bench().otherSequence()));
    State paused = State.WAITING.status(EnrollmentStatus.PAUSED, "");
    assertThat(views().states(bench().sequence()))
        .containsExactlyInAnyOrder(
            new StateCount(State.WAITING, 1),
            new StateCount(paused, 2),
            new StateCount(State.WAITING.ended(Ending.COMPLETED, ""), 1),
            new StateCount(State.WAITING.ended(Ending.STOPPED, ""), 1));
    assertThat(views().states(bench().pool())).isEmpty();
  }

  @Test
  void outcomesAreCountedByStep() {
    Work one = bench().begun("1@x.example");
    bench().complete(Plans.sent(one, StoreBench.START));
    bench()
        .complete(
            Plans.failed(
                bench().begun(Begins.of(bench().work(one.enrollment()))), StoreBench.START));
    bench().complete(Plans.sent(bench().begun("2@x.example"), StoreBench.START));
    assertThat(views().outcomes(bench().sequence()))
        .containsExactlyInAnyOrder(
            new OutcomeCount(1, DeliveryStatus.SENT, 2),
            new OutcomeCount(2, DeliveryStatus.FAILED, 1));
    assertThat(views().outcomes(bench().otherSequence())).isEmpty();
  }

  @Test
  void headsAreTheEarliestRowsOfAllLanes() {
    Lane tokyo = Lanes.calendar(bench().lane(), "w/Asia/Tokyo");
    Duration hour = Duration.ofHours(1);
    bench().enroll(bench().row("1@x.example").waitingIn(tokyo, StoreBench.START.plus(hour)));
    bench().enroll(bench().row("2@x.example").waitingIn(tokyo, StoreBench.START.minus(hour)));
    bench().enroll(bench().row("3@x.example"));
    long paused =
        bench()
            .enroll(
                bench().row("4@x.example").waitingIn(bench().lane(), StoreBench.START.minus(hour)));
    bench().steer(paused, Plans.pause());
    bench().begun("5@x.example");
    assertThat(views().heads())
        .containsExactlyInAnyOrder(
            new LaneHead(tokyo, StoreBench.START.minus(hour)),
            new LaneHead(bench().lane(), StoreBench.START));
  }

  @Test
  void theFirstRowsOfALaneComeByDueAndEnrollment() {
    Lane tokyo = Lanes.calendar(bench().lane(), "w/Asia/Tokyo");
    Instant later = StoreBench.START.plus(Duration.ofDays(3));
    long third = bench().enroll(bench().row("1@x.example").waitingIn(tokyo, later));
    long first = bench().enroll(bench().row("2@x.example").waitingIn(tokyo, StoreBench.START));
    long second = bench().enroll(bench().row("3@x.example").waitingIn(tokyo, StoreBench.START));
    long paused = bench().enroll(bench().row("4@x.example").waitingIn(tokyo, StoreBench.START));
    bench().enroll(bench().row("5@x.example"));
    bench().steer(paused, Plans.pause());
    assertThat(views().firstOf(tokyo, 9))
        .extracting(Work::enrollment)
        .containsExactly(first, second, third);
    assertThat(views().firstOf(tokyo, 2))
        .extracting(Work::enrollment)
        .containsExactly(first, second);
    assertThat(views().firstOf(Lanes.bound(tokyo), 9)).isEmpty();
    assertThat(views().firstOf(tokyo, 1)).containsExactly(bench().work(first));
  }

  @Test
  void attemptsInFlightAreCounted() {
    Work one = bench().begun("1@x.example");
    Work two = bench().begun("2@x.example");
    bench().steer(two.enrollment(), Plans.end(Ending.STOPPED));
    bench().enroll(bench().row("3@x.example"));
    assertThat(views().inFlight(Filters.any())).isEqualTo(2);
    assertThat(views().inFlight(Filters.mailbox(bench().mailbox()))).isEqualTo(2);
    assertThat(views().inFlight(Filters.mailbox(bench().otherMailbox()))).isZero();
    assertThat(views().inFlight(Filters.contact(one.origin().contact()))).isEqualTo(1);
    bench().complete(Plans.sent(one, StoreBench.START));
    bench().complete(Plans.doubted(two, StoreBench.START));
    assertThat(views().inFlight(Filters.any())).isZero();
  }

  @Test
  void contactsAreFoundByNumberIdAndAddress() {
    StoredContact bo =
        bench().subject(bench().enroll(bench().row("bo@x.example").id("u1"))).contact();
    StoredContact cy = bench().subject(bench().enroll(bench().row("cy@x.example"))).contact();
    assertThat(views().contacts(List.of(bo.number(), cy.number(), cy.number() + 999)))
        .containsExactlyInAnyOrder(bo, cy);
    assertThat(views().contactById("", "u1")).contains(bo);
    assertThat(views().contactById("", "u2")).isEmpty();
    assertThat(views().contactsByAddress("", "cy@x.example")).containsExactly(cy);
    assertThat(views().contactsByAddress("", "dee@x.example")).isEmpty();
  }
}
