package dev.sequencer.internal.operations;

import dev.sequencer.Act;
import dev.sequencer.ActResult;
import dev.sequencer.ActResult.Outcome;
import dev.sequencer.DeliveryStatus;
import dev.sequencer.Ending;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.Problem;
import dev.sequencer.PublishResult;
import dev.sequencer.Sequence;
import dev.sequencer.SequenceView;
import dev.sequencer.Sequences;
import dev.sequencer.internal.catalog.Publisher;
import dev.sequencer.internal.catalog.SequenceInfo;
import dev.sequencer.internal.catalog.SequenceInfo.Stage;
import dev.sequencer.internal.catalog.Switches;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.StoreViews.EnrollmentFilter;
import dev.sequencer.spi.store.StoreViews.OutcomeCount;
import dev.sequencer.spi.store.StoreViews.StateCount;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What people do with sequences. */
final class SequenceActs implements Sequences {
  private final Context context;
  private final Publisher publisher;

  SequenceActs(Context context, Publisher publisher) {
    this.context = context;
    this.publisher = publisher;
  }

  @Override
  public List<SequenceView> list() {
    return context.catalog().refresh().sequences().stream()
        .filter(info -> info.tenant().equals(context.tenant()))
        .filter(info -> !Publisher.isSend(info.name()))
        .map(this::view)
        .toList();
  }

  @Override
  public Optional<SequenceView> find(String name) {
    return context.catalog().refresh().sequence(context.tenant(), name).map(this::view);
  }

  private SequenceView view(SequenceInfo info) {
    return new SequenceView(
        info.name(),
        state(info),
        info.current().number(),
        info.declared(),
        info.definition(),
        info.current().publishedAt());
  }

  private SequenceView.State state(SequenceInfo info) {
    return switch (info.stage()) {
      case DRAFT -> SequenceView.State.DRAFT;
      case ARCHIVED -> SequenceView.State.ARCHIVED;
      case ACTIVE ->
          context.catalog().snapshot().paused(context.tenant(), Switches.sequence(info.id()))
              ? SequenceView.State.PAUSED
              : SequenceView.State.ACTIVE;
    };
  }

  @Override
  public SequenceView.Counts counts(String name) {
    SequenceInfo info = context.sequence(name);
    Map<String, Long> enrollments = new LinkedHashMap<>();
    for (String state :
        List.of(
            "active",
            "sending",
            "in doubt",
            "paused",
            "held",
            "completed",
            "stopped",
            "cancelled",
            "failed")) {
      enrollments.put(state, 0L);
    }
    for (StateCount count : context.store().views().states(info.id())) {
      enrollments.merge(word(count.state()), count.count(), Long::sum);
    }
    Map<Integer, Map<DeliveryStatus, Long>> steps = new TreeMap<>();
    for (OutcomeCount count : context.store().views().outcomes(info.id())) {
      steps
          .computeIfAbsent(count.step(), step -> new EnumMap<>(DeliveryStatus.class))
          .merge(count.status(), count.count(), Long::sum);
    }
    List<SequenceView.StepCounts> deliveries = new ArrayList<>();
    steps.forEach(
        (step, byStatus) -> deliveries.add(new SequenceView.StepCounts(info.key(step), byStatus)));
    return new SequenceView.Counts(enrollments, deliveries);
  }

  private static String word(State state) {
    return switch (state.status()) {
      case PAUSED -> "paused";
      case HELD -> state.phase() == EnrollmentPhase.IN_DOUBT ? "in doubt" : "held";
      case ENDED -> state.ending().orElse(Ending.COMPLETED).name().toLowerCase(Locale.ROOT);
      case ACTIVE ->
          switch (state.phase()) {
            case WAITING -> "active";
            case SENDING -> "sending";
            case IN_DOUBT -> "in doubt";
          };
    };
  }

  @Override
  public List<Problem> check(Sequence sequence) {
    return publisher.check(context.tenant(), sequence);
  }

  @Override
  public PublishResult draft(Sequence sequence) {
    return publisher.publish(context.tenant(), sequence, Publisher.How.DRAFT);
  }

  @Override
  public ActResult activate(String name, Act act) {
    return stage(name, Stage.ACTIVE, "activated", act);
  }

  @Override
  public ActResult archive(String name, Act act) {
    return stage(name, Stage.ARCHIVED, "archived", act);
  }

  private ActResult stage(String name, Stage stage, String done, Act act) {
    Optional<Stage> before = publisher.stage(context.tenant(), name, stage);
    if (before.isEmpty()) {
      return new ActResult(Outcome.NOT_FOUND, "there is no sequence '" + name + "'", 0);
    }
    SequenceInfo info = context.sequence(name);
    new Stops(context).note("sequence-" + done, act, "sequence", name);
    wakeAll();
    return new ActResult(
        before.get() == stage ? Outcome.UNCHANGED : Outcome.DONE, done, inFlight(info));
  }

  private void wakeAll() {
    context.parts().store().wake(List.of(), context.now());
    context.signal().run();
  }

  private int inFlight(SequenceInfo info) {
    return context
        .parts()
        .store()
        .views()
        .inFlight(
            new EnrollmentFilter(
                Optional.of(context.tenant()),
                OptionalInt.of(info.id()),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalInt.empty()));
  }

  @Override
  public ActResult pause(String name, Act act) {
    return turn(name, true, act);
  }

  @Override
  public ActResult resume(String name, Act act) {
    ActResult result = turn(name, false, act);
    wakeAll();
    return result;
  }

  private ActResult turn(String name, boolean paused, Act act) {
    Optional<SequenceInfo> info = context.catalog().refresh().sequence(context.tenant(), name);
    if (info.isEmpty()) {
      return new ActResult(Outcome.NOT_FOUND, "there is no sequence '" + name + "'", 0);
    }
    boolean before =
        publisher.pause(
            context.tenant(),
            Switches.sequence(info.get().id()),
            paused,
            act.who(),
            act.why(),
            context.now());
    new Stops(context).note(paused ? "sequence-paused" : "sequence-resumed", act, "sequence", name);
    return new ActResult(
        before == paused ? Outcome.UNCHANGED : Outcome.DONE,
        paused ? "paused" : "resumed",
        inFlight(info.get()));
  }
}
