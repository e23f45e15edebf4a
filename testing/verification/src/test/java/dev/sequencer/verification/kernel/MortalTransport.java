package dev.sequencer.verification.kernel;

import dev.sequencer.spi.MailTransport;
import dev.sequencer.tck.faults.FaultyStore;
import dev.sequencer.tck.faults.Times;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A transport in whose n-th call the process dies, before the call did anything or after it did all
 * of it. What the dead process calls from then on does nothing, in transport and store.
 */
final class MortalTransport {
  private static final Set<String> COUNTED = Set.of("stage", "connect", "send", "find", "discard");

  private final FaultyStore store;
  private final Object transport;
  private final int deadly;
  private final boolean before;
  private final List<String> calls = new ArrayList<>();
  private boolean dead;

  MortalTransport(FaultyStore store, Object transport, int deadly, boolean before) {
    this.store = store;
    this.transport = transport;
    this.deadly = deadly;
    this.before = before;
  }

  /** Gives it as a transport of a kind. */
  <T extends MailTransport> T as(Class<T> kind) {
    return kind.cast(
        Proxy.newProxyInstance(
            kind.getClassLoader(),
            new Class<?>[] {kind},
            (proxy, method, arguments) ->
                COUNTED.contains(method.getName())
                    ? called(method, arguments)
                    : invoke(method, arguments)));
  }

  private Object called(Method method, Object... arguments) throws Throwable {
    if (dead) {
      throw new IllegalStateException("the process is dead");
    }
    calls.add(method.getName());
    boolean here = calls.size() == deadly;
    if (here && before) {
      die(method);
    }
    Object answer = invoke(method, arguments);
    if (here) {
      die(method);
    }
    return answer;
  }

  private Object invoke(Method method, Object... arguments) throws Throwable {
    try {
      return method.invoke(transport, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private void die(Method method) {
    dead = true;
    store.crashBefore(FaultyStore.ANY, Times.times(1));
    throw new IllegalStateException("the process died in " + method.getName());
  }

  /** Lets a new process begin. */
  void revive() {
    dead = false;
  }

  /** Gives the names of the calls, in order. */
  List<String> calls() {
    return List.copyOf(calls);
  }
}
