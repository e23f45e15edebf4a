package dev.sequencer.cli;

import dev.sequencer.Sequencer;

/** Refuses names that the store does not know, where a list would only be empty. */
final class Checks {
  private Checks() {}

  static void mailbox(Sequencer sequencer, String address) {
    if (sequencer.mailboxes().find(address).isEmpty()) {
      throw new Refused(
          "there is no mailbox '" + address + "' in the store: 'status' lists those there are");
    }
  }
}
