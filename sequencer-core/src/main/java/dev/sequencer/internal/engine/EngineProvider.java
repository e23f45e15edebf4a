package dev.sequencer.internal.engine;

import dev.sequencer.DefinitionException;
import dev.sequencer.Problem;
import dev.sequencer.Sequencer;
import dev.sequencer.SequencerConfig;
import dev.sequencer.inmemory.InMemoryStore;
import dev.sequencer.internal.catalog.Catalog;
import dev.sequencer.internal.catalog.MailboxKeeper;
import dev.sequencer.internal.catalog.Publisher;
import dev.sequencer.internal.dispatch.Events;
import dev.sequencer.internal.dispatch.Parts;
import dev.sequencer.internal.dispatch.Planner;
import dev.sequencer.internal.dispatch.Workers;
import dev.sequencer.internal.mail.MailComposer;
import dev.sequencer.internal.mail.MessageIds;
import dev.sequencer.internal.mail.MustacheRenderer;
import dev.sequencer.internal.operations.Context;
import dev.sequencer.internal.operations.Inbox;
import dev.sequencer.internal.operations.Operations;
import dev.sequencer.internal.operations.SendKeys;
import dev.sequencer.spi.MailRenderer;
import dev.sequencer.spi.SequencerProvider;
import dev.sequencer.spi.VirtualClock;
import dev.sequencer.spi.store.Store;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Makes engines; found through {@link java.util.ServiceLoader}. */
public final class EngineProvider implements SequencerProvider {
  private final Supplier<Workers> passWorkers;

  /** Made by {@link java.util.ServiceLoader}. */
  public EngineProvider() {
    this(Workers::onCallersThread);
  }

  /**
   * Makes engines whose {@code runDue} hands mails to other workers than the caller's thread, so
   * that a virtual clock can drive what {@code start} does: passes go on while mails are sent.
   *
   * @param passWorkers gives the workers of each engine
   */
  public EngineProvider(Supplier<Workers> passWorkers) {
    this.passWorkers = passWorkers;
  }

  @Override
  public Sequencer create(SequencerConfig config) {
    String node = config.node().orElseGet(EngineProvider::ownName);
    Store store = config.store().orElseGet(InMemoryStore::create);
    StoreHandle handle = store.open(new StoreSetup(config.time().clock(), node));
    try {
      return create(config, handle, node);
    } catch (RuntimeException e) {
      handle.close();
      throw e;
    }
  }

  private Sequencer create(SequencerConfig config, StoreHandle handle, String node) {
    Catalog catalog = new Catalog(handle, config.time().defaultZone());
    MailRenderer renderer = config.mail().renderer().orElseGet(MustacheRenderer::new);
    boolean virtual = config.time().clock() instanceof VirtualClock;
    Parts parts =
        new Parts(
            handle,
            catalog,
            new Planner(catalog),
            new MailComposer(config.mail().templates(), renderer),
            MessageIds.with(handle.messageKey()),
            config,
            new Events(config.listeners(), config.settings().logOutcomes()),
            virtual ? () -> 0L : Monotonic::nanos);
    MailboxKeeper keeper = new MailboxKeeper(catalog, handle, config.mail().transports().keySet());
    SequenceCheck check =
        new SequenceCheck(catalog, config.mail().templates(), renderer, handle::now);
    Publisher publisher = new Publisher(catalog, handle, check::problems);
    checkDeclared(config, keeper, check);
    Signal signal = new Signal();
    Context context = new Context(parts, handle, "", signal, new SendKeys(node));
    Operations operations = new Operations(context, publisher, keeper);
    return new Engine(
        config,
        parts,
        publisher,
        keeper,
        signal,
        operations,
        new Inbox(context),
        new Nodes(handle, node),
        passWorkers.get());
  }

  /** Refuses what is declared and does not fit together, all at once, before anything is saved. */
  private static void checkDeclared(
      SequencerConfig config, MailboxKeeper keeper, SequenceCheck check) {
    List<Problem> faults = new ArrayList<>();
    config.mailboxes().forEach(mailbox -> faults.addAll(keeper.check(mailbox)));
    config
        .sequences()
        .forEach(
            sequence ->
                check.problems("", sequence, config.mailboxes()).stream()
                    .filter(problem -> problem.severity() == Problem.Severity.FAULT)
                    .map(
                        problem ->
                            Problem.fault(
                                "sequences." + sequence.name() + "." + problem.place(),
                                problem.message()))
                    .forEach(faults::add));
    if (!faults.isEmpty()) {
      throw new DefinitionException("the configuration", faults);
    }
  }

  private static String ownName() {
    // Process id and host: two nodes of one store must not share a name.
    return ManagementFactory.getRuntimeMXBean().getName();
  }
}
