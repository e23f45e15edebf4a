package dev.sequencer.spi.store;

import java.util.Objects;

/**
 * A small named thing that is saved by compare-and-set: a definition, a mailbox, a switch.
 *
 * @param kind what it is
 * @param tenant its tenant
 * @param name its name, unique in kind and tenant
 * @param id its number, given by the store once and unique over all kinds; 0 before it is stored
 * @param revision counts its versions; 0 before it is stored
 * @param body its content, opaque to the store
 */
public record Document(Kind kind, String tenant, String name, int id, long revision, String body) {
  /** The kinds. */
  public enum Kind {
    /** A sequence: its state and the versions it has. */
    SEQUENCE(true),
    /** A version of a sequence; never changes. */
    VERSION(false),
    /** A window by the digest of its content; never changes. */
    WINDOW(false),
    /** A mailbox. */
    MAILBOX(true),
    /** A pool by its content; never changes. */
    POOL(false),
    /** What is paused. */
    SWITCH(true),
    /** A node of the store and when it was last seen. */
    NODE(false);

    private final boolean gates;

    Kind(boolean gates) {
      this.gates = gates;
    }

    /**
     * Says whether saving one raises the definitions' revision, by which begin refuses a caller
     * that decided by older ones.
     */
    public boolean gates() {
      return gates;
    }
  }

  /** Checks that nothing is missing. */
  public Document {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(body, "body");
  }

  /** Gives a document that is not stored yet. */
  public static Document fresh(Kind kind, String tenant, String name, String body) {
    return new Document(kind, tenant, name, 0, 0, body);
  }

  /** Gives the same with another body, to be saved over this revision. */
  public Document body(String newBody) {
    return new Document(kind, tenant, name, id, revision, newBody);
  }
}
