package dev.sequencer.tck.faults;

import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreViews;
import dev.sequencer.tck.faults.FaultPlan.Fate;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * The handle of one engine on a faulty store, with its views and what joins a transaction: all end
 * together. A proxy, so that no method of a handle is forgotten.
 */
final class FaultyHandle {
  private final FaultyStore store;
  private volatile boolean dead;

  FaultyHandle(FaultyStore store) {
    this.store = store;
  }

  StoreHandle around(StoreHandle handle) {
    return (StoreHandle)
        Proxy.newProxyInstance(
            StoreHandle.class.getClassLoader(),
            new Class<?>[] {StoreHandle.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("views")) {
                return around(handle.views());
              }
              Object answer = call(method.getName(), handle, method, arguments);
              return answer instanceof StoreHandle joined ? around(joined) : answer;
            });
  }

  private StoreViews around(StoreViews views) {
    return (StoreViews)
        Proxy.newProxyInstance(
            StoreViews.class.getClassLoader(),
            new Class<?>[] {StoreViews.class},
            (proxy, method, arguments) ->
                call("views." + method.getName(), views, method, arguments));
  }

  private @Nullable Object call(
      String name, Object target, Method method, Object @Nullable [] arguments) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return invoke(target, method, arguments);
    }
    boolean closing = name.equals("close");
    if (!closing) {
      requireAlive(name);
    }
    store.begins(name);
    strike(name, true);
    Fate fate = closing ? Fate.DONE : store.fate(name);
    before(fate, name);
    Object answer = invoke(target, method, arguments);
    after(fate, name);
    strike(name, false);
    if (!closing) {
      requireAlive(name);
    }
    return answer;
  }

  private void before(Fate fate, String name) {
    switch (fate) {
      case REFUSED -> throw FaultyStore.refused(name);
      case ENDS_BEFORE -> crash(name);
      case DONE, ANSWER_LOST, ENDS_AFTER -> {}
    }
  }

  private void after(Fate fate, String name) {
    switch (fate) {
      case ANSWER_LOST -> throw FaultyStore.lost(name);
      case ENDS_AFTER -> crash(name);
      case DONE, REFUSED, ENDS_BEFORE -> {}
    }
  }

  private void strike(String name, boolean before) {
    for (FaultyStore.Deed deed : store.deeds(name, before)) {
      deed.at(this, name);
    }
  }

  /** A process that ended while a call was on its way does not learn the answer. */
  private void requireAlive(String call) {
    if (dead) {
      throw new SimulatedCrash("the engine has ended and calls " + call + " no more");
    }
  }

  void crash(String call) {
    dead = true;
    throw new SimulatedCrash("the engine ends at " + call);
  }

  private static @Nullable Object invoke(
      Object target, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      throw cause == null ? e : cause;
    }
  }
}
