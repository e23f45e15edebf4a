package dev.sequencer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sequencer.testkit.TestMails.CountingPermit;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;

class SequencerExtensionTest {
  private final SequencerExtension extension = new SequencerExtension();

  @SequencerTest
  static final class Plain {
    Plain(TestSequencer forAll) {
      assertThat(forAll).isNotNull();
    }

    @SuppressWarnings("unused")
    static void test(TestSequencer sequencer, String other) {}
  }

  @SequencerTest(setup = NeedsAWord.class)
  static final class WithASetupThatCannotBeMade {
    @SuppressWarnings("unused")
    static void test(TestSequencer sequencer, String other) {}
  }

  static final class NeedsAWord implements TestSequencerSetup {
    private final String word;

    NeedsAWord(String word) {
      this.word = word;
    }

    @Override
    public void configure(TestSequencerBuilder builder) {
      builder.transportName(word);
    }
  }

  private static Method method(Class<?> type) throws NoSuchMethodException {
    return type.getDeclaredMethod("test", TestSequencer.class, String.class);
  }

  private static ExtensionContext context(Class<?> type, Optional<Method> method) {
    Map<Object, Object> values = new HashMap<>();
    Object store =
        Proxy.newProxyInstance(
            ExtensionContext.Store.class.getClassLoader(),
            new Class<?>[] {ExtensionContext.Store.class},
            (proxy, called, arguments) ->
                switch (called.getName()) {
                  case "get" -> values.get(arguments[0]);
                  case "put" -> values.put(arguments[0], arguments[1]);
                  case "remove" -> values.remove(arguments[0]);
                  default -> throw new UnsupportedOperationException(called.getName());
                });
    return (ExtensionContext)
        Proxy.newProxyInstance(
            ExtensionContext.class.getClassLoader(),
            new Class<?>[] {ExtensionContext.class},
            (proxy, called, arguments) ->
                switch (called.getName()) {
                  case "getStore" -> store;
                  case "getTestMethod" -> method;
                  case "getRequiredTestClass" -> type;
                  default -> throw new UnsupportedOperationException(called.getName());
                });
  }

  private static ParameterContext parameter(Parameter parameter) {
    return (ParameterContext)
        Proxy.newProxyInstance(
            ParameterContext.class.getClassLoader(),
            new Class<?>[] {ParameterContext.class},
            (proxy, called, arguments) ->
                called.getName().equals("getParameter")
                    ? parameter
                    : parameter.getDeclaringExecutable());
  }

  @Test
  void showsTheMailsThatHadLeftUnderAFailure() throws Exception {
    Method test = method(Plain.class);
    ExtensionContext context = context(Plain.class, Optional.of(test));
    TestSequencer sequencer =
        (TestSequencer) extension.resolveParameter(parameter(test.getParameters()[0]), context);
    sequencer.transport().send(TestMails.mail(1), CountingPermit.given());

    AssertionError failure = new AssertionError("two mails were expected");
    assertThatThrownBy(() -> extension.handleTestExecutionException(context, failure))
        .isSameAs(failure);
    assertThat(failure.getSuppressed())
        .singleElement()
        .extracting(Throwable::getMessage)
        .isEqualTo(
            "It was 2026-06-01T08:00:00Z, and 1 mail had left:\n"
                + "  Mon 2026-06-01 08:00:00.000 UTC  -  to bo1@example.com from"
                + " ann@acme.example: Subject 1");
  }

  @Test
  void addsNothingToAFailureWithoutAnEngine() throws Exception {
    AssertionError failure = new AssertionError("other");
    ExtensionContext context = context(Plain.class, Optional.of(method(Plain.class)));

    assertThatThrownBy(() -> extension.handleTestExecutionException(context, failure))
        .isSameAs(failure);
    assertThat(failure.getSuppressed()).isEmpty();
  }

  @Test
  void fillsItsOwnTypesOnly() throws Exception {
    Method test = method(Plain.class);
    ExtensionContext context = context(Plain.class, Optional.of(test));
    assertThat(extension.supportsParameter(parameter(test.getParameters()[0]), context)).isTrue();
    assertThat(extension.supportsParameter(parameter(test.getParameters()[1]), context)).isFalse();
  }

  @Test
  void hasNoEngineForAllTestsTogether() throws Exception {
    Parameter forAll = Plain.class.getDeclaredConstructor(TestSequencer.class).getParameters()[0];
    assertThatThrownBy(
            () ->
                extension.resolveParameter(
                    parameter(forAll), context(Plain.class, Optional.empty())))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessageContaining("take the parameter in the test or in @BeforeEach");
  }

  @Test
  void saysWhatASetupNeeds() throws Exception {
    Method test = method(WithASetupThatCannotBeMade.class);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                extension.resolveParameter(
                    parameter(test.getParameters()[0]),
                    context(WithASetupThatCannotBeMade.class, Optional.of(test))))
        .withMessageContaining("constructor without parameters")
        .withMessageContaining("NeedsAWord");
  }
}
