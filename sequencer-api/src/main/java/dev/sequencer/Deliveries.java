package dev.sequencer;

import java.util.Optional;

/** What can be done with the deliveries of a tenant. Safe for use by several threads. */
public interface Deliveries {
  /** Gives one that has an outcome. */
  Optional<DeliveryView> find(DeliveryId id);

  /** Lists them by enrollment and step. */
  Page<DeliveryView> find(DeliveryQuery query);

  /** Gives the delivery with a Message-ID, requested or actual, with or without angle brackets. */
  Optional<DeliveryView> findByMessageId(String messageId);

  /** Cancels a delayed send; too late from begin on. */
  ActResult cancel(DeliveryId id);

  /** Cancels a delayed send; too late from begin on. */
  ActResult cancel(DeliveryId id, Act act);

  /** Decides a delivery in doubt. */
  default ActResult resolve(DeliveryId id, Resolution resolution, String why) {
    return resolve(id, resolution, Act.because(why));
  }

  /** Decides a delivery in doubt. */
  ActResult resolve(DeliveryId id, Resolution resolution, Act act);
}
