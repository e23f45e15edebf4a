package dev.sequencer;

import dev.sequencer.spi.CredentialStore;
import dev.sequencer.spi.MailRenderer;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.ModelSource;
import dev.sequencer.spi.TemplateSource;
import dev.sequencer.spi.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What a host described in {@link Sequencer.Builder}, for the engine. Immutable.
 *
 * @param store the store; empty for one in memory
 * @param mail where mails come from and go to
 * @param sequences declared sequences, of the tenant {@code ""}
 * @param mailboxes declared mailboxes, of the tenant {@code ""}
 * @param time clock and zone
 * @param node the node's name; empty for one of its own
 * @param listeners who hears events
 * @param settings numbers
 */
public record SequencerConfig(
    Optional<Store> store,
    MailParts mail,
    List<Sequence> sequences,
    List<Mailbox> mailboxes,
    Time time,
    Optional<String> node,
    List<SequencerListener> listeners,
    Settings settings) {
  /** Copies the lists. */
  public SequencerConfig {
    sequences = List.copyOf(sequences);
    mailboxes = List.copyOf(mailboxes);
    listeners = List.copyOf(listeners);
  }

  /**
   * Where mails come from and go to.
   *
   * @param transports transports by name
   * @param credentials where credentials are kept
   * @param templates where templates come from
   * @param renderer what fills them; empty for Mustache
   * @param models where fresh values come from
   */
  public record MailParts(
      Map<String, MailTransport> transports,
      CredentialStore credentials,
      TemplateSource templates,
      Optional<MailRenderer> renderer,
      ModelSource models) {
    /** Copies the map. */
    public MailParts {
      transports = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(transports));
    }
  }

  /**
   * Clock and zone.
   *
   * @param clock the clock
   * @param defaultZone the engine's zone
   */
  public record Time(InstantSource clock, Optional<ZoneId> defaultZone) {}

  /**
   * Numbers.
   *
   * @param workers how many mails are sent at a time under {@code start()}
   * @param executor the host's executor for sending; empty for threads of the engine's own
   * @param claimExpiry how long a claim holds
   * @param decisionMargin what is added to a transport's limits before an attempt is in doubt
   * @param sweep how often attempts without outcome are looked for
   * @param inDoubt what happens with mails in doubt
   * @param hostCodeLimit how long host code may run under {@code start()}
   * @param expectPassWithin how long without a pass of any node is healthy when this one was not
   *     started
   * @param logOutcomes whether each outcome is a line on the logger {@code
   *     dev.sequencer.deliveries}
   */
  public record Settings(
      int workers,
      Optional<Executor> executor,
      Duration claimExpiry,
      Duration decisionMargin,
      Duration sweep,
      InDoubt inDoubt,
      Duration hostCodeLimit,
      Duration expectPassWithin,
      boolean logOutcomes) {
    /** The defaults. */
    public static final Settings DEFAULT =
        new Settings(
            16,
            Optional.empty(),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            InDoubt.HOLD,
            Duration.ofSeconds(30),
            Duration.ofMinutes(15),
            true);

    // Each gives the same settings with another value.
    Settings workers(int number) {
      return new Settings(
          number,
          executor,
          claimExpiry,
          decisionMargin,
          sweep,
          inDoubt,
          hostCodeLimit,
          expectPassWithin,
          logOutcomes);
    }

    Settings executor(Executor hosts) {
      return new Settings(
          workers,
          Optional.of(hosts),
          claimExpiry,
          decisionMargin,
          sweep,
          inDoubt,
          hostCodeLimit,
          expectPassWithin,
          logOutcomes);
    }

    Settings timing(Duration claims, Duration margin, Duration sweeps) {
      return new Settings(
          workers,
          executor,
          claims,
          margin,
          sweeps,
          inDoubt,
          hostCodeLimit,
          expectPassWithin,
          logOutcomes);
    }

    Settings inDoubt(InDoubt policy) {
      return new Settings(
          workers,
          executor,
          claimExpiry,
          decisionMargin,
          sweep,
          policy,
          hostCodeLimit,
          expectPassWithin,
          logOutcomes);
    }

    Settings hostCodeLimit(Duration limit) {
      return new Settings(
          workers,
          executor,
          claimExpiry,
          decisionMargin,
          sweep,
          inDoubt,
          limit,
          expectPassWithin,
          logOutcomes);
    }

    Settings expectPassWithin(Duration time) {
      return new Settings(
          workers,
          executor,
          claimExpiry,
          decisionMargin,
          sweep,
          inDoubt,
          hostCodeLimit,
          time,
          logOutcomes);
    }

    Settings withoutOutcomeLog() {
      return new Settings(
          workers,
          executor,
          claimExpiry,
          decisionMargin,
          sweep,
          inDoubt,
          hostCodeLimit,
          expectPassWithin,
          false);
    }
  }
}
