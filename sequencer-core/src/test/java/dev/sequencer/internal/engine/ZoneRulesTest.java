package dev.sequencer.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Contact;
import dev.sequencer.Delay;
import dev.sequencer.EnrollmentId;
import dev.sequencer.HistoryEntry;
import dev.sequencer.Sequence;
import dev.sequencer.Zones;
import dev.sequencer.inmemory.InMemoryStore;
import dev.sequencer.internal.definition.Json;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Store;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.testkit.SentMail;
import dev.sequencer.testkit.TestSequencer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ZoneRulesTest {
  private static final Sequence DAILY =
      Sequence.named("daily")
          .defaultZone("Europe/Berlin")
          .waitFor(Delay.days(1).at("09:00"))
          .email("only", mail -> mail.subject("s").text("t"))
          .build();

  private final Store store = InMemoryStore.create();
  private final TestSequencer sequencer =
      TestSequencer.builder().store(store).sequence(DAILY).build();

  private EnrollmentId enrolledWhileTheStoreKnewOtherRules(String version, String digest) {
    EnrollmentId id =
        sequencer.enroll("daily", Contact.of("bo@example.com")).enrollment().orElseThrow();
    sequencer.runUntilIdle();
    try (StoreHandle handle = store.open(new StoreSetup(sequencer.clock(), "other"))) {
      String body =
          Json.write(Map.of("version", version, "zones", Map.of("Europe/Berlin", digest)));
      Document known = handle.document(Document.Kind.NODE, "", "$zone-rules").orElseThrow();
      assertThat(handle.save(known.body(body)).saved()).isTrue();
    }
    sequencer.restart();
    sequencer.advance(Duration.ofDays(2));
    return id;
  }

  @Test
  @DisplayName("P10 what waits in a zone whose rules have changed is planned anew, and leaves once")
  void changedRulesPlanAnew() {
    EnrollmentId id = enrolledWhileTheStoreKnewOtherRules("2000a", "+09:00");
    assertThat(sequencer.enrollments().history(id))
        .extracting(HistoryEntry::kind)
        .contains("zone-rules-changed");
    assertThat(sequencer.mails())
        .extracting(SentMail::leftAt)
        .extracting(Object::toString)
        .containsExactly("2026-06-02T07:00:00Z");
  }

  @Test
  @DisplayName("P10 older rules than the store knows plan nothing anew")
  void olderRulesPlanNothing() {
    EnrollmentId id = enrolledWhileTheStoreKnewOtherRules("9999z", "+09:00");
    assertThat(sequencer.enrollments().history(id))
        .extracting(HistoryEntry::kind)
        .doesNotContain("zone-rules-changed");
    assertThat(sequencer.mails()).hasSize(1);
  }

  @Test
  @DisplayName("P10 the version of the rules is kept with the store")
  void theVersionIsKept() {
    sequencer.enroll("daily", Contact.of("bo@example.com"));
    try (StoreHandle handle = store.open(new StoreSetup(sequencer.clock(), "other"))) {
      assertThat(handle.document(Document.Kind.NODE, "", "$zone-rules"))
          .map(document -> Json.object(document.body()).get("version"))
          .contains(Zones.tzdbVersion());
    }
  }
}
