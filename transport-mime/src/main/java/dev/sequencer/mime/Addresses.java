package dev.sequencer.mime;

import dev.sequencer.EmailAddress;

/** Addresses as they go over the wire. */
final class Addresses {
  private Addresses() {}

  /** Gives the local part as it was written with the domain in ASCII (RFC 5890). */
  static String spec(EmailAddress address) {
    return address.localPart() + "@" + address.domain();
  }

  /** Says whether the local part is beyond ASCII, which takes SMTPUTF8 (RFC 6531). */
  static boolean needsUtf8(EmailAddress address) {
    return address.localPart().chars().anyMatch(c -> c > 126);
  }
}
