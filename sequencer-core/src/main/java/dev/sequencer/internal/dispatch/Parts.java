package dev.sequencer.internal.dispatch;

import dev.sequencer.SequencerConfig;
import dev.sequencer.internal.catalog.Catalog;
import dev.sequencer.internal.mail.MailComposer;
import dev.sequencer.internal.mail.MessageIds;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.store.StoreHandle;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What the machine is made of.
 *
 * @param store the store
 * @param catalog its definitions
 * @param planner decides where enrollments go
 * @param composer makes mails
 * @param ids makes Message-IDs
 * @param config what the host described
 * @param events tells listeners
 * @param nanos a monotonic reading; constant on a virtual clock
 */
public record Parts(
    StoreHandle store,
    Catalog catalog,
    Planner planner,
    MailComposer composer,
    MessageIds ids,
    SequencerConfig config,
    Events events,
    LongSupplier nanos) {

  /** Gives the transport of a name; the only one for an empty name. */
  public Optional<MailTransport> transport(String name) {
    Map<String, MailTransport> transports = config.mail().transports();
    if (name.isEmpty() && transports.size() == 1) {
      return transports.values().stream().findFirst();
    }
    return Optional.ofNullable(transports.get(name));
  }
}
