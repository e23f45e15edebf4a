package dev.sequencer.spi.store;

import java.time.Instant;
import java.util.Objects;

/**
 * An address or domain that must not be mailed; unique by tenant, target and sequence.
 *
 * @param tenant the tenant
 * @param target a normalised address, or a domain when it has no {@code @}
 * @param sequence the document id of the sequence it holds for; 0 for all
 * @param blocks what it blocks
 * @param reason why, for people
 * @param at since when
 */
public record Suppression(
    String tenant, String target, int sequence, Blocks blocks, String reason, Instant at) {
  /** What a suppression blocks. */
  public enum Blocks {
    /** Every mail. */
    EVERYTHING,
    /** All but transactional mail. */
    ALL_BUT_TRANSACTIONAL
  }

  /** Checks that nothing is missing. */
  public Suppression {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(blocks, "blocks");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(at, "at");
  }

  /** Says whether it blocks a mail of a kind in a sequence, the target matching. */
  public boolean blocks(int ofSequence, boolean transactional) {
    return (sequence == 0 || sequence == ofSequence)
        && (blocks == Blocks.EVERYTHING || !transactional);
  }
}
