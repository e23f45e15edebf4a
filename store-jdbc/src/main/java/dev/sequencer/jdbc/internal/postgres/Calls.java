package dev.sequencer.jdbc.internal.postgres;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;

/**
 * Calls other engines when work is left for them (KERNEL P7): after the commit, never in a
 * transaction that writes, and at most every 50 ms. Who hears a call looks twice, so that it stands
 * for what is left shortly after it as well; nobody has to call later for what came meanwhile.
 */
final class Calls {
  /** How long a call stands for what comes after it. */
  static final Duration APART = Duration.ofMillis(50);

  /** Engines look by themselves so often: what is due later is found without a call. */
  private static final long LOOKED_FOR = 1_000;

  private static final String PING = "?";
  private static final String CALL = "select pg_notify(:channel, :payload)";

  private final String channel;
  private final String own;
  private final LongSupplier nanos;
  private final AtomicLong next;

  /**
   * Makes those of one engine.
   *
   * @param node its name
   * @param nanos a monotonic reading
   */
  Calls(PostgresOptions options, String node, LongSupplier nanos) {
    this.channel = "sequencer_" + Long.toHexString(options.key("calls"));
    // Not the node alone: an engine that only enrolls may have the name of one that sends.
    this.own =
        String.format(
            Locale.ROOT,
            "%x-%x-%x",
            node.hashCode(),
            ProcessHandle.current().pid(),
            nanos.getAsLong());
    this.nanos = nanos;
    this.next = new AtomicLong(nanos.getAsLong());
  }

  /** Gives the channel on which all engines of a store call and listen. */
  String channel() {
    return channel;
  }

  /** Says whether somebody else called. */
  boolean isCall(String payload) {
    return !payload.startsWith(PING) && !payload.equals(own);
  }

  /** Gives what a ping of this engine says. */
  String ping(int number) {
    return PING + own + ' ' + number;
  }

  /**
   * Says whether to call now for work that is due in so many milliseconds; who is told so calls.
   *
   * @param dueIn negative when it has been due
   */
  boolean wanted(long dueIn) {
    long now = nanos.getAsLong();
    long open = next.get();
    return dueIn < LOOKED_FOR && now - open >= 0 && next.compareAndSet(open, now + APART.toNanos());
  }

  /** Calls by a connection that commits by itself. */
  void call(Handle committing) {
    say(committing, own);
  }

  /** Calls, but with a payload of its own. */
  void say(Handle committing, String payload) {
    committing
        .createQuery(CALL)
        .bind("channel", channel)
        .bind("payload", payload)
        .mapTo(String.class)
        .one();
  }
}
