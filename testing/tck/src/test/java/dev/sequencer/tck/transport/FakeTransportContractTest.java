package dev.sequencer.tck.transport;

import dev.sequencer.EmailAddress;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.SendResult;
import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.FakeTransport;
import java.util.List;
import java.util.stream.Stream;

/** The fake transport of the test kit keeps what it lets others be tested with. */
class FakeTransportContractTest extends TransportContract {
  @Override
  protected FarEnd open() {
    FakeTransport fake = FakeTransport.create();
    return FarEnd.of(fake, () -> fake.accepted().stream().map(one -> taken(one.mail())).toList())
        .withFault("throws before", () -> fake.onNext(FakeAnswer.throwing(new RuntimeException())))
        .withFault("loses the mail", () -> fake.onNext(FakeAnswer.inDoubt()))
        .withFault("loses the answer", () -> fake.onNext(FakeAnswer.inDoubtButAccepted()))
        .withFault(
            "throws after", () -> fake.onNext(FakeAnswer.acceptThenThrow(new RuntimeException())))
        .withFault("defers", () -> fake.onNext(SendResult.deferred("451", "later")));
  }

  static TakenMail taken(OutgoingMail mail) {
    List<String> recipients =
        Stream.of(List.of(mail.to()), mail.addresses().cc(), mail.addresses().bcc())
            .flatMap(List::stream)
            .map(EmailAddress::address)
            .toList();
    return new TakenMail(mail.messageId(), recipients, mail.content().text().orElse(""));
  }
}
