package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Document.Kind;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreHandle.Saved;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small named things, saved by compare-and-set. */
abstract class DocumentRules extends StoreRules {
  private StoreHandle handle() {
    return bench().handle();
  }

  private Saved save(Document document) {
    return handle().save(document);
  }

  @Test
  void aNewDocumentGetsANumberAndItsFirstRevision() {
    Saved saved = save(Document.fresh(Kind.WINDOW, "", "w1", "{\"a\":1}"));
    assertThat(saved.saved()).isTrue();
    assertThat(saved.current().id()).isPositive();
    assertThat(saved.current())
        .isEqualTo(new Document(Kind.WINDOW, "", "w1", saved.current().id(), 1, "{\"a\":1}"));
    assertThat(handle().document(saved.current().id())).contains(saved.current());
    assertThat(handle().document(Kind.WINDOW, "", "w1")).contains(saved.current());
  }

  @Test
  void aDocumentIsSavedOverTheRevisionThatItNames() {
    Document first = save(Document.fresh(Kind.WINDOW, "", "w1", "1")).current();
    Saved second = save(first.body("2"));
    assertThat(second.saved()).isTrue();
    assertThat(second.current()).isEqualTo(new Document(Kind.WINDOW, "", "w1", first.id(), 2, "2"));
    assertThat(handle().document(first.id())).contains(second.current());
  }

  @Test
  void aDocumentIsNotSavedOverAnotherRevision() {
    Document first = save(Document.fresh(Kind.WINDOW, "", "w1", "1")).current();
    Document second = save(first.body("2")).current();
    Saved late = save(first.body("late"));
    assertThat(late.saved()).isFalse();
    assertThat(late.current()).isEqualTo(second);
    assertThat(handle().document(first.id())).contains(second);
  }

  @Test
  void aDocumentIsNotSavedOverARevisionThatIsYetToCome() {
    Document first = save(Document.fresh(Kind.WINDOW, "", "w1", "1")).current();
    Saved early = save(new Document(Kind.WINDOW, "", "w1", first.id(), 2, "early"));
    assertThat(early.saved()).isFalse();
    assertThat(early.current()).isEqualTo(first);
  }

  @Test
  void aNewDocumentIsNotSavedOverOneThatIsThere() {
    Document first = save(Document.fresh(Kind.WINDOW, "", "w1", "1")).current();
    Saved again = save(Document.fresh(Kind.WINDOW, "", "w1", "2"));
    assertThat(again.saved()).isFalse();
    assertThat(again.current()).isEqualTo(first);
  }

  @Test
  void aNameIsOneInItsKindAndTenant() {
    Document one = save(Document.fresh(Kind.WINDOW, "", "x", "1")).current();
    Document kind = save(Document.fresh(Kind.POOL, "", "x", "2")).current();
    Document tenant = save(Document.fresh(Kind.WINDOW, "acme", "x", "3")).current();
    Document capital = save(Document.fresh(Kind.WINDOW, "", "X", "4")).current();
    assertThat(List.of(one, kind, tenant, capital))
        .extracting(Document::id)
        .doesNotHaveDuplicates();
    assertThat(handle().document(Kind.WINDOW, "acme", "x")).contains(tenant);
    assertThat(handle().document(Kind.POOL, "", "x")).contains(kind);
  }

  @Test
  void documentsOfAKindComeByNumberOfAllTenants() {
    Document one = save(Document.fresh(Kind.NODE, "", "z", "1")).current();
    Document two = save(Document.fresh(Kind.NODE, "acme", "a", "2")).current();
    Document three = save(Document.fresh(Kind.NODE, "", "m", "3")).current();
    assertThat(handle().documents(Kind.NODE)).containsExactly(one, two, three);
    Document newOne = save(one.body("4")).current();
    assertThat(handle().documents(Kind.NODE)).containsExactly(newOne, two, three);
    assertThat(handle().documents(Kind.SWITCH)).isEmpty();
  }

  @Test
  void whatIsUnknownIsNotThere() {
    assertThat(handle().document(999_999)).isEmpty();
    assertThat(handle().document(0)).isEmpty();
    assertThat(handle().document(Kind.MAILBOX, "", "nobody@acme.example")).isEmpty();
    assertThat(handle().document(Kind.MAILBOX, "acme", "ann@acme.example")).isEmpty();
  }

  @Test
  void theDefinitionsGrowWithEachSavedDocumentOfAKindThatGates() {
    for (Kind kind : Kind.values()) {
      long before = handle().definitions();
      Document saved = save(Document.fresh(kind, "", "d", "1")).current();
      long created = handle().definitions();
      save(saved.body("2"));
      long changed = handle().definitions();
      if (kind.gates()) {
        assertThat(created).as(kind.name()).isGreaterThan(before);
        assertThat(changed).as(kind.name()).isGreaterThan(created);
      } else {
        assertThat(changed).as(kind.name()).isEqualTo(before);
      }
    }
  }

  @Test
  void whatIsNotSavedLeavesTheDefinitionsAlone() {
    Document first = save(Document.fresh(Kind.SWITCH, "", "all", "1")).current();
    save(first.body("2"));
    long before = handle().definitions();
    save(first.body("3"));
    assertThat(handle().definitions()).isEqualTo(before);
  }

  @Test
  void aLongBodyIsKeptAsItIs() {
    String body = "{\"text\":\"" + "ü€🙂\\n".repeat(20_000) + "\"}";
    Document saved = save(Document.fresh(Kind.VERSION, "", "long", body)).current();
    assertThat(handle().document(saved.id())).map(Document::body).contains(body);
  }

  @Test
  void anotherEngineSeesWhatWasSaved() {
    Document saved = save(Document.fresh(Kind.SWITCH, "", "all", "1")).current();
    StoreHandle other = bench().open("ben");
    assertThat(other.document(saved.id())).contains(saved);
    assertThat(other.definitions()).isEqualTo(handle().definitions());
  }
}
