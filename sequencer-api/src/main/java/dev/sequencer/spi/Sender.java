package dev.sequencer.spi;

import dev.sequencer.EmailAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * The mailbox that a transport sends for. Two senders with the same {@link #key()} are the same
 * mailbox: connections are kept by it. Safe for use by several threads.
 */
public final class Sender {
  private final String tenant;
  private final EmailAddress address;
  private final Optional<String> reference;
  private final CredentialStore credentials;

  private Sender(
      String tenant,
      EmailAddress address,
      Optional<String> reference,
      CredentialStore credentials) {
    this.tenant = Objects.requireNonNull(tenant, "tenant");
    this.address = Objects.requireNonNull(address, "address");
    this.reference = Objects.requireNonNull(reference, "reference");
    this.credentials = Objects.requireNonNull(credentials, "credentials");
  }

  /** Gives the sender of a mailbox whose credential is looked up whenever it is needed. */
  public static Sender of(
      String tenant,
      EmailAddress address,
      Optional<String> reference,
      CredentialStore credentials) {
    return new Sender(tenant, address, reference, credentials);
  }

  /** Gives a sender without credentials and tenant. */
  public static Sender of(EmailAddress address) {
    return new Sender("", address, Optional.empty(), CredentialStore.none());
  }

  /** Gives the tenant, {@code ""} for hosts that have none. */
  public String tenant() {
    return tenant;
  }

  /** Gives the address and display name of the mailbox. */
  public EmailAddress address() {
    return address;
  }

  /** Gives what tells this mailbox from all others. */
  public String key() {
    return tenant + "|" + address.normalized();
  }

  /** Says whether the mailbox names a credential, whether or not it can be found. */
  public boolean needsCredential() {
    return reference.isPresent();
  }

  /** Looks the credential up; empty when the mailbox names none or the store has none. */
  public Optional<Credential> credential() {
    return reference.flatMap(name -> credentials.find(tenant, name));
  }

  /** Gives tenant and nothing else: addresses stay out of logs. */
  @Override
  public String toString() {
    return "Sender[tenant=" + tenant + "]";
  }
}
