package dev.sequencer.internal.dispatch;

import dev.sequencer.SequencerEvent.DeliveryRef;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A mail that is ready to begin.
 *
 * @param item the claimed row
 * @param mailbox the mailbox that sends it
 * @param transport its transport
 * @param mail the finished mail; its date is set when it begins
 * @param kept what is kept of it: subject, template, hash, size
 * @param until when the claim on it expires
 */
record Prepared(
    Item item,
    MailboxInfo mailbox,
    MailTransport transport,
    OutgoingMail mail,
    Map<String, Object> kept,
    Instant until) {

  Work work() {
    return item.work();
  }

  DeliveryRef ref(int attempt) {
    return item.ref(Optional.of(mailbox.address()), attempt);
  }

  Prepared mail(OutgoingMail newMail) {
    return new Prepared(item, mailbox, transport, newMail, kept, until);
  }
}
