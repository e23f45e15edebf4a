package dev.sequencer.internal.operations;

import dev.sequencer.internal.catalog.Catalog;
import dev.sequencer.internal.catalog.SequenceInfo;
import dev.sequencer.internal.dispatch.Parts;
import dev.sequencer.internal.dispatch.Planner;
import dev.sequencer.internal.mail.MessageIds;
import dev.sequencer.internal.text.DidYouMean;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.StoreHandle;
import java.time.Instant;
import java.util.Optional;

/**
 * What every operation works with.
 *
 * @param parts the engine's parts
 * @param store where it writes: the engine's handle, or one that joined a host's transaction
 * @param tenant the tenant
 * @param signal tells the engine of this process that there may be work
 * @param keys makes keys for sends that have none
 * @param carried the entry of the inbox that is carried out
 */
public record Context(
    Parts parts,
    StoreHandle store,
    String tenant,
    Runnable signal,
    SendKeys keys,
    Carried carried) {

  /** Makes the context of a host's operations. */
  public Context(Parts parts, StoreHandle store, String tenant, Runnable signal, SendKeys keys) {
    this(parts, store, tenant, signal, keys, Carried.NOTHING);
  }

  Catalog catalog() {
    return parts.catalog();
  }

  Planner planner() {
    return parts.planner();
  }

  Instant now() {
    return parts.store().now();
  }

  /** Gives the delivery that a Message-ID of ours names; a mail for trying has none. */
  Optional<MessageIds.Decoded> decoded(String messageId) {
    return parts.ids().decode(messageId).filter(ours -> ours.enrollment() > 0 && ours.step() > 0);
  }

  Context tenant(String name) {
    return new Context(parts, store, name, signal, keys, carried);
  }

  Context joined(StoreHandle handle) {
    return new Context(parts, handle, tenant, signal, keys, carried);
  }

  Context carrying(Carried entry) {
    return new Context(parts, store, tenant, signal, keys, entry);
  }

  /** Carries out a call; the first one takes the entry of the inbox out that it belongs to. */
  SteerCall.Answer steer(SteerCall call) {
    return store.steer(carried.by(call));
  }

  /**
   * Gives a sequence by name, as it is defined now.
   *
   * @throws IllegalArgumentException when there is none
   */
  SequenceInfo sequence(String name) {
    Optional<SequenceInfo> info = catalog().refresh().sequence(tenant, name);
    return info.orElseThrow(
        () ->
            new IllegalArgumentException(
                "there is no sequence '"
                    + name
                    + "'"
                    + DidYouMean.among(
                            name,
                            catalog().snapshot().sequences().stream()
                                .filter(s -> s.tenant().equals(tenant))
                                .map(SequenceInfo::name)
                                .toList())
                        .map(known -> ": did you mean '" + known + "'?")
                        .orElse(": publish it first")));
  }
}
