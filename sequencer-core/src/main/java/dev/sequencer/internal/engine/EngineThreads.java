package dev.sequencer.internal.engine;

import dev.sequencer.SequencerConfig.Settings;
import dev.sequencer.internal.dispatch.HostCode;
import dev.sequencer.internal.dispatch.Workers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Owns the threads of a started engine: one that drives passes, those that claim and write outcomes
 * beside it, the workers that send, and those on which host code runs under a limit. The only class
 * that makes threads or waits.
 */
final class EngineThreads implements Workers, HostCode {
  private static final int LOOK_UPS = 4;
  private static final int HOST_THREADS = 16;

  /** Claiming and writing outcomes, beside the pass. */
  private static final int ASIDE = 2;

  private final int most;
  private final Map<String, Integer> taken = new HashMap<>();
  private final int mostOfTransport;
  private final Executor senders;
  private final HandOvers handOvers;
  private final ExecutorService besides;
  private final List<ExecutorService> owned;
  private final ExecutorService hostThreads;
  private final Duration hostLimit;
  private final AtomicInteger stuck = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread driver;
  private int inUse;
  private int aside;
  private volatile boolean signalled;
  private volatile boolean stopping;
  private final CountDownLatch driverEnded = new CountDownLatch(1);
  private final AtomicReference<Runnable> last = new AtomicReference<>(() -> {});

  /**
   * Makes the threads; nothing runs before {@link #start}.
   *
   * @param step makes one pass and gives how long to wait at the most before the next
   */
  EngineThreads(String node, Settings settings, int transports, Supplier<Duration> step) {
    most = settings.workers();
    // One host that does not answer must leave workers for the others.
    mostOfTransport = transports < 2 ? most : Math.max(1, most * 3 / 4);
    hostLimit = settings.hostCodeLimit();
    // Look-ups of attempts without outcome come on top of the workers.
    ExecutorService own =
        pool(
            "sequencer-" + node + "-send-",
            most + LOOK_UPS * Math.max(1, transports),
            new SynchronousQueue<>());
    senders = settings.executor().orElse(own);
    hostThreads = pool("sequencer-" + node + "-host-", HOST_THREADS, new SynchronousQueue<>());
    handOvers = new HandOvers(senders);
    besides = pool("sequencer-" + node + "-aside-", ASIDE, new LinkedBlockingQueue<>());
    owned = List.of(own, hostThreads, besides);
    driver = new Own(() -> drive(step), "sequencer-" + node);
    driver.setDaemon(true);
  }

  /** A thread of this engine, which must not wait for the engine to stop. */
  private final class Own extends Thread {
    Own(Runnable task, String name) {
      super(task, name);
    }

    boolean isOf(EngineThreads engine) {
      return EngineThreads.this == engine;
    }
  }

  /** Says whether the caller is a thread of this engine: a listener, transport or host code. */
  boolean callsItself() {
    return Thread.currentThread() instanceof Own own && own.isOf(this);
  }

  /** Makes a pool that keeps no thread for long; tasks that no thread takes go to the queue. */
  private ExecutorService pool(String prefix, int threads, BlockingQueue<Runnable> queue) {
    AtomicInteger count = new AtomicInteger();
    ThreadFactory named =
        task -> {
          Thread thread = new Own(task, prefix + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    // A queue that takes tasks would keep threads beyond the core from being made.
    int core = queue instanceof SynchronousQueue ? 0 : threads;
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            core,
            threads,
            30,
            TimeUnit.SECONDS,
            queue,
            named,
            new ThreadPoolExecutor.AbortPolicy());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  void start() {
    driver.start();
  }

  /** Runs something beside the driver, until it ends by itself. */
  void alongside(Runnable task) {
    Thread thread = new Own(task, driver.getName() + "-listen");
    thread.setDaemon(true);
    thread.start();
  }

  private void drive(Supplier<Duration> step) {
    try {
      while (!stopping) {
        pause(step.get());
      }
    } finally {
      driverEnded.countDown();
      last.getAndSet(() -> {}).run();
    }
  }

  /** Lets the driver end after its pass, and do something last; does not wait. */
  void stopDrivingThen(Runnable what) {
    last.set(what);
    stopping = true;
    signal();
  }

  /** Tells the driver that there may be work. */
  void signal() {
    if (signalled) {
      return;
    }
    lock.lock();
    try {
      signalled = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a signal comes or the time is over; false when the thread is interrupted. */
  boolean pause(Duration time) {
    lock.lock();
    try {
      long nanos = time.toNanos();
      while (!signalled && !stopping && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      signalled = false;
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Lets the driver end after its pass. */
  void stopDriving() {
    stopping = true;
    signal();
    try {
      if (!driverEnded.await(60, TimeUnit.SECONDS)) {
        driver.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until no worker is taken and no step runs beside a pass, or the time is over; says
   * whether that came.
   *
   * @param settle takes in what workers have learnt, which gives them back
   */
  boolean awaitIdle(Duration time, Runnable settle) {
    settle.run();
    long nanos = time.toNanos();
    lock.lock();
    try {
      while (inUse + aside > 0 && nanos > 0) {
        while (!signalled && inUse + aside > 0 && nanos > 0) {
          nanos = changed.awaitNanos(nanos);
        }
        signalled = false;
        lock.unlock();
        try {
          settle.run();
        } finally {
          lock.lock();
        }
      }
      if (inUse + aside > 0) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
    // What a step beside the pass has told last.
    settle.run();
    return true;
  }

  /** Interrupts what still runs on threads of the engine's own. */
  void shutDown() {
    owned.forEach(ExecutorService::shutdownNow);
  }

  @Override
  public boolean take(String transport) {
    lock.lock();
    try {
      int ofTransport = taken.getOrDefault(transport, 0);
      if (inUse >= most || ofTransport >= mostOfTransport) {
        return false;
      }
      inUse++;
      taken.put(transport, ofTransport + 1);
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void giveBack(String transport) {
    lock.lock();
    try {
      inUse--;
      taken.merge(transport, -1, Integer::sum);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run(Runnable task) {
    handOvers.run(task);
  }

  @Override
  public void aside(Runnable step) {
    count(1);
    try {
      besides.execute(
          () -> {
            try {
              step.run();
            } finally {
              count(-1);
            }
          });
    } catch (RejectedExecutionException shutDown) {
      count(-1);
      throw shutDown;
    }
  }

  private void count(int one) {
    lock.lock();
    try {
      aside += one;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean tryRun(Runnable task) {
    try {
      senders.execute(task);
      return true;
    } catch (RejectedExecutionException full) {
      return false;
    }
  }

  @Override
  public boolean direct() {
    return false;
  }

  /** How a call of host code stands. */
  private enum Call {
    RUNNING,
    ENDED,
    GIVEN_UP
  }

  @Override
  public <T> T call(String what, Supplier<T> code) {
    AtomicReference<Call> state = new AtomicReference<>(Call.RUNNING);
    Callable<T> task =
        () -> {
          try {
            return code.get();
          } finally {
            if (!state.compareAndSet(Call.RUNNING, Call.ENDED)) {
              stuck.decrementAndGet();
            }
          }
        };
    try {
      Future<T> running = hostThreads.submit(task);
      try {
        return running.get(hostLimit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (state.compareAndSet(Call.RUNNING, Call.GIVEN_UP)) {
          stuck.incrementAndGet();
        }
        running.cancel(true);
        throw new HostCodeException(what + " did not end within " + hostLimit, e);
      } catch (InterruptedException e) {
        running.cancel(true);
        Thread.currentThread().interrupt();
        throw new HostCodeException(what + " was interrupted", e);
      }
    } catch (RejectedExecutionException e) {
      throw new HostCodeException(
          what + " was not called: " + stuck.get() + " earlier calls have not ended", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new HostCodeException(what + " threw " + cause.getClass().getName(), cause);
    }
  }

  @Override
  public int stuck() {
    return stuck.get();
  }
}
