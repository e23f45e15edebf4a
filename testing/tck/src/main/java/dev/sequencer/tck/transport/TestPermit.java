package dev.sequencer.tck.transport;

import dev.sequencer.spi.Permit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A permit that says what the test wants, and remembers that it was asked. Thread-safe. */
public final class TestPermit implements Permit {
  private final boolean granting;
  private final Duration remaining;
  private final Runnable atCheck;
  private final AtomicInteger asked = new AtomicInteger();

  private TestPermit(boolean granting, Duration remaining, Runnable atCheck) {
    this.granting = granting;
    this.remaining = remaining;
    this.atCheck = atCheck;
  }

  /** Gives a permit that is granted. */
  public static TestPermit granting() {
    return new TestPermit(true, Duration.ofMinutes(2), () -> {});
  }

  /** Gives a permit that is refused, although time seems left: it expires while the mail goes. */
  public static TestPermit refusing() {
    return new TestPermit(false, Duration.ofMinutes(2), () -> {});
  }

  /** Gives a permit that expired before anything began. */
  public static TestPermit expired() {
    return new TestPermit(false, Duration.ZERO, () -> {});
  }

  /** Gives the same permit that does something whenever it is asked, before it answers. */
  public TestPermit atCheck(Runnable what) {
    return new TestPermit(granting, remaining, what);
  }

  /** Gives the same permit with that much time left. */
  public TestPermit remaining(Duration left) {
    return new TestPermit(granting, left, atCheck);
  }

  @Override
  public boolean check() {
    asked.incrementAndGet();
    atCheck.run();
    return granting;
  }

  @Override
  public Duration remaining() {
    return remaining;
  }

  /** Gives how often it was asked. */
  public int asked() {
    return asked.get();
  }

  /** Says whether it was asked and granted. */
  public boolean given() {
    return granting && asked() > 0;
  }
}
