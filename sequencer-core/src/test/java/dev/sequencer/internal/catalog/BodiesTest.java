package dev.sequencer.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Document.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodiesTest {
  private final List<String> read = new ArrayList<>();
  private final Bodies<String> bodies =
      new Bodies<>(
          document -> {
            read.add(document.body());
            return document.body().toUpperCase(java.util.Locale.ROOT);
          });

  private static Document document(int id, long revision, String body) {
    return new Document(Kind.MAILBOX, "", "m" + id, id, revision, body);
  }

  @Test
  void readsOnlyWhatHasChanged() {
    bodies.of(List.of(document(1, 1, "a"), document(2, 1, "b")));
    read.clear();

    assertThat(bodies.of(List.of(document(1, 1, "a"), document(2, 2, "c"))).values())
        .containsExactly("A", "C");
    assertThat(read).containsExactly("c");
  }

  @Test
  void readsAnewWhatHasTheSameRevisionAndAnotherBody() {
    bodies.of(List.of(document(1, 1, "a")));

    assertThat(bodies.of(List.of(document(1, 1, "z"))).values()).containsExactly("Z");
  }

  @Test
  void readsAnewWhatHadGone() {
    bodies.of(List.of(document(1, 1, "a")));
    assertThat(bodies.of(List.of())).isEmpty();
    read.clear();

    bodies.of(List.of(document(1, 1, "a")));
    assertThat(read).containsExactly("a");
  }
}
