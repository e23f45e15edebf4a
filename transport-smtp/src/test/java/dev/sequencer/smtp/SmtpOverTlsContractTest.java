package dev.sequencer.smtp;

import dev.sequencer.tck.smtp.ScriptedSmtpServer;
import dev.sequencer.tck.transport.FarEnd;
import dev.sequencer.tck.transport.TransportContract;

/** The same over STARTTLS, where cuts and dots look different on the wire. */
class SmtpOverTlsContractTest extends TransportContract {
  @Override
  protected FarEnd open() {
    ScriptedSmtpServer server = ScriptedSmtpServer.builder().startTls().start();
    FarEnd end =
        FarEnd.of(
                Servers.patient(server).starttls().trusting(server.trust()),
                () -> Servers.taken(server))
            .withSettling(() -> Servers.settle(server))
            .withClosing(server::close);
    for (SmtpFaults fault : SmtpFaults.all()) {
      // a fault of the first EHLO was before TLS, and the second one is no other
      if (!fault.slow() && !fault.name().contains("EHLO")) {
        end = end.withFault(fault.name(), () -> fault.arm().accept(server));
      }
    }
    return end;
  }
}
