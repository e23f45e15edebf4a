package dev.sequencer.files;

import dev.sequencer.InDoubt;
import dev.sequencer.Sequencer;
import dev.sequencer.SequencerConfig;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * What a configuration says about the engine itself.
 *
 * @param defaultZone the zone of contacts, sequences and mailboxes without one
 * @param node the name of this node; empty for one of its own
 * @param workers how many mails are sent at a time
 * @param inDoubt what happens with mails in doubt
 * @param times the times of the kernel
 * @param logOutcomes whether each outcome is a line in the log
 */
public record EngineSettings(
    Optional<ZoneId> defaultZone,
    Optional<String> node,
    int workers,
    InDoubt inDoubt,
    Times times,
    boolean logOutcomes) {
  private static final SequencerConfig.Settings ENGINE = SequencerConfig.Settings.DEFAULT;

  /** The engine's own defaults. */
  public static final EngineSettings DEFAULT =
      new EngineSettings(
          Optional.empty(),
          Optional.empty(),
          ENGINE.workers(),
          ENGINE.inDoubt(),
          Times.DEFAULT,
          ENGINE.logOutcomes());

  /** Checks that nothing is missing. */
  public EngineSettings {
    Objects.requireNonNull(defaultZone, "defaultZone");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(inDoubt, "inDoubt");
    Objects.requireNonNull(times, "times");
  }

  void applyTo(Sequencer.Builder builder) {
    defaultZone.ifPresent(zone -> builder.defaultZone(zone.getId()));
    node.ifPresent(builder::node);
    builder
        .workers(workers)
        .inDoubt(inDoubt)
        .timing(times.claimExpiry(), times.decisionMargin(), times.sweep())
        .hostCodeLimit(times.hostCode())
        .expectPassWithin(times.expectPass());
    if (!logOutcomes) {
      builder.withoutOutcomeLog();
    }
  }

  /**
   * The times of the kernel.
   *
   * @param claimExpiry how long a claim holds
   * @param decisionMargin what is added to a transport's limits before an attempt is in doubt
   * @param sweep how often attempts without outcome are looked for
   * @param hostCode how long host code may run
   * @param expectPass how long without a pass of any node is healthy when this one was not started
   */
  public record Times(
      Duration claimExpiry,
      Duration decisionMargin,
      Duration sweep,
      Duration hostCode,
      Duration expectPass) {
    /** The engine's own defaults. */
    public static final Times DEFAULT =
        new Times(
            ENGINE.claimExpiry(),
            ENGINE.decisionMargin(),
            ENGINE.sweep(),
            ENGINE.hostCodeLimit(),
            ENGINE.expectPassWithin());

    /** Checks that nothing is missing. */
    public Times {
      Objects.requireNonNull(claimExpiry, "claimExpiry");
      Objects.requireNonNull(decisionMargin, "decisionMargin");
      Objects.requireNonNull(sweep, "sweep");
      Objects.requireNonNull(hostCode, "hostCode");
      Objects.requireNonNull(expectPass, "expectPass");
    }
  }
}
