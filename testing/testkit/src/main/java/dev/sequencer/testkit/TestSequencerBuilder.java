package dev.sequencer.testkit;

import dev.sequencer.Mailbox;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.SequencerListener;
import dev.sequencer.Zones;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.TemplateSource;
import dev.sequencer.spi.store.MemoryStoreProvider;
import dev.sequencer.spi.store.Store;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Describes an engine for a test. Not thread-safe; used once. */
public final class TestSequencerBuilder {
  /** Where the clock stands without a word: Monday 2026-06-01 08:00 UTC. */
  public static final String DEFAULT_START = "2026-06-01T08:00:00Z";

  /** The engine's zone without a word. */
  public static final String DEFAULT_ZONE = "UTC";

  /** The mailbox without a word; it has no limits. */
  public static final String DEFAULT_MAILBOX = "sender@example.com";

  /** The name of the fake transport for mailboxes that name none. */
  public static final String FAKE = "fake";

  private Optional<ManualClock> clock = Optional.empty();
  private String zone = DEFAULT_ZONE;
  private Optional<Store> store = Optional.empty();
  private TemplateSource templates = new GeneratedTemplates();
  private final List<Mailbox> mailboxes = new ArrayList<>();
  private final List<Sequence> sequences = new ArrayList<>();
  private final Set<String> transportNames = new LinkedHashSet<>();
  private FakeTransport fake = FakeTransport.create();
  private Optional<MailTransport> staged = Optional.empty();
  private Consumer<Sequencer.Builder> customizer = builder -> {};
  private int mostPasses = 10_000;

  TestSequencerBuilder() {}

  /**
   * Lets the clock stand at an instant such as {@code 2026-06-01T08:00:00Z}.
   *
   * @throws IllegalArgumentException when it is no instant or finer than milliseconds
   */
  public TestSequencerBuilder startingAt(String instant) {
    return clock(ManualClock.at(instant));
  }

  /**
   * Lets the clock stand at an instant.
   *
   * @throws IllegalArgumentException when it is finer than milliseconds
   */
  public TestSequencerBuilder startingAt(Instant instant) {
    return clock(ManualClock.at(instant));
  }

  /** Takes a clock of the test, which other engines may share. */
  public TestSequencerBuilder clock(ManualClock newClock) {
    clock = Optional.of(newClock);
    return this;
  }

  /**
   * Sets the engine's zone.
   *
   * @throws dev.sequencer.TimeRuleException with INVALID_ZONE
   */
  public TestSequencerBuilder zone(String id) {
    zone = Zones.of(id).getId();
    return this;
  }

  /** Keeps everything in a store; without one, in memory. */
  public TestSequencerBuilder store(Store newStore) {
    store = Optional.of(newStore);
    return this;
  }

  /**
   * Declares a mailbox, in place of {@code sender@example.com}. The fake transport answers to every
   * transport name that a mailbox gives, so those of production can be taken as they are.
   */
  public TestSequencerBuilder mailbox(Mailbox mailbox) {
    mailboxes.add(mailbox);
    return this;
  }

  /** Declares a sequence. */
  public TestSequencerBuilder sequence(Sequence sequence) {
    sequences.add(sequence);
    return this;
  }

  /** Takes templates and files from a source in place of the generated ones. */
  public TestSequencerBuilder templates(TemplateSource source) {
    templates = source;
    return this;
  }

  /**
   * Lets the fake transport answer to a further name, for mailboxes that are saved during the test.
   */
  public TestSequencerBuilder transportName(String name) {
    transportNames.add(name);
    return this;
  }

  /** Takes a fake transport of the test, which other engines may share. */
  public TestSequencerBuilder transport(FakeTransport transport) {
    fake = transport;
    staged = Optional.empty();
    return this;
  }

  /** Takes a fake transport with drafts; {@link TestSequencer#transport} is its sending half. */
  public TestSequencerBuilder transport(StagedFakeTransport transport) {
    fake = transport.sends();
    staged = Optional.of(transport);
    return this;
  }

  /**
   * Says the rest on the builder of the engine itself: credentials, models, listeners, workers,
   * policies. Runs for each engine, so again after a restart.
   */
  public TestSequencerBuilder engine(Consumer<Sequencer.Builder> more) {
    customizer = customizer.andThen(more);
    return this;
  }

  /**
   * Sets how many passes at one instant are a fault, 10,000 by default.
   *
   * @throws IllegalArgumentException when it is not positive
   */
  public TestSequencerBuilder mostPasses(int passes) {
    if (passes <= 0) {
      throw new IllegalArgumentException(
          "the passes at one instant must be allowed to be 1 or more, but are " + passes);
    }
    mostPasses = passes;
    return this;
  }

  /**
   * Gives the engine.
   *
   * @throws IllegalStateException when no engine or more than one is on the class path
   * @throws dev.sequencer.DefinitionException when mailboxes, sequences and transports do not fit
   *     together
   */
  public TestSequencer build() {
    ManualClock itsClock = clock.orElseGet(() -> ManualClock.at(DEFAULT_START));
    fake.observe(itsClock);
    return new TestSequencer(this, store.orElseGet(TestSequencerBuilder::memory), itsClock);
  }

  private static Store memory() {
    return Stream.of(
            Sequencer.class.getClassLoader(), Thread.currentThread().getContextClassLoader())
        .flatMap(loader -> ServiceLoader.load(MemoryStoreProvider.class, loader).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no engine is on the class path: add the dependency sequencer-core"))
        .get()
        .create();
  }

  Sequencer newEngine(Store itsStore, ManualClock itsClock, SequencerListener listener) {
    Sequencer.Builder builder =
        Sequencer.builder()
            .store(itsStore)
            .clock(itsClock)
            .defaultZone(zone)
            .templates(templates)
            .node("test")
            .listener(listener);
    List<Mailbox> itsMailboxes =
        mailboxes.isEmpty() ? List.of(Mailbox.of(DEFAULT_MAILBOX).via(FAKE)) : mailboxes;
    itsMailboxes.forEach(builder::mailbox);
    names(itsMailboxes).forEach(name -> builder.transport(name, staged.orElse(fake)));
    sequences.forEach(builder::sequence);
    customizer.accept(builder);
    return builder.build();
  }

  /** Every name that is spoken of, and {@link #FAKE} where a mailbox names none. */
  private Set<String> names(List<Mailbox> itsMailboxes) {
    Set<String> names = new LinkedHashSet<>(transportNames);
    itsMailboxes.stream()
        .map(Mailbox::transport)
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
    if (names.isEmpty()) {
      names.add(FAKE);
    }
    return names;
  }

  FakeTransport fake() {
    return fake;
  }

  ZoneId zone() {
    return ZoneId.of(zone);
  }

  int mostPasses() {
    return mostPasses;
  }
}
