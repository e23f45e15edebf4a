package dev.sequencer.inmemory;

import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Document.Kind;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.StoreHandle.Saved;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Documents by name and by number; numbers are given over all kinds, the first is 1. */
final class Documents {
  private final Map<Name, Integer> byName = new HashMap<>();
  private final List<Document> byId = new ArrayList<>();
  private long definitions;

  /** Saves a document over the revision that it names. */
  Saved save(Document document) {
    Integer id = byName.get(new Name(document));
    long stored = id == null ? 0 : byId.get(id - 1).revision();
    if (id != null && document.revision() != stored) {
      return new Saved(false, byId.get(id - 1));
    }
    if (document.revision() != stored) {
      throw new StoreException(
          "a document is saved over the revision that is stored, but no "
              + document.kind()
              + " '"
              + document.name()
              + "' is stored and revision "
              + document.revision()
              + " was named: save it with revision 0");
    }
    Document saved = numbered(document, id == null ? byId.size() + 1 : id, stored + 1);
    if (id == null) {
      byId.add(saved);
      byName.put(new Name(saved), saved.id());
    } else {
      byId.set(id - 1, saved);
    }
    if (saved.kind().gates()) {
      definitions++;
    }
    return new Saved(true, saved);
  }

  List<Document> ofKind(Kind kind) {
    List<Document> found = new ArrayList<>();
    for (Document document : byId) {
      if (document.kind() == kind) {
        found.add(document);
      }
    }
    return found;
  }

  Optional<Document> byId(int id) {
    return id < 1 || id > byId.size() ? Optional.empty() : Optional.of(byId.get(id - 1));
  }

  Optional<Document> byName(Kind kind, String tenant, String name) {
    return Optional.ofNullable(byName.get(new Name(kind, tenant, name)))
        .map(id -> byId.get(id - 1));
  }

  /** Gives the definitions' revision. */
  long definitions() {
    return definitions;
  }

  private static Document numbered(Document document, int id, long revision) {
    return new Document(
        document.kind(), document.tenant(), document.name(), id, revision, document.body());
  }

  private record Name(Kind kind, String tenant, String name) {
    Name(Document document) {
      this(document.kind(), document.tenant(), document.name());
    }
  }
}
