package dev.sequencer.verification.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sequencer.Act;
import dev.sequencer.Contact;
import dev.sequencer.Mailbox;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.inmemory.InMemoryStore;
import dev.sequencer.internal.definition.Json;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Store;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.tck.store.ManualClock;
import dev.sequencer.tck.store.StoreBench;
import dev.sequencer.testkit.TestSequencer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which format stored JSON has. */
class StoredFormatTest {
  private final Store store = InMemoryStore.create();

  private List<Document> documents() {
    try (StoreHandle handle =
        store.open(new StoreSetup(ManualClock.at(StoreBench.START), "looks"))) {
      List<Document> all = new ArrayList<>();
      for (Document.Kind kind : Document.Kind.values()) {
        all.addAll(handle.documents(kind));
      }
      return all;
    }
  }

  @Test
  void everyDocumentCarriesTheNumberOfItsFormat() {
    try (TestSequencer sequencer =
        TestSequencer.builder()
            .store(store)
            .mailbox(Mailbox.of("ann@acme.example").via("fake").perDay(30))
            .mailbox(Mailbox.of("ben@acme.example").via("fake").perDay(30))
            .sequence(
                Sequence.named("onboarding")
                    .window(SendWindow.weekdays("09:00", "17:00"))
                    .pool("ann@acme.example", "ben@acme.example")
                    .email("first", mail -> mail.subject("1").text("1"))
                    .build())
            .build()) {
      sequencer.enroll("onboarding", Contact.of("bo@example.com"));
      sequencer.runUntilIdle();
      sequencer.sequences().pause("onboarding", Act.because("test"));
      sequencer.pauseEverything(Act.because("test"));
    }
    List<Document> documents = documents();
    assertThat(documents).extracting(Document::kind).contains(Document.Kind.values());
    assertThat(documents)
        .allSatisfy(
            document ->
                assertThat(Json.object(document.body()))
                    .as("%s %s", document.kind(), document.name())
                    .containsEntry("format", 1L));
  }

  @Test
  void whereNoNumberStandsALaterFormatIsAnArrayAndIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.object("[2,{\"reason\":\"x\"}]"))
        .withMessageContaining("must be an object here");
    assertThatIllegalArgumentException().isThrownBy(() -> Json.attributes("[2,{}]"));
  }
}
