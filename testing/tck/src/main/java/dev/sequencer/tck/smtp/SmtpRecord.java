package dev.sequencer.tck.smtp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What happened at a server, and waiting for it to happen. Thread-safe. */
final class SmtpRecord {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int longest;
  private final List<AcceptedMail> mails = new ArrayList<>();
  private final List<SmtpCommand> commands = new ArrayList<>();
  private final List<SmtpLogin> logins = new ArrayList<>();
  private int accepted;
  private int opened;
  private int open;

  /** Keeps at most that many mails, commands and logins each; later ones are only counted. */
  SmtpRecord(int longest) {
    this.longest = longest;
  }

  int connectionOpened() {
    return locked(
        () -> {
          open++;
          return ++opened;
        });
  }

  void connectionClosed() {
    locked(() -> --open);
  }

  void accepted(AcceptedMail mail) {
    locked(
        () -> {
          if (mails.size() < longest) {
            mails.add(mail);
          }
          return ++accepted;
        });
  }

  void command(SmtpCommand command) {
    locked(() -> commands.size() < longest && commands.add(command));
  }

  void login(SmtpLogin login) {
    locked(() -> logins.size() < longest && logins.add(login));
  }

  /** Says that something has changed which a condition may ask. */
  void changed() {
    locked(() -> true);
  }

  List<AcceptedMail> mails() {
    return locked(() -> List.copyOf(mails));
  }

  List<SmtpCommand> commands() {
    return locked(() -> List.copyOf(commands));
  }

  List<SmtpLogin> logins() {
    return locked(() -> List.copyOf(logins));
  }

  int acceptedCount() {
    return locked(() -> accepted);
  }

  int openedCount() {
    return locked(() -> opened);
  }

  int openCount() {
    return locked(() -> open);
  }

  int commandCount(SmtpMoment moment) {
    return locked(() -> (int) commands.stream().filter(c -> c.moment() == moment).count());
  }

  /** Waits until the condition, which is asked under the lock, is true; false when it is late. */
  boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = timeout.toNanos();
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      T result = work.get();
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }
}
