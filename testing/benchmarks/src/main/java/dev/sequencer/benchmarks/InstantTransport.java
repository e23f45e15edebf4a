package dev.sequencer.benchmarks;

import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.Permit;
import dev.sequencer.spi.Receipt;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.TransportLimits;
import java.time.Duration;
import java.util.function.Consumer;

/** Accepts at once whatever its permit lets through. Safe for use by several threads. */
final class InstantTransport implements MailTransport {
  private static final TransportLimits LIMITS =
      TransportLimits.of(Duration.ofMinutes(2), Duration.ofMinutes(10));

  private final Consumer<OutgoingMail> accepted;

  InstantTransport(Consumer<OutgoingMail> accepted) {
    this.accepted = accepted;
  }

  @Override
  public TransportLimits limits() {
    return LIMITS;
  }

  @Override
  public SendResult send(OutgoingMail mail, Permit permit) {
    if (!permit.check()) {
      return SendResult.notHandedOver("permit expired");
    }
    accepted.accept(mail);
    return SendResult.sent(Receipt.PLAIN);
  }
}
