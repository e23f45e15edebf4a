package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.StoreHandle.Saved;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Update;

/** Documents: saved by compare-and-set, and the definitions' revision with those that gate. */
final class Documents {
  private Documents() {}

  static Saved save(Tx tx, Document document) {
    boolean fresh = document.revision() == 0;
    if (document.kind().gates()) {
      tx.locks().shutGate();
    }
    Update update =
        tx.update(fresh ? Sql.DOCUMENT_INSERT : Sql.DOCUMENT_UPDATE)
            .bind("kind", document.kind().name())
            .bind("tenant", document.tenant())
            .bind("name", Texts.clean(document.name()))
            .bind("body", Texts.clean(document.body()));
    if (!fresh) {
      update.bind("revision", document.revision());
    }
    boolean saved = update.execute() == 1;
    if (saved && document.kind().gates()) {
      tx.update(Sql.STORE_DEFINITIONS).execute();
    }
    return new Saved(
        saved,
        byName(tx, document.kind(), document.tenant(), document.name())
            .orElseThrow(() -> unknown(document)));
  }

  private static StoreException unknown(Document document) {
    return new StoreException(
        "a document is saved over the revision that is stored, but no "
            + document.kind()
            + " '"
            + document.name()
            + "' is stored and revision "
            + document.revision()
            + " was named: save it with revision 0");
  }

  static List<Document> ofKind(Tx tx, Document.Kind kind) {
    return tx.query(Sql.DOCUMENTS).bind("kind", kind.name()).map(Readers.DOCUMENT).list();
  }

  static Optional<Document> byId(Tx tx, int id) {
    return tx.query(Sql.DOCUMENT_BY_ID).bind("id", id).map(Readers.DOCUMENT).findOne();
  }

  static Optional<Document> byName(Tx tx, Document.Kind kind, String tenant, String name) {
    return tx.query(Sql.DOCUMENT_BY_NAME)
        .bind("kind", kind.name())
        .bind("tenant", tenant)
        .bind("name", Texts.clean(name))
        .map(Readers.DOCUMENT)
        .findOne();
  }
}
