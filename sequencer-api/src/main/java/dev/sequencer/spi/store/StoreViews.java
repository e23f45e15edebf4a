package dev.sequencer.spi.store;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What people look at. Reads only; pages are ordered by number and begin after one. Empty filters
 * match everything.
 */
public interface StoreViews {
  /** Gives enrollments by enrollment number. */
  List<Work> enrollments(EnrollmentFilter filter, long after, int limit);

  /** Gives deliveries by enrollment and step, those after a pair. */
  List<Delivery> deliveries(DeliveryFilter filter, long afterEnrollment, int afterStep, int limit);

  /**
   * Finds the delivery with an actual Message-ID that a provider gave, in any case of its ASCII
   * letters.
   */
  Optional<Delivery> byActualMessageId(String messageId);

  /** Gives the log by position; of one enrollment when its number is greater than zero. */
  List<LogEntry> log(String tenant, long enrollment, long after, int limit);

  /**
   * Gives the log of all tenants to whoever follows it from its beginning: the lines behind the one
   * with a position, in an order in which no line ever comes before one that was given. Lines of
   * transactions that run, or that began after one which still runs, are given later (KERNEL K22),
   * so positions need not be sorted.
   *
   * @param after the position of the last line that was given; 0 for none
   */
  List<LogEntry> follow(long after, int limit);

  /** Finds a contact by the host's id. */
  Optional<StoredContact> contactById(String tenant, String id);

  /** Finds contacts by normalised address, the one known longest first. */
  List<StoredContact> contactsByAddress(String tenant, String normalized);

  /** Gives contacts by number. */
  List<StoredContact> contacts(java.util.Collection<Long> numbers);

  /**
   * Gives suppressions of a tenant, by target and sequence, those after a target. A page goes on to
   * the end of its last target, so it may be longer than the limit.
   */
  List<Suppression> suppressions(String tenant, String afterTarget, int limit);

  /** Gives those that match an address or its domain. */
  List<Suppression> suppressionsOf(String tenant, String normalized);

  /** Gives a ledger; a fresh one when it is unknown. */
  Ledger ledger(LedgerKey key);

  /** Gives the instant at which the n-th newest mail of a mailbox left, as begin counts. */
  Optional<Instant> nthNewest(int mailbox, int n);

  /** Gives how many enrollments of a sequence are in each state. */
  List<StateCount> states(int sequence);

  /** Gives how many deliveries of a sequence have each outcome, by step. */
  List<OutcomeCount> outcomes(int sequence);

  /** Gives the earliest due of each lane among the rows that may be claimed once due. */
  List<ClaimCall.LaneHead> heads();

  /** Gives the rows of a lane that may be claimed once due, the earliest due first. */
  List<Work> firstOf(Lane lane, int limit);

  /** Gives how many enrollments of a filter are SENDING, ended ones too. */
  int inFlight(EnrollmentFilter filter);

  /**
   * Which enrollments.
   *
   * @param tenant their tenant
   * @param sequence document id of their sequence
   * @param status their status
   * @param phase their phase
   * @param contact number of their contact
   * @param mailbox document id of the mailbox they are bound to
   */
  record EnrollmentFilter(
      Optional<String> tenant,
      OptionalInt sequence,
      Optional<EnrollmentStatus> status,
      Optional<EnrollmentPhase> phase,
      OptionalLong contact,
      OptionalInt mailbox) {
    /** Checks that nothing is missing. */
    public EnrollmentFilter {
      Objects.requireNonNull(tenant, "tenant");
      Objects.requireNonNull(sequence, "sequence");
      Objects.requireNonNull(status, "status");
      Objects.requireNonNull(phase, "phase");
      Objects.requireNonNull(contact, "contact");
      Objects.requireNonNull(mailbox, "mailbox");
    }
  }

  /**
   * Which deliveries.
   *
   * @param enrollments the enrollments they belong to; only tenant, sequence, contact count
   * @param status their outcome
   * @param mailbox document id of their mailbox
   * @param before recorded before this instant
   */
  record DeliveryFilter(
      EnrollmentFilter enrollments,
      Optional<DeliveryStatus> status,
      OptionalInt mailbox,
      Optional<Instant> before) {
    /** Checks that nothing is missing. */
    public DeliveryFilter {
      Objects.requireNonNull(enrollments, "enrollments");
      Objects.requireNonNull(status, "status");
      Objects.requireNonNull(mailbox, "mailbox");
      Objects.requireNonNull(before, "before");
    }
  }

  /**
   * A count of enrollments.
   *
   * @param state status, phase and ending; the reason is empty
   * @param count how many
   */
  record StateCount(State state, long count) {}

  /**
   * A count of deliveries.
   *
   * @param step the step's number
   * @param status the outcome
   * @param count how many
   */
  record OutcomeCount(int step, DeliveryStatus status, long count) {}
}
