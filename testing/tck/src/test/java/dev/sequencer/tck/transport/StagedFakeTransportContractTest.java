package dev.sequencer.tck.transport;

import dev.sequencer.testkit.FakeAnswer;
import dev.sequencer.testkit.StagedFakeTransport;

/** The fake with drafts keeps what it lets others be tested with. */
class StagedFakeTransportContractTest extends StagedTransportContract {
  @Override
  protected FarEnd open() {
    StagedFakeTransport fake = StagedFakeTransport.create();
    return FarEnd.of(
            fake,
            () ->
                fake.sends().accepted().stream()
                    .map(one -> FakeTransportContractTest.taken(one.mail()))
                    .toList())
        .withFault("loses the mail", () -> fake.sends().onNext(FakeAnswer.inDoubt()))
        .withFault("loses the answer", () -> fake.sends().onNext(FakeAnswer.inDoubtButAccepted()));
  }
}
