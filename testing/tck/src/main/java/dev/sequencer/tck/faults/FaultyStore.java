package dev.sequencer.tck.faults;

import dev.sequencer.spi.store.Store;
import dev.sequencer.spi.store.StoreException;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.spi.store.StoreViews;
import dev.sequencer.tck.faults.FaultPlan.Fate;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A store around another one, where a test lets calls fail, lose their answers, or be the last of
 * their engine. Safe for use by several threads; the code of a test runs on the thread of the call,
 * outside locks.
 *
 * <p>A call is named as the method of {@link StoreHandle}, such as {@code begin}, or of {@link
 * StoreViews}, such as {@code views.ledger}; {@link #ANY} is every call of both but {@code now} and
 * {@code close}. Faults are asked in the order in which they were written down; all that match
 * count the call.
 */
public final class FaultyStore implements Store {
  /** Every call but {@code now} and {@code close}. */
  public static final String ANY = "*";

  private static final Set<String> NAMES =
      Stream.concat(
              names(StoreHandle.class).filter(name -> !name.equals("views")),
              names(StoreViews.class).map(name -> "views." + name))
          .collect(Collectors.toCollection(TreeSet::new));

  private final Store store;
  private final List<Fault> faults = new ArrayList<>();
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private volatile Optional<FaultPlan> plan = Optional.empty();

  /** Does something at a call, or throws. */
  @FunctionalInterface
  interface Deed {
    void at(FaultyHandle handle, String call);
  }

  private FaultyStore(Store store) {
    this.store = store;
  }

  /** Gives a store around another one; without faults it does what that one does. */
  public static FaultyStore around(Store store) {
    return new FaultyStore(store);
  }

  private static Stream<String> names(Class<?> type) {
    return Arrays.stream(type.getMethods()).map(Method::getName).distinct();
  }

  /**
   * Lets calls fail before they do anything, with a transient {@link StoreException}.
   *
   * @throws IllegalArgumentException when there is no such call
   */
  public FaultyStore failBefore(String call, Times times) {
    return failBefore(call, times, () -> refused(call));
  }

  /**
   * Lets calls fail before they do anything.
   *
   * @throws IllegalArgumentException when there is no such call
   */
  public FaultyStore failBefore(
      String call, Times times, Supplier<? extends RuntimeException> failure) {
    return add(call, times, true, (handle, name) -> raise(failure));
  }

  /**
   * Lets calls be done and their answers be lost, with a transient {@link StoreException}.
   *
   * @throws IllegalArgumentException when there is no such call
   */
  public FaultyStore failAfter(String call, Times times) {
    return failAfter(call, times, () -> lost(call));
  }

  /**
   * Lets calls be done and their answers be lost.
   *
   * @throws IllegalArgumentException when there is no such call
   */
  public FaultyStore failAfter(
      String call, Times times, Supplier<? extends RuntimeException> failure) {
    return add(call, times, false, (handle, name) -> raise(failure));
  }

  /**
   * Ends the engine before a call does anything: that and every later call of its handle, but
   * {@code close}, throws {@link SimulatedCrash}. Other engines on the store go on.
   *
   * @throws IllegalArgumentException when there is no such call
   */
  public FaultyStore crashBefore(String call, Times times) {
    return add(call, times, true, FaultyHandle::crash);
  }

  /**
   * Ends the engine after a call was done, as {@link #crashBefore}.
   *
   * @throws IllegalArgumentException when there is no such call
   */
  public FaultyStore crashAfter(String call, Times times) {
    return add(call, times, false, FaultyHandle::crash);
  }

  /**
   * Runs code before each such call; what it throws comes out of the call.
   *
   * @throws IllegalArgumentException when there is no such call
   */
  public FaultyStore onCall(String call, Runnable code) {
    return onCall(call, Times.always(), code);
  }

  /**
   * Runs code before some such calls; what it throws comes out of the call.
   *
   * @throws IllegalArgumentException when there is no such call
   */
  public FaultyStore onCall(String call, Times times, Runnable code) {
    return add(call, times, true, (handle, name) -> code.run());
  }

  /**
   * Runs code after some such calls were done; what it throws comes out of the call.
   *
   * @throws IllegalArgumentException when there is no such call
   */
  public FaultyStore afterCall(String call, Times times, Runnable code) {
    return add(call, times, false, (handle, name) -> code.run());
  }

  /** Lets every call but {@code now} and {@code close} fare as a plan says, after other faults. */
  public FaultyStore following(FaultPlan itsPlan) {
    plan = Optional.of(itsPlan);
    return this;
  }

  Fate fate(String call) {
    return Fault.matches(ANY, call) ? plan.map(p -> p.next(call)).orElse(Fate.DONE) : Fate.DONE;
  }

  /** Forgets all faults. An engine that has ended stays so. */
  public FaultyStore heal() {
    synchronized (faults) {
      faults.clear();
    }
    return this;
  }

  /** Gives the names of all calls but {@code now}, in the order in which they began. */
  public List<String> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /**
   * Gives how many times a call was begun.
   *
   * @throws IllegalArgumentException when there is no such call
   */
  public int calls(String call) {
    check(call);
    return (int) calls().stream().filter(name -> Fault.matches(call, name)).count();
  }

  @Override
  public StoreHandle open(StoreSetup setup) {
    return new FaultyHandle(this).around(store.open(setup));
  }

  private FaultyStore add(String call, Times times, boolean before, Deed deed) {
    check(call);
    synchronized (faults) {
      faults.add(new Fault(call, times, before, deed));
    }
    return this;
  }

  private static void check(String call) {
    if (!call.equals(ANY) && !NAMES.contains(call)) {
      throw new IllegalArgumentException(
          "a call must be one of " + NAMES + " or " + ANY + ", but is '" + call + "'");
    }
  }

  void begins(String call) {
    if (!call.equals("now")) {
      calls.add(call);
    }
  }

  /** Gives what is to be done at a call, and counts it. */
  Collection<Deed> deeds(String call, boolean before) {
    synchronized (faults) {
      List<Deed> deeds = new ArrayList<>();
      for (Fault fault : faults) {
        if (fault.strikes(call, before)) {
          deeds.add(fault.deed());
        }
      }
      return deeds;
    }
  }

  private static void raise(Supplier<? extends RuntimeException> failure) {
    throw failure.get();
  }

  static StoreException refused(String call) {
    return new StoreException(
        "the call " + call + " was refused by a fault of the test; nothing was done",
        true,
        new IOException("not connected"));
  }

  static StoreException lost(String call) {
    return new StoreException(
        "the answer of " + call + " was lost by a fault of the test; the outcome is unknown",
        true,
        new IOException("cut off"));
  }
}
