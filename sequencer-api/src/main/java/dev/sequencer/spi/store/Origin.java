package dev.sequencer.spi.store;

import java.time.Instant;
import java.util.Objects;

/**
 * What never changes of an enrollment, except its version by a migration.
 *
 * @param tenant the tenant
 * @param sequence the document id of the sequence
 * @param version the document id of the version it runs on
 * @param contact the number of the contact in the store
 * @param run the run key
 * @param enrolledAt when it was enrolled
 */
public record Origin(
    String tenant, int sequence, int version, long contact, String run, Instant enrolledAt) {
  /** Checks that nothing is missing. */
  public Origin {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(enrolledAt, "enrolledAt");
  }
}
