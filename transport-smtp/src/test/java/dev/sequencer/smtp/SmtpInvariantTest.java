package dev.sequencer.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Outcome;
import dev.sequencer.tck.smtp.ScriptedSmtpServer;
import dev.sequencer.tck.transport.TestMails;
import dev.sequencer.tck.transport.TestPermit;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Over every fault point: (the server accepted it, what we say) is one of (0, not sent), (1, sent),
 * (0 or 1, in doubt); and what we say is what the fault means.
 */
@Timeout(60)
class SmtpInvariantTest {
  @TestFactory
  Stream<DynamicTest> everyFaultOnAFreshConnection() {
    return SmtpFaults.all().stream()
        .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> check(fault, false)));
  }

  @TestFactory
  Stream<DynamicTest> everyFaultOnAConnectionThatHasSentBefore() {
    return SmtpFaults.all().stream()
        .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> check(fault, true)));
  }

  @Test
  void theFaultsCoverEveryPhaseAndSendEverything() {
    List<SmtpFaults> faults = SmtpFaults.all();
    assertThat(faults).extracting(SmtpFaults::name).doesNotHaveDuplicates();
    for (String moment :
        List.of("GREETING", "EHLO", "MAIL", "RCPT", "DATA", "body", "after the dot")) {
      assertThat(faults).anyMatch(fault -> fault.name().contains(moment));
    }
  }

  private static void check(SmtpFaults fault, boolean reused) throws InterruptedException {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
      SmtpTransport transport = transport(fault, server);
      if (reused) {
        transport.send(TestMails.mail(0), TestPermit.granting());
      }
      int before = server.acceptedCount();
      fault.arm().accept(server);
      TestPermit permit = TestPermit.granting();
      SendResult result = transport.send(TestMails.mail(1), permit);
      transport.close();
      assertThat(server.awaitNoConnections(Servers.LONG)).isTrue();
      int accepted = server.acceptedCount() - before;

      assertThat(agrees(result.outcome(), accepted))
          .as("accepted %d, said %s: %s", accepted, result, result.text())
          .isTrue();
      assertThat(permit.asked()).isLessThanOrEqualTo(1);
      if (!reused) {
        assertThat(accepted).isEqualTo(fault.accepted());
        assertThat(result.outcome()).as(result.text()).isIn(fault.outcomes());
        fault.kind().ifPresent(kind -> assertThat(result.kind()).contains(kind));
      }
    }
  }

  /** Only the wait that has to run out is short, so that a busy machine changes nothing else. */
  private static SmtpTransport transport(SmtpFaults fault, ScriptedSmtpServer server) {
    SmtpTransport patient = Servers.patient(server);
    if (!fault.slow()) {
      return patient;
    }
    return fault.outcomes().contains(Outcome.IN_DOUBT)
        ? patient.answer(Servers.SHORT)
        : patient.readTimeout(Servers.SHORT).handOver(Duration.ofMillis(400));
  }

  private static boolean agrees(Outcome outcome, int accepted) {
    return switch (outcome) {
      case SENT -> accepted == 1;
      case IN_DOUBT -> accepted == 0 || accepted == 1;
      default -> accepted == 0;
    };
  }
}
