package dev.sequencer;

import dev.sequencer.MailboxLimits.Counting;
import dev.sequencer.MailboxLimits.Spread;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * A sender: its address, its transport, a reference to its credential, and what it may send when.
 * Immutable; each method gives a new one.
 *
 * <p>Defaults: no credential, no limits, hours as the windows of the sequences that use it, the
 * engine's zone, one mail at a time where it has a gap, a pace or an hourly quota, else 4.
 */
public final class Mailbox {
  private final EmailAddress address;
  private final String transport;
  private final Optional<String> credentials;
  private final MailboxLimits limits;
  private final Optional<SendWindow> hours;
  private final Optional<ZoneId> zone;
  private final int concurrency;

  private Mailbox(
      EmailAddress address,
      String transport,
      Optional<String> credentials,
      MailboxLimits limits,
      Optional<SendWindow> hours,
      Optional<ZoneId> zone,
      int concurrency) {
    this.address = address;
    this.transport = transport;
    this.credentials = credentials;
    this.limits = limits;
    this.hours = hours;
    this.zone = zone;
    this.concurrency = concurrency;
  }

  /**
   * Gives a mailbox with an address, with or without display name.
   *
   * @throws IllegalArgumentException when it is no address
   */
  public static Mailbox of(String address) {
    return new Mailbox(
        EmailAddress.of(address),
        "",
        Optional.empty(),
        MailboxLimits.NONE,
        Optional.empty(),
        Optional.empty(),
        4);
  }

  /** Gives a mailbox of a consumer account of Gmail: 500 in any 24 hours, 4 seconds apart. */
  public static Mailbox gmail(String address) {
    return of(address).perDay(500).rollingDay().minGap(Duration.ofSeconds(4));
  }

  /** Gives a mailbox of Google Workspace: 2,000 in any 24 hours, 4 seconds apart. */
  public static Mailbox googleWorkspace(String address) {
    return of(address).perDay(2000).rollingDay().minGap(Duration.ofSeconds(4));
  }

  /** Gives the same, sending through the transport of that name. */
  public Mailbox via(String transportName) {
    return new Mailbox(
        address, requireName(transportName), credentials, limits, hours, zone, concurrency);
  }

  private static String requireName(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the name of a transport must not be blank");
    }
    return name;
  }

  /** Gives the same with the display name that recipients see. */
  public Mailbox name(String displayName) {
    return new Mailbox(
        address.named(displayName), transport, credentials, limits, hours, zone, concurrency);
  }

  /** Gives the same with a reference under which the credential store knows its credential. */
  public Mailbox credentials(String reference) {
    return new Mailbox(
        address, transport, Optional.of(reference), limits, hours, zone, concurrency);
  }

  /**
   * Gives the same with a quota a day.
   *
   * @throws TimeRuleException with INVALID_QUOTA when it is not positive
   */
  public Mailbox perDay(int mails) {
    return limits(limits.perDay(mails));
  }

  /**
   * Gives the same with a quota an hour.
   *
   * @throws TimeRuleException with INVALID_QUOTA when it is not positive
   */
  public Mailbox perHour(int mails) {
    return limits(limits.perHour(mails));
  }

  /** Gives the same with the daily quota counted over any 24 hours. */
  public Mailbox rollingDay() {
    return limits(limits.day(Counting.ROLLING));
  }

  /** Gives the same with the hourly quota counted over any 60 minutes. */
  public Mailbox rollingHour() {
    return limits(limits.hour(Counting.ROLLING));
  }

  /**
   * Gives the same with a least time between two mails, to the millisecond.
   *
   * @throws IllegalArgumentException when it is not between 1 ms and 24 hours
   */
  public Mailbox minGap(Duration gap) {
    return limits(limits.minGap(gap));
  }

  /** Gives the same with the day's quota spread evenly over its hours. */
  public Mailbox evenly() {
    return spread(Spread.EVENLY);
  }

  /** Gives the same spread evenly, each slot moved forward by a hash of mailbox, day and slot. */
  public Mailbox evenlyWithJitter() {
    return spread(Spread.EVENLY_WITH_JITTER);
  }

  private Mailbox spread(Spread spread) {
    return limits(limits.spread(spread));
  }

  /**
   * Gives the same with a warm-up.
   *
   * @param start mails on the first day on which one leaves
   * @param step more on each further one
   * @param upTo the most
   * @throws TimeRuleException with INVALID_QUOTA when one is not positive or start is above upTo
   */
  public Mailbox rampUp(int start, int step, int upTo) {
    return limits(limits.rampUp(new RampUp(start, step, upTo)));
  }

  /** Gives the same with other limits. */
  public Mailbox limits(MailboxLimits newLimits) {
    return new Mailbox(address, transport, credentials, newLimits, hours, zone, concurrency);
  }

  /** Gives the same with hours of its own, read in its zone. */
  public Mailbox hours(SendWindow window) {
    return new Mailbox(
        address, transport, credentials, limits, Optional.of(window), zone, concurrency);
  }

  /**
   * Gives the same in a zone.
   *
   * @throws TimeRuleException with INVALID_ZONE
   */
  public Mailbox zone(String id) {
    return new Mailbox(
        address, transport, credentials, limits, hours, Optional.of(Zones.of(id)), concurrency);
  }

  /**
   * Gives the same with at most that many mails at a time.
   *
   * @throws IllegalArgumentException when it is not between 1 and 100
   */
  public Mailbox concurrency(int mails) {
    if (mails < 1 || mails > 100) {
      throw new IllegalArgumentException(
          "the mails that a mailbox sends at a time must be between 1 and 100, but are " + mails);
    }
    return new Mailbox(address, transport, credentials, limits, hours, zone, mails);
  }

  /** Gives the address. */
  public EmailAddress address() {
    return address;
  }

  /** Gives the name of its transport; empty when none was named: the only one, then. */
  public String transport() {
    return transport;
  }

  /** Gives the reference of its credential. */
  public Optional<String> credentials() {
    return credentials;
  }

  /** Gives its limits. */
  public MailboxLimits limits() {
    return limits;
  }

  /** Gives its own hours. */
  public Optional<SendWindow> hours() {
    return hours;
  }

  /** Gives its zone. */
  public Optional<ZoneId> zone() {
    return zone;
  }

  /** Gives how many mails it sends at a time at the most. */
  public int concurrency() {
    return concurrency;
  }

  /** Says whether it must send one mail at a time: gap, slots or an hourly quota. */
  public boolean oneAtATime() {
    return !limits.minGap().isZero() || limits.evenly() || limits.perHour().isPresent();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mailbox that
        && address.equals(that.address)
        && transport.equals(that.transport)
        && credentials.equals(that.credentials)
        && limits.equals(that.limits)
        && hours.equals(that.hours)
        && zone.equals(that.zone)
        && concurrency == that.concurrency;
  }

  @Override
  public int hashCode() {
    return Objects.hash(address, transport, credentials, limits, hours, zone, concurrency);
  }

  /** Gives the address and transport. */
  @Override
  public String toString() {
    return "Mailbox[" + address.address() + (transport.isEmpty() ? "" : " via " + transport) + "]";
  }
}
