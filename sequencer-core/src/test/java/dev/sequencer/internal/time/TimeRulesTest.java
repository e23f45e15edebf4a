package dev.sequencer.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the cases of the time rules, each as a test of its own named by its id.
 *
 * <p>Another file of the same kinds: {@code -Dsequencer.time.cases=PATH}.
 */
class TimeRulesTest {

  private static final String PROPERTY = "sequencer.time.cases";

  @TestFactory
  List<DynamicTest> cases() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : source().lines().filter(line -> !line.isBlank()).toList()) {
      Map<String, @Nullable Object> fields = Json.object(line);
      tests.add(DynamicTest.dynamicTest(String.valueOf(fields.get("id")), () -> check(fields)));
    }
    assertThat(tests)
        .as("cases of %s", System.getProperty(PROPERTY, "cases/time.jsonl"))
        .isNotEmpty();
    return tests;
  }

  private static void check(Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> expected =
        new LinkedHashMap<>(Json.asObject(fields.get("expected")));
    expected.remove("local");
    String kind = String.valueOf(fields.get("kind"));
    Map<String, @Nullable Object> actual = CaseRunner.run(kind, Json.asObject(fields.get("input")));
    assertThat(actual)
        .as(
            "%s: expected %s, actual %s, input %s, because: %s",
            fields.get("id"), expected, actual, fields.get("input"), fields.get("why"))
        .isEqualTo(expected);
  }

  private static String source() throws IOException {
    String path = System.getProperty(PROPERTY);
    if (path != null) {
      return Files.readString(find(Path.of(path)));
    }
    try (InputStream cases = TimeRulesTest.class.getResourceAsStream("/cases/time.jsonl")) {
      return cases == null
          ? fail("cases/time.jsonl is not among the test resources")
          : new String(cases.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Tests run in the module's folder; a relative path may be meant from the root. */
  private static Path find(Path path) {
    Path fromRoot = Path.of("..").resolve(path);
    return !Files.exists(path) && Files.exists(fromRoot) ? fromRoot : path;
  }
}
