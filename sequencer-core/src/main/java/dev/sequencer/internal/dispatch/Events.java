package dev.sequencer.internal.dispatch;

import dev.sequencer.SequencerEvent;
import dev.sequencer.SequencerEvent.AboutDelivery;
import dev.sequencer.SequencerEvent.DeliveryRef;
import dev.sequencer.SequencerListener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners and the log what happened, after it was written. What a listener throws is logged
 * with its name; the others hear the event all the same.
 */
public final class Events {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sequencer");
  private static final Logger DELIVERIES = LoggerFactory.getLogger("dev.sequencer.deliveries");

  private final List<SequencerListener> listeners;
  private final boolean logOutcomes;

  /** Makes one for the listeners of a host. */
  public Events(List<SequencerListener> listeners, boolean logOutcomes) {
    this.listeners = List.copyOf(listeners);
    this.logOutcomes = logOutcomes;
  }

  /** Tells some events in order. */
  public void tell(List<SequencerEvent> events) {
    events.forEach(this::tell);
  }

  /** Tells one event. */
  public void tell(SequencerEvent event) {
    log(event);
    for (SequencerListener listener : listeners) {
      try {
        listener.on(event);
      } catch (RuntimeException | Error e) {
        LOG.warn(
            "the listener {} threw {} on {}; the event is written and the others hear it",
            listener.getClass().getName(),
            e.getClass().getName(),
            event.getClass().getSimpleName());
        LOG.debug("what the listener threw", e);
      }
    }
  }

  private void log(SequencerEvent event) {
    if (event instanceof AboutDelivery about) {
      if (logOutcomes) {
        outcome(about);
      }
      if (event instanceof SequencerEvent.MailInDoubt doubt) {
        LOG.warn(
            "the outcome of delivery {} is unknown; policy {}",
            doubt.delivery().id(),
            doubt.policy());
      }
      if (event instanceof SequencerEvent.LateReceipt late) {
        LOG.warn(
            "attempt {} of delivery {} reports '{}' after it was decided; nothing was changed, check"
                + " whether the contact got it twice",
            late.delivery().attempt(),
            late.delivery().id(),
            late.outcome());
      }
    } else if (event instanceof SequencerEvent.StoreWentBack back) {
      LOG.error(
          "the store went back: it knows begins up to {}, this node up to {}; nothing is sent until"
              + " acceptHistory(from) is called",
          back.lostFrom().map(Object::toString).orElse("none"),
          back.lostTo());
    } else if (event instanceof SequencerEvent.MailboxResting resting) {
      LOG.warn(
          "a mailbox of tenant '{}' rests, {}, until {}",
          resting.tenant(),
          resting.reason(),
          resting.until().map(Object::toString).orElse("it is reconnected"));
    } else {
      LOG.debug("{}", event);
    }
  }

  private static void outcome(AboutDelivery event) {
    DeliveryRef ref = event.delivery();
    DELIVERIES.info(
        "{} delivery={} attempt={} sequence={} step={}",
        name(event),
        ref.id(),
        ref.attempt(),
        ref.sequence(),
        ref.step());
  }

  private static String name(AboutDelivery event) {
    if (event instanceof SequencerEvent.MailSent) {
      return "sent";
    }
    if (event instanceof SequencerEvent.MailFailed) {
      return "failed";
    }
    if (event instanceof SequencerEvent.MailSkipped) {
      return "skipped";
    }
    if (event instanceof SequencerEvent.MailDeferred) {
      return "deferred";
    }
    return event instanceof SequencerEvent.MailInDoubt ? "in-doubt" : "late-receipt";
  }
}
