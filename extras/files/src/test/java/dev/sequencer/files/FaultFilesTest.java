package dev.sequencer.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sequencer.DefinitionException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each file of the folder {@code faults} is refused with exactly the messages that stand in the
 * {@code .txt} beside it, behind a first line that says what the schema makes of it.
 */
class FaultFilesTest {
  @TestFactory
  Stream<DynamicTest> everyFaultIsToldAtOnceWithItsPlace() {
    return Examples.in(Examples.FAULTS).stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> assertThat(faults(file)).containsExactlyElementsOf(expected(file))));
  }

  @Test
  void noMessageShowsASecretOrWhatAVariableGave() {
    assertThat(Examples.in(Examples.FAULTS))
        .hasSizeGreaterThan(30)
        .allSatisfy(
            file ->
                assertThat(faults(file))
                    .noneMatch(message -> message.contains(Examples.SECRET))
                    .noneMatch(message -> message.contains("31337")));
  }

  static String firstLine(Path file) {
    return beside(file).lines().findFirst().orElse("");
  }

  private static List<String> expected(Path file) {
    return beside(file).lines().skip(1).toList();
  }

  private static String beside(Path file) {
    String name = file.getFileName().toString().replace(".yaml", ".txt");
    return Examples.text(file.resolveSibling(name));
  }

  static List<String> faults(Path file) {
    DefinitionException e =
        catchThrowableOfType(DefinitionException.class, () -> Examples.read(file));
    assertThat(e).as(file.toString()).isNotNull();
    return e.faults().stream()
        .map(fault -> fault.toString().replace(Examples.FAULTS + "/", ""))
        .toList();
  }
}
