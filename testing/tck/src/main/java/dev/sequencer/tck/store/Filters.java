package dev.sequencer.tck.store;

import dev.sequencer.DeliveryStatus;
import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.spi.store.StoreViews.DeliveryFilter;
import dev.sequencer.spi.store.StoreViews.EnrollmentFilter;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Filters of views that ask for one thing. */
public final class Filters {
  private Filters() {}

  /** Gives one that everything passes. */
  public static EnrollmentFilter any() {
    return filter(Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), OptionalInt.empty());
  }

  /** Gives one for a tenant. */
  public static EnrollmentFilter tenant(String tenant) {
    return filter(
        Optional.of(tenant), OptionalInt.empty(), OptionalLong.empty(), OptionalInt.empty());
  }

  /** Gives one for a sequence. */
  public static EnrollmentFilter sequence(int sequence) {
    return filter(
        Optional.empty(), OptionalInt.of(sequence), OptionalLong.empty(), OptionalInt.empty());
  }

  /** Gives one for a contact. */
  public static EnrollmentFilter contact(long contact) {
    return filter(
        Optional.empty(), OptionalInt.empty(), OptionalLong.of(contact), OptionalInt.empty());
  }

  /** Gives one for a mailbox. */
  public static EnrollmentFilter mailbox(int mailbox) {
    return filter(
        Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), OptionalInt.of(mailbox));
  }

  /** Gives one for a status. */
  public static EnrollmentFilter status(EnrollmentStatus status) {
    return new EnrollmentFilter(
        Optional.empty(),
        OptionalInt.empty(),
        Optional.of(status),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalInt.empty());
  }

  /** Gives one for a phase. */
  public static EnrollmentFilter phase(EnrollmentPhase phase) {
    return new EnrollmentFilter(
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.of(phase),
        OptionalLong.empty(),
        OptionalInt.empty());
  }

  private static EnrollmentFilter filter(
      Optional<String> tenant, OptionalInt sequence, OptionalLong contact, OptionalInt mailbox) {
    return new EnrollmentFilter(
        tenant, sequence, Optional.empty(), Optional.empty(), contact, mailbox);
  }

  /** Gives one that all deliveries pass. */
  public static DeliveryFilter deliveries() {
    return deliveries(any());
  }

  /** Gives one for deliveries of enrollments. */
  public static DeliveryFilter deliveries(EnrollmentFilter enrollments) {
    return new DeliveryFilter(enrollments, Optional.empty(), OptionalInt.empty(), Optional.empty());
  }

  /** Gives one for deliveries with an outcome. */
  public static DeliveryFilter deliveries(DeliveryStatus status) {
    return new DeliveryFilter(any(), Optional.of(status), OptionalInt.empty(), Optional.empty());
  }

  /** Gives one for deliveries from a mailbox. */
  public static DeliveryFilter deliveriesOfMailbox(int mailbox) {
    return new DeliveryFilter(any(), Optional.empty(), OptionalInt.of(mailbox), Optional.empty());
  }

  /** Gives one for deliveries that were recorded before an instant. */
  public static DeliveryFilter deliveriesBefore(Instant before) {
    return new DeliveryFilter(any(), Optional.empty(), OptionalInt.empty(), Optional.of(before));
  }
}
