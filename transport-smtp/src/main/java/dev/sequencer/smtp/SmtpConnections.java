package dev.sequencer.smtp;

import dev.sequencer.smtp.internal.Deadline;
import dev.sequencer.spi.Sender;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that rest between mails, by mailbox. Whoever takes one has it alone until it is
 * given back; when none rests, another one is opened. No network is touched under the lock, except
 * for a farewell. Thread-safe.
 */
final class SmtpConnections {
  private static final Logger LOG = LoggerFactory.getLogger(SmtpTransport.class);

  /** A connection that rested for less is not asked whether it lives: MAIL will show. */
  private static final Duration TRUSTED = Duration.ofSeconds(5);

  /** So many rest per mailbox; a mailbox that sends faster than one at a time has several. */
  private static final int MOST_RESTING = 4;

  private final SmtpConfig config;
  private final Map<String, Deque<SmtpConnection>> resting = new HashMap<>();
  private Optional<SmtpOpening> opening = Optional.empty();
  private boolean closed;

  SmtpConnections(SmtpConfig config) {
    this.config = config;
  }

  /** Gives a connection that is logged in: one that rests, else a new one. */
  SmtpConnection take(Sender sender, Deadline deadline)
      throws NotReadyException, InterruptedException {
    closeAll(overdue());
    for (Optional<SmtpConnection> found = poll(sender); found.isPresent(); found = poll(sender)) {
      if (found.get().wake(deadline)) {
        return found.get();
      }
      found.get().abort();
    }
    return open(sender, deadline);
  }

  /** Gives a new connection, whatever rests. */
  SmtpConnection open(Sender sender, Deadline deadline)
      throws NotReadyException, InterruptedException {
    SmtpConnection connection = opening().open(sender, deadline);
    LOG.debug("connected to {}, tenant '{}'", config.server(), sender.tenant());
    return connection;
  }

  /** Takes a connection back: it rests, or is closed when it has done its part. */
  void giveBack(Sender sender, SmtpConnection connection) {
    connection.rest(TRUSTED);
    boolean kept = false;
    if (connection.reusable()) {
      synchronized (this) {
        Deque<SmtpConnection> own =
            resting.computeIfAbsent(sender.key(), key -> new ArrayDeque<>());
        kept = !closed && own.size() < MOST_RESTING;
        if (kept) {
          own.push(connection);
        }
      }
    }
    if (!kept) {
      connection.quit();
    }
    closeAll(overdue());
  }

  synchronized boolean isClosed() {
    return closed;
  }

  void close() {
    List<SmtpConnection> all = new ArrayList<>();
    synchronized (this) {
      closed = true;
      resting.values().forEach(all::addAll);
      resting.clear();
    }
    closeAll(all);
  }

  private synchronized SmtpOpening opening() {
    if (opening.isEmpty()) {
      opening = Optional.of(new SmtpOpening(config));
    }
    return opening.get();
  }

  private synchronized Optional<SmtpConnection> poll(Sender sender) {
    Deque<SmtpConnection> own = resting.get(sender.key());
    return own == null ? Optional.empty() : Optional.ofNullable(own.poll());
  }

  /** Takes out what has rested too long, of any mailbox: servers close such connections anyway. */
  private synchronized List<SmtpConnection> overdue() {
    List<SmtpConnection> overdue = new ArrayList<>();
    for (Iterator<Deque<SmtpConnection>> all = resting.values().iterator(); all.hasNext(); ) {
      Deque<SmtpConnection> own = all.next();
      own.removeIf(one -> one.hasIdledTooLong() && overdue.add(one));
      if (own.isEmpty()) {
        all.remove();
      }
    }
    return overdue;
  }

  private static void closeAll(List<SmtpConnection> connections) {
    connections.forEach(SmtpConnection::quit);
  }
}
