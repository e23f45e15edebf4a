package dev.sequencer.internal.dispatch;

import dev.sequencer.RunScope;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.internal.catalog.SequenceInfo;

/** Which part of the work a pass may touch. */
record Scope(RunScope run) {

  boolean includes(SequenceInfo info) {
    return run.tenant().map(info.tenant()::equals).orElse(true)
        && run.sequence().map(info.name()::equals).orElse(true);
  }

  boolean includes(MailboxInfo info) {
    return run.tenant().map(info.tenant()::equals).orElse(true)
        && run.mailbox()
            .map(address -> address.normalized().equals(info.mailbox().address().normalized()))
            .orElse(true);
  }

  /** Says whether rows without a mailbox may be walked on. */
  boolean includesControl() {
    return run.mailbox().isEmpty();
  }
}
