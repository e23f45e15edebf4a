package dev.sequencer;

import dev.sequencer.spi.CredentialStore;
import dev.sequencer.spi.MailRenderer;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.ModelSource;
import dev.sequencer.spi.SequencerProvider;
import dev.sequencer.spi.TemplateSource;
import dev.sequencer.spi.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Runs e-mail sequences inside a host application. Safe for use by several threads.
 *
 * <p>Built once, then either started, which runs it on threads of its own, or driven by {@link
 * #runDue()} on the caller's. A node that only enrolls does neither.
 */
public interface Sequencer extends SequencerOperations, AutoCloseable {
  /** Begins to describe an engine. */
  static Builder builder() {
    return new Builder();
  }

  /**
   * Publishes the declared sequences, saves the declared mailboxes and works until {@link #stop}.
   * Started twice is no error.
   *
   * @throws IllegalStateException when it was stopped before, or on a virtual clock
   */
  void start();

  /**
   * Claims nothing more, lets running sends finish for at most that time, then interrupts them.
   * What then has no outcome is in doubt when its deadline passes. The store is closed.
   *
   * <p>A listener, transport or host code that calls it on a thread of the engine does not wait:
   * the engine stops after the pass that runs.
   */
  void stop(Duration grace);

  /** Stops with 30 seconds of grace. */
  @Override
  default void close() {
    stop(Duration.ofSeconds(30));
  }

  /** Makes one bounded pass on the caller's thread, sends included. */
  default PassReport runDue() {
    return runDue(RunScope.EVERYTHING);
  }

  /** Makes one bounded pass over part of the work on the caller's thread, sends included. */
  PassReport runDue(RunScope scope);

  /**
   * Repeats passes on the caller's thread until the budget is used or nothing is due within it;
   * waits for the next slot in between. On a virtual clock it does not wait and ends when nothing
   * is due.
   */
  PassReport runFor(Duration budget);

  /** Says how it is. Cheap enough for a probe. */
  Health health();

  /**
   * Goes on after the store went back: everything that may have left since that instant becomes in
   * doubt. All running nodes of the store go on with their next pass.
   *
   * @return how many enrollments that are
   */
  int acceptHistory(Instant from);

  /** Pauses everything of all tenants; answers how many mails are in flight. */
  ActResult pauseEverything(Act act);

  /** Ends the pause of everything. */
  ActResult resumeEverything(Act act);

  /** Describes an engine. Not thread-safe. */
  final class Builder {
    private Optional<Store> store = Optional.empty();
    private final Map<String, MailTransport> transports = new LinkedHashMap<>();
    private CredentialStore credentials = CredentialStore.none();
    private TemplateSource templates = TemplateSource.none();
    private Optional<MailRenderer> renderer = Optional.empty();
    private ModelSource models = ModelSource.none();
    private final List<Sequence> sequences = new ArrayList<>();
    private final List<Mailbox> mailboxes = new ArrayList<>();
    private InstantSource clock = InstantSource.system();
    private Optional<ZoneId> zone = Optional.empty();
    private Optional<String> node = Optional.empty();
    private final List<SequencerListener> listeners = new ArrayList<>();
    private SequencerConfig.Settings settings = SequencerConfig.Settings.DEFAULT;

    private Builder() {}

    /** Keeps everything in a store; without one, in memory. */
    public Builder store(Store newStore) {
      store = Optional.of(newStore);
      return this;
    }

    /**
     * Adds a transport under a name.
     *
     * @throws IllegalArgumentException when the name is blank or taken
     */
    public Builder transport(String name, MailTransport transport) {
      if (name.isBlank() || transports.containsKey(name)) {
        throw new IllegalArgumentException(
            "the name of a transport must not be blank and must be new, but is '" + name + "'");
      }
      transports.put(name, transport);
      return this;
    }

    /** Declares a mailbox of the tenant {@code ""}. */
    public Builder mailbox(Mailbox mailbox) {
      mailboxes.add(mailbox);
      return this;
    }

    /** Declares a sequence of the tenant {@code ""}; published at start when it is new. */
    public Builder sequence(Sequence sequence) {
      sequences.add(sequence);
      return this;
    }

    /** Takes credentials from a store. */
    public Builder credentials(CredentialStore newCredentials) {
      credentials = newCredentials;
      return this;
    }

    /** Takes templates and files from a source. */
    public Builder templates(TemplateSource source) {
      templates = source;
      return this;
    }

    /** Fills templates with another renderer than Mustache. */
    public Builder renderer(MailRenderer newRenderer) {
      renderer = Optional.of(newRenderer);
      return this;
    }

    /** Takes fresh values for templates from a source. */
    public Builder models(ModelSource source) {
      models = source;
      return this;
    }

    /** Reads the time from a clock instead of the system's. */
    public Builder clock(InstantSource newClock) {
      clock = newClock;
      return this;
    }

    /**
     * Sets the zone of contacts, sequences and mailboxes without one.
     *
     * @throws TimeRuleException with INVALID_ZONE
     */
    public Builder defaultZone(String id) {
      zone = Optional.of(Zones.of(id));
      return this;
    }

    /**
     * Names this node among those of its store.
     *
     * @throws IllegalArgumentException when the name is blank or longer than 100 characters
     */
    public Builder node(String name) {
      if (name.isBlank() || name.length() > 100) {
        throw new IllegalArgumentException(
            "the name of a node must have 1 to 100 characters and not be blank");
      }
      node = Optional.of(name);
      return this;
    }

    /** Adds a listener. */
    public Builder listener(SequencerListener listener) {
      listeners.add(listener);
      return this;
    }

    /**
     * Sets how many mails are sent at a time, 16 by default.
     *
     * @throws IllegalArgumentException when it is not between 1 and 1,000
     */
    public Builder workers(int number) {
      if (number < 1 || number > 1000) {
        throw new IllegalArgumentException(
            "the number of workers must be between 1 and 1000, but is " + number);
      }
      return settings(settings.workers(number));
    }

    /**
     * Sends on the host's executor instead of threads of the engine's own. What it refuses runs on
     * the thread that drives the engine.
     */
    public Builder executor(Executor executor) {
      return settings(settings.executor(executor));
    }

    /**
     * Sets the times of the kernel: how long a claim holds (60 s), what is added to a transport's
     * limits before an attempt is in doubt (30 s), how often such attempts are looked for (10 s).
     *
     * @throws IllegalArgumentException when one is not between 10 ms and 1 hour
     */
    public Builder timing(Duration claimExpiry, Duration decisionMargin, Duration sweep) {
      return settings(
          settings.timing(
              checkTime("the claim expiry", claimExpiry),
              checkTime("the decision margin", decisionMargin),
              checkTime("the sweep", sweep)));
    }

    /** Sets what happens with mails in doubt, where a sequence does not say. */
    public Builder inDoubt(InDoubt policy) {
      return settings(settings.inDoubt(policy));
    }

    /**
     * Sets how long host code may run under {@code start()}, 30 seconds by default.
     *
     * @throws IllegalArgumentException when it is not between 10 ms and 1 hour
     */
    public Builder hostCodeLimit(Duration limit) {
      return settings(settings.hostCodeLimit(checkTime("the limit of host code", limit)));
    }

    /** Sets how long without a pass of any node is healthy for a node that was not started. */
    public Builder expectPassWithin(Duration time) {
      return settings(settings.expectPassWithin(time));
    }

    /** Logs no line for each outcome on {@code dev.sequencer.deliveries}. */
    public Builder withoutOutcomeLog() {
      return settings(settings.withoutOutcomeLog());
    }

    private Builder settings(SequencerConfig.Settings newSettings) {
      settings = newSettings;
      return this;
    }

    private static Duration checkTime(String what, Duration time) {
      if (time.compareTo(Duration.ofMillis(10)) < 0 || time.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException(
            what + " must be between 10 ms and 1 hour, but is " + time);
      }
      return time;
    }

    /**
     * Gives the engine, not started.
     *
     * @throws IllegalStateException when no engine or more than one is on the class path
     * @throws DefinitionException when mailboxes, sequences and transports do not fit together
     */
    public Sequencer build() {
      SequencerProvider provider = Providers.one(SequencerProvider.class, "sequencer-core");
      return provider.create(
          new SequencerConfig(
              store,
              new SequencerConfig.MailParts(transports, credentials, templates, renderer, models),
              sequences,
              mailboxes,
              new SequencerConfig.Time(clock, zone),
              node,
              listeners,
              settings));
    }
  }
}
