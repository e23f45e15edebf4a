package dev.sequencer.spi.store;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * An act or an event that concerns enrollments: in one transaction, find them, let a function
 * decide about each on the state as it is, write what it decided. Each row that is changed gets
 * {@code rev + 1}; a row for which the function gives nothing stays as it is.
 *
 * @param tenant the tenant
 * @param entry the entry of the inbox that it carries out and takes out of it; when that is not
 *     there any more, it was carried out before and nothing is changed; 0 for none
 * @param key makes it idempotent: a second call with the same key changes nothing; empty for none
 * @param target which enrollments
 * @param contact what it does to a contact first; found and updated as in {@link EnrollCall.Row},
 *     but for the revs, which the reaction raises
 * @param suppress suppressions to add; one of the same target and sequence is replaced only when
 *     the new one blocks more
 * @param unsuppress suppressions to take away, by target and sequence
 * @param log lines that belong to no enrollment
 * @param reaction decides about one enrollment; called inside the transaction, must be pure
 */
public record SteerCall(
    String tenant,
    long entry,
    String key,
    Target target,
    Optional<StoredContact> contact,
    List<Suppression> suppress,
    List<Suppression> unsuppress,
    List<LogEntry> log,
    Function<Subject, Optional<Transition>> reaction) {
  /** Copies the lists. */
  public SteerCall {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(contact, "contact");
    suppress = List.copyOf(suppress);
    unsuppress = List.copyOf(unsuppress);
    log = List.copyOf(log);
    Objects.requireNonNull(reaction, "reaction");
  }

  /** Gives a call that only lets a function decide about enrollments. */
  public static SteerCall of(
      String tenant, Target target, Function<Subject, Optional<Transition>> reaction) {
    return new SteerCall(
        tenant, 0, "", target, Optional.empty(), List.of(), List.of(), List.of(), reaction);
  }

  /** Gives the same, idempotent by a key. */
  public SteerCall key(String newKey) {
    return new SteerCall(
        tenant, entry, newKey, target, contact, suppress, unsuppress, log, reaction);
  }

  /** Gives the same, carrying out an entry of the inbox, which is taken out of it. */
  public SteerCall carryingOut(long number) {
    return new SteerCall(tenant, number, key, target, contact, suppress, unsuppress, log, reaction);
  }

  /** Gives the same, saving a contact first. */
  public SteerCall saving(StoredContact newContact) {
    return new SteerCall(
        tenant, entry, key, target, Optional.of(newContact), suppress, unsuppress, log, reaction);
  }

  /** Gives the same, adding and removing suppressions. */
  public SteerCall suppressing(List<Suppression> add, List<Suppression> remove) {
    return new SteerCall(tenant, entry, key, target, contact, add, remove, log, reaction);
  }

  /** Gives the same with lines that belong to no enrollment. */
  public SteerCall logging(List<LogEntry> entries) {
    return new SteerCall(
        tenant, entry, key, target, contact, suppress, unsuppress, entries, reaction);
  }

  /** Which enrollments; those of other tenants are never among them. */
  public sealed interface Target {
    /** No enrollment. */
    record Nobody() implements Target {}

    /**
     * Some by number, ended ones too.
     *
     * @param enrollments their numbers
     */
    record These(List<Long> enrollments) implements Target {
      /** Copies the list. */
      public These {
        enrollments = List.copyOf(enrollments);
      }
    }

    /**
     * All that are not ended of the contact with a host's id, or that the call saves.
     *
     * @param id the host's id
     */
    record OfContact(String id) implements Target {}

    /**
     * All that are not ended of contacts with an address.
     *
     * @param normalized the normalised address
     */
    record OfAddress(String normalized) implements Target {}

    /** All that are not ended of the contact that the call saves. */
    record OfSavedContact() implements Target {}

    /**
     * All that are not ended and bound to, or waiting in a lane of, a mailbox; a page of them.
     *
     * @param mailbox the document id
     * @param after the enrollment after which the page begins; 0 for the first
     * @param limit how many at the most
     */
    record OfMailbox(int mailbox, long after, int limit) implements Target {}

    /**
     * All that are not ended of a sequence; a page of them.
     *
     * @param sequence the document id
     * @param after the enrollment after which the page begins; 0 for the first
     * @param limit how many at the most
     */
    record OfSequence(int sequence, long after, int limit) implements Target {}
  }

  /**
   * What it did.
   *
   * @param repeated whether the key had been seen, or the entry carried out, before; then nothing
   *     was changed
   * @param before the enrollments that were found, as they were: those named one by one in the
   *     order of their names, all others by number
   * @param after those that were changed, as they are
   * @param contact the contact as saved
   * @param inFlight how many of those found are SENDING
   */
  public record Answer(
      boolean repeated,
      List<Subject> before,
      List<Work> after,
      Optional<StoredContact> contact,
      int inFlight) {
    /** Copies the lists. */
    public Answer {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }
}
