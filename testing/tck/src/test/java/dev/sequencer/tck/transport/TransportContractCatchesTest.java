package dev.sequencer.tck.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.Permit;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.TransportLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Transports that do it wrong fail the contract: a contract that all pass proves nothing. */
class TransportContractCatchesTest {
  private final List<TakenMail> taken = Collections.synchronizedList(new ArrayList<>());

  /** How a transport sends, with what it takes as the other side. */
  @FunctionalInterface
  private interface Sends {
    SendResult send(OutgoingMail mail, Permit permit) throws InterruptedException;
  }

  @Test
  void aTransportThatNeverAsksItsPermit() {
    TransportContract contract =
        contract(
            (mail, permit) -> {
              take(mail);
              return SendResult.sent(mail.messageId(), "1");
            });
    assertCaught(contract.new ThePermit()::isAskedBeforeTheOtherSideHasTheMail);
    assertCaught(contract.new ThePermit()::refusedMeansThatNothingIsHandedOver);
  }

  @Test
  void aTransportThatAsksTooLate() {
    TransportContract contract =
        contract(
            (mail, permit) -> {
              take(mail);
              return permit.check()
                  ? SendResult.sent(mail.messageId(), "1")
                  : SendResult.notHandedOver("permit");
            });
    assertCaught(contract.new ThePermit()::isAskedBeforeTheOtherSideHasTheMail);
    assertCaught(contract.new ThePermit()::refusedMeansThatNothingIsHandedOver);
  }

  @Test
  void aTransportThatTakesALostAnswerForARefusal() throws Throwable {
    TransportContract contract =
        contract(
            (mail, permit) -> {
              permit.check();
              take(mail);
              return SendResult.deferred("", "no answer");
            });
    List<DynamicTest> faults = contract.everyFaultKeepsTheInvariant();
    assertThat(faults).hasSize(1);
    assertCaught(faults.get(0).getExecutable());
  }

  @Test
  void aTransportThatSendsTwice() throws Throwable {
    TransportContract contract =
        contract(
            (mail, permit) -> {
              permit.check();
              take(mail);
              take(mail);
              return SendResult.inDoubt("no answer");
            });
    assertCaught(contract.everyFaultKeepsTheInvariant().get(0).getExecutable());
    assertCaught(contract.new AnInterrupt()::beforeTheSendKeepsTheInvariant);
  }

  @Test
  void aTransportThatChangesTheMessageIdInSilence() {
    TransportContract contract =
        contract(
            (mail, permit) -> {
              permit.check();
              taken.add(new TakenMail("<new@far.example>", List.of(mail.to().address()), ""));
              return SendResult.sent(mail.messageId(), "1");
            });
    assertCaught(
        contract.new Identity()::theMessageIdThatRecipientsSeeIsTheRequestedOneOrIsReported);
  }

  @Test
  void aTransportThatForgetsTheBlindCopies() {
    TransportContract contract =
        contract(
            (mail, permit) -> {
              permit.check();
              taken.add(new TakenMail(mail.messageId(), List.of(mail.to().address()), ""));
              return SendResult.sent(mail.messageId(), "1");
            });
    assertCaught(contract.new Identity()::blindCopiesGetTheMailAndStandNowhereInIt);
  }

  private void take(OutgoingMail mail) {
    taken.add(FakeTransportContractTest.taken(mail));
  }

  private static void assertCaught(Executable test) {
    assertThatThrownBy(test::execute).isInstanceOf(AssertionError.class);
  }

  private TransportContract contract(Sends sends) {
    return new Wrong(sends, taken);
  }

  private static final class Wrong extends TransportContract {
    private final Sends sends;
    private final List<TakenMail> taken;

    Wrong(Sends sends, List<TakenMail> taken) {
      this.sends = sends;
      this.taken = taken;
    }

    @Override
    protected FarEnd open() {
      taken.clear();
      return FarEnd.of(transport(sends), () -> List.copyOf(taken)).withFault("any", () -> {});
    }
  }

  private static MailTransport transport(Sends sends) {
    return new MailTransport() {
      @Override
      public TransportLimits limits() {
        return TransportLimits.of(Duration.ofSeconds(1), Duration.ofSeconds(1));
      }

      @Override
      public SendResult send(OutgoingMail mail, Permit permit) throws InterruptedException {
        return sends.send(mail, permit);
      }
    };
  }
}
