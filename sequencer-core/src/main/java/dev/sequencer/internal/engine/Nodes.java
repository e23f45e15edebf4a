package dev.sequencer.internal.engine;

import dev.sequencer.internal.definition.Json;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Document.Kind;
import dev.sequencer.spi.store.StoreHandle;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The nodes of a store and when each made its newest pass; for health only. */
final class Nodes {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final String LAST_PASS = "lastPassAt";

  private final StoreHandle store;
  private final String name;
  private Optional<Instant> told = Optional.empty();

  Nodes(StoreHandle store, String name) {
    this.store = store;
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Notes a pass of this node, in the store at most every ten seconds. */
  synchronized void passed() {
    Instant now = store.now();
    if (told.filter(at -> now.isBefore(at.plus(EVERY))).isPresent()) {
      return;
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("format", 1);
    body.put(LAST_PASS, now.toString());
    Document known =
        store
            .document(Kind.NODE, "", name)
            .orElseGet(() -> Document.fresh(Kind.NODE, "", name, ""));
    store.save(known.body(Json.write(body)));
    told = Optional.of(now);
  }

  /** Gives the newest pass of any node. */
  Optional<Instant> newestPass() {
    return store.documents(Kind.NODE).stream()
        .map(Nodes::lastPass)
        .flatMap(Optional::stream)
        .max(Instant::compareTo);
  }

  private static Optional<Instant> lastPass(Document document) {
    try {
      return Optional.ofNullable(Json.object(document.body()).get(LAST_PASS))
          .map(value -> Instant.parse(value.toString()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
