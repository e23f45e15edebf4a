package dev.sequencer.tck.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Callers that start at the same moment, each on a thread of its own. */
public final class Together implements AutoCloseable {
  private static final int LONGEST_SECONDS = 60;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Gives an empty crew. */
  public Together() {}

  /**
   * Runs all of them at once and gives their answers in order.
   *
   * @throws AssertionError when one fails or takes longer than a minute
   */
  public <T> List<T> run(List<Callable<T>> callers) {
    CyclicBarrier start = new CyclicBarrier(callers.size());
    List<Future<T>> running = new ArrayList<>();
    for (Callable<T> caller : callers) {
      running.add(
          threads.submit(
              () -> {
                start.await(LONGEST_SECONDS, TimeUnit.SECONDS);
                return caller.call();
              }));
    }
    List<T> answers = new ArrayList<>();
    for (Future<T> future : running) {
      answers.add(answer(future));
    }
    return answers;
  }

  private static <T> T answer(Future<T> future) {
    try {
      return future.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("a caller failed or did not come back", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while callers were running", e);
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
