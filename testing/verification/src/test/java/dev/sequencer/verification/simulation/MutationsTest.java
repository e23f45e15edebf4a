package dev.sequencer.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The simulation bites: faults that are put into a copy of the engine and the store are found by
 * it. They are kept as patches in {@code src/mutations}; {@code docs/mutations.md} says what each
 * breaks. {@code mutations.sh} runs them all.
 */
class MutationsTest {
  private static final int SEEDS = Integer.getInteger("sequencer.seeds", 1500);

  @TempDir Path folder;

  @Test
  @DisplayName("every mutation still applies to the sources, and each is listed")
  void everyMutationApplies() throws IOException {
    String list = Files.readString(Patch.root().resolve(Path.of("docs", "mutations.md")));
    List<Patch> patches = Patch.all();
    assertThat(patches).hasSizeGreaterThanOrEqualTo(15);
    for (Patch patch : patches) {
      assertThatCode(patch::applied).doesNotThrowAnyException();
      assertThat(list).contains("`" + patch.name() + "`");
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "sequencer.mutations", matches = "true")
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  @DisplayName("every mutation is caught")
  void everyMutationIsCaught() throws Exception {
    // The processes work, this one waits: as many at a time as there are processors.
    List<String> survivors = new CopyOnWriteArrayList<>();
    ExecutorService hunts =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Callable<Void>> all = new ArrayList<>();
      for (Patch patch : Patch.all()) {
        all.add(
            () -> {
              String found = hunt(patch);
              System.out.println("MUTATION " + patch.name() + " | " + found);
              if (!found.startsWith("seed ")) {
                survivors.add(patch.name() + ": " + found);
              }
              return null;
            });
      }
      for (Future<Void> hunted : hunts.invokeAll(all)) {
        hunted.get();
      }
    } finally {
      hunts.shutdownNow();
    }
    assertThat(survivors).as("mutations that the simulation does not catch").isEmpty();
  }

  /** Gives the seed and the promise that caught a mutation, in a process of its own. */
  private String hunt(Patch patch) throws IOException, InterruptedException {
    Path scratch = Files.createDirectory(folder.resolve(patch.name()));
    String name = Path.of(patch.file()).getFileName().toString();
    Path source = Files.writeString(scratch.resolve(name), patch.applied());
    Path classes = Files.createDirectory(scratch.resolve("classes"));
    String path = System.getProperty("java.class.path");
    compile(source, classes, path);
    Path output = scratch.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                // Most are found in seconds, sooner than the slower compiler has paid.
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                classes + java.io.File.pathSeparator + path,
                SimulationRun.class.getName(),
                "1",
                Integer.toString(SEEDS))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int code = process.waitFor();
    List<String> lines = Files.readAllLines(output);
    String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    return code == 0 ? "survived " + SEEDS + " seeds" : last;
  }

  private static void compile(Path source, Path classes, String path) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  null,
                  files,
                  null,
                  List.of("-d", classes.toString(), "-cp", path, "-proc:none", "-nowarn"),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as("%s compiles", source.getFileName()).isTrue();
    }
  }

  @Test
  @DisplayName("a patch that does not stand in its source is refused")
  void whatDoesNotStandThereIsRefused() {
    Patch patch =
        new Patch(
            "none",
            "sequencer-core/pom.xml",
            List.of(new Patch.Hunk(List.of("not there"), List.of("anything"))));
    assertThatCode(patch::applied)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("none applies no more");
  }
}
