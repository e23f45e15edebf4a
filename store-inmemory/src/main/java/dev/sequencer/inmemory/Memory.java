package dev.sequencer.inmemory;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Everything that a store holds, and the one lock under which it is read and written. A call is one
 * transaction: when a function that it was handed throws, what it had changed is taken back.
 */
final class Memory {
  final Journal journal = new Journal();
  final Owners owners = new Owners(journal);
  final WorkQueues queues = new WorkQueues(owners);
  final Departures departures = new Departures();
  final Enrollments enrollments = new Enrollments(journal, queues, departures);
  final Contacts contacts = new Contacts(journal);
  final Suppressions suppressions = new Suppressions(journal);
  final Ledgers ledgers = new Ledgers(journal);
  final EventLog log = new EventLog(journal);
  final Documents documents = new Documents();
  final Transitions transitions = new Transitions(enrollments, log);

  private final ReentrantLock lock = new ReentrantLock();

  /**
   * Runs a transaction.
   *
   * @throws IllegalStateException when it is called by a function that a call was handed
   */
  <T> T transaction(Supplier<T> call) {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException(
          "a function that is handed to a store must be pure, but it called the store:"
              + " decide by what the function is given");
    }
    lock.lock();
    try {
      T answer = call.get();
      journal.commit();
      return answer;
    } catch (RuntimeException | Error e) {
      journal.rollBack();
      throw e;
    } finally {
      lock.unlock();
    }
  }
}
