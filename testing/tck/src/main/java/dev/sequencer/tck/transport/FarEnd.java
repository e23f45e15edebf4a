package dev.sequencer.tck.transport;

import dev.sequencer.spi.MailTransport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A transport under test and the other side that it talks to: a fake of the real service. Each
 * {@code with} method gives a new one.
 */
public final class FarEnd implements AutoCloseable {
  private final MailTransport transport;
  private final Supplier<List<TakenMail>> taken;
  private final Runnable settling;
  private final Runnable closing;
  private final Map<String, Runnable> faults;
  private final boolean hasEnvelope;

  private FarEnd(
      MailTransport transport,
      Supplier<List<TakenMail>> taken,
      Runnable settling,
      Runnable closing,
      Map<String, Runnable> faults,
      boolean hasEnvelope) {
    this.transport = Objects.requireNonNull(transport, "transport");
    this.taken = Objects.requireNonNull(taken, "taken");
    this.settling = settling;
    this.closing = closing;
    this.faults = faults;
    this.hasEnvelope = hasEnvelope;
  }

  /**
   * Gives a transport with its other side.
   *
   * @param transport a fresh one that is configured for this other side
   * @param taken gives the mails that the other side has taken for delivery
   */
  public static FarEnd of(MailTransport transport, Supplier<List<TakenMail>> taken) {
    return new FarEnd(transport, taken, () -> {}, () -> {}, Map.of(), true);
  }

  /**
   * Gives one that waits, before its mails are counted, until the other side has done all that it
   * was still about to do. The transport is closed by then.
   */
  public FarEnd withSettling(Runnable wait) {
    return new FarEnd(transport, taken, wait, closing, faults, hasEnvelope);
  }

  /** Gives one that ends the other side so. */
  public FarEnd withClosing(Runnable end) {
    return new FarEnd(transport, taken, settling, end, faults, hasEnvelope);
  }

  /**
   * Gives one with a fault: a name that says what the other side does, and what makes it do so for
   * the next mail. The contract checks its invariant over each.
   */
  public FarEnd withFault(String name, Runnable arm) {
    Map<String, Runnable> more = new LinkedHashMap<>(faults);
    if (more.put(name, arm) != null) {
      throw new IllegalArgumentException("two faults are named '" + name + "': name each once");
    }
    return new FarEnd(transport, taken, settling, closing, more, hasEnvelope);
  }

  /** Gives one that has the mails without their envelopes, such as a folder of files. */
  public FarEnd withoutEnvelope() {
    return new FarEnd(transport, taken, settling, closing, faults, false);
  }

  boolean hasEnvelope() {
    return hasEnvelope;
  }

  MailTransport transport() {
    return transport;
  }

  Map<String, Runnable> faults() {
    return faults;
  }

  /** Gives what has been taken so far. */
  List<TakenMail> taken() {
    return List.copyOf(taken.get());
  }

  /** Closes the transport, lets the other side finish and gives what it has taken. */
  List<TakenMail> settled() {
    transport.close();
    settling.run();
    return taken();
  }

  @Override
  public void close() {
    transport.close();
    closing.run();
  }
}
