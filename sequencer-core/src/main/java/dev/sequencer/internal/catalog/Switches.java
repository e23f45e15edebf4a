package dev.sequencer.internal.catalog;

/** The names of the switches that pause. */
public final class Switches {
  /** Everything of all tenants; of the tenant {@code ""}. */
  public static final String EVERYTHING = "everything";

  /** Everything of its tenant. */
  public static final String TENANT = "tenant";

  /** Says by its revision how often history was accepted; of the tenant {@code ""}. */
  public static final String HISTORY = "history";

  private Switches() {}

  /** Gives the switch of a sequence. */
  public static String sequence(int id) {
    return "sequence:" + id;
  }

  /** Gives the switch of a mailbox. */
  public static String mailbox(int id) {
    return "mailbox:" + id;
  }
}
