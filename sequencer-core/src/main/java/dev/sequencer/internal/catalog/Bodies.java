package dev.sequencer.internal.catalog;

import dev.sequencer.spi.store.Document;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What documents of one kind say, read once for each state of a document: when one of ten thousand
 * mailboxes has changed, one is read anew. Keeps what was asked for last. Not safe for use by
 * several threads.
 */
final class Bodies<T> {
  private final Function<Document, T> codec;
  private Map<Integer, Body<T>> last = Map.of();

  /** A document and what it says. */
  private record Body<T>(Document document, T says) {}

  Bodies(Function<Document, T> codec) {
    this.codec = codec;
  }

  /** Gives what each of the documents says, in their order. */
  Map<Document, T> of(List<Document> documents) {
    Map<Integer, Body<T>> next = new HashMap<>();
    Map<Document, T> all = new LinkedHashMap<>();
    for (Document document : documents) {
      Body<T> known = last.get(document.id());
      // The whole document and not its revision: a store that was restored counts again.
      Body<T> body =
          known != null && known.document().equals(document)
              ? known
              : new Body<>(document, codec.apply(document));
      next.put(document.id(), body);
      all.put(document, body.says());
    }
    last = next;
    return all;
  }
}
