package dev.sequencer.smtp;

import dev.sequencer.tck.smtp.ScriptedSmtpServer;
import dev.sequencer.tck.transport.FarEnd;
import dev.sequencer.tck.transport.TransportContract;

class SmtpTransportContractTest extends TransportContract {
  @Override
  protected FarEnd open() {
    ScriptedSmtpServer server = ScriptedSmtpServer.start();
    FarEnd end =
        FarEnd.of(Servers.patient(server), () -> Servers.taken(server))
            .withSettling(() -> Servers.settle(server))
            .withClosing(server::close);
    for (SmtpFaults fault : SmtpFaults.all()) {
      if (!fault.slow()) {
        end = end.withFault(fault.name(), () -> fault.arm().accept(server));
      }
    }
    return end;
  }
}
