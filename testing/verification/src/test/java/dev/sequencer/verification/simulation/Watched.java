package dev.sequencer.verification.simulation;

import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.Store;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.StoreSetup;
import dev.sequencer.spi.store.Work;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The store under all faults: tells the promises what has committed, also when the answer gets lost
 * above.
 */
final class Watched implements Store {
  private final Store store;
  private final World world;
  private final List<StoreHandle> handles = new ArrayList<>();

  Watched(Store store, World world) {
    this.store = store;
    this.world = world;
  }

  @Override
  public StoreHandle open(StoreSetup setup) {
    StoreHandle handle = store.open(setup);
    handles.add(handle);
    return (StoreHandle)
        Proxy.newProxyInstance(
            StoreHandle.class.getClassLoader(),
            new Class<?>[] {StoreHandle.class},
            (proxy, method, arguments) -> call(setup.node(), handle, method, arguments));
  }

  private @Nullable Object call(
      String node, StoreHandle handle, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("close")) {
      return null;
    }
    if (!method.getName().equals("now")) {
      world.note(node, method.getName());
    }
    if (arguments != null && arguments[0] instanceof BeginCall begin && world.meddles(begin)) {
      // What a node decided is old when the store hears it.
      world.sleep(1);
    }
    Object answer;
    try {
      answer = method.invoke(handle, arguments);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      throw cause == null ? e : cause;
    }
    if (arguments != null && method.getName().equals("begin")) {
      begun(handle, (List<?>) answer);
    } else if (arguments != null && method.getName().equals("complete")) {
      completed((List<?>) arguments[0], (List<?>) answer);
    } else if (arguments != null && arguments[0] instanceof SteerCall steer) {
      if (!((SteerCall.Answer) answer).repeated()) {
        world.promises().suppressions(steer.suppress(), steer.unsuppress());
      }
    }
    return answer;
  }

  private void completed(List<?> completions, List<?> answers) {
    for (int i = 0; i < completions.size(); i++) {
      Completion completion = (Completion) completions.get(i);
      Completion.Answer answer = (Completion.Answer) answers.get(i);
      if (answer == Completion.Answer.APPLIED) {
        world.promises().completed(completion);
      }
      if (answer == Completion.Answer.APPLIED || answer == Completion.Answer.OUTCOME_ONLY) {
        world.promises().ended(completion);
      }
    }
  }

  private void begun(StoreHandle handle, List<?> answers) {
    for (Object answer : answers) {
      ((BeginCall.Answer) answer).begun().ifPresent(row -> begun(handle, row));
    }
  }

  private void begun(StoreHandle handle, Work row) {
    name(handle, row.origin().sequence());
    name(handle, row.attempt().mailbox());
    handle
        .subjects(List.of(row.enrollment()))
        .forEach(subject -> world.promises().begun(row, subject));
  }

  private void name(StoreHandle handle, int number) {
    world
        .promises()
        .names()
        .computeIfAbsent(number, n -> handle.document(n).map(Document::name).orElse("?"));
  }

  /** Closes all handles, whose engines may have died without doing so. */
  void close() {
    handles.forEach(StoreHandle::close);
  }
}
