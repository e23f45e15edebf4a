package dev.sequencer.testkit;

import dev.sequencer.Sequencer;
import java.lang.reflect.Constructor;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** What {@link SequencerTest} does. Only what JUnit 5.10 has and JUnit 6 kept is used here. */
final class SequencerExtension
    implements ParameterResolver, AfterEachCallback, TestExecutionExceptionHandler {
  private static final Namespace NAMESPACE = Namespace.create(SequencerExtension.class);
  private static final String ENGINE = "engine";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == TestSequencer.class
        || type == Sequencer.class
        || type == ManualClock.class
        || type == FakeTransport.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (context.getTestMethod().isEmpty()) {
      throw new ParameterResolutionException(
          "an engine belongs to one test method, but "
              + parameter.getDeclaringExecutable().getName()
              + " is called for all of them: take the parameter in the test or in @BeforeEach");
    }
    TestSequencer sequencer = engine(context);
    Class<?> type = parameter.getParameter().getType();
    if (type == ManualClock.class) {
      return sequencer.clock();
    }
    return type == FakeTransport.class ? sequencer.transport() : sequencer;
  }

  private static TestSequencer engine(ExtensionContext context) {
    ExtensionContext.Store store = context.getStore(NAMESPACE);
    TestSequencer known = store.get(ENGINE, TestSequencer.class);
    if (known != null) {
      return known;
    }
    TestSequencer made = make(annotation(context));
    store.put(ENGINE, made);
    return made;
  }

  private static TestSequencer make(SequencerTest wanted) {
    TestSequencerBuilder builder =
        TestSequencer.builder().startingAt(wanted.startingAt()).zone(wanted.zone());
    setup(wanted.setup()).configure(builder);
    return builder.build();
  }

  private static TestSequencerSetup setup(Class<? extends TestSequencerSetup> type) {
    try {
      Constructor<? extends TestSequencerSetup> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "the setup of a @SequencerTest needs a constructor without parameters, but "
              + type.getName()
              + " cannot be made: make it a static nested or a top-level class",
          e);
    }
  }

  /** Finds the annotation of the method, else of its class, else of the classes around that. */
  private static SequencerTest annotation(ExtensionContext context) {
    Optional<SequencerTest> found =
        context
            .getTestMethod()
            .flatMap(m -> Optional.ofNullable(m.getAnnotation(SequencerTest.class)));
    Class<?> type = context.getRequiredTestClass();
    while (found.isEmpty() && type != null) {
      found = Optional.ofNullable(type.getAnnotation(SequencerTest.class));
      type = type.getEnclosingClass();
    }
    return found.orElse(Defaults.class.getAnnotation(SequencerTest.class));
  }

  /** Whoever registers the extension by hand gets the defaults. */
  @SequencerTest
  private static final class Defaults {}

  @Override
  public void afterEach(ExtensionContext context) {
    TestSequencer sequencer = context.getStore(NAMESPACE).remove(ENGINE, TestSequencer.class);
    if (sequencer != null) {
      sequencer.close();
    }
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    TestSequencer sequencer = context.getStore(NAMESPACE).get(ENGINE, TestSequencer.class);
    if (sequencer != null) {
      failure.addSuppressed(TimeLine.of(sequencer));
    }
    throw failure;
  }
}
