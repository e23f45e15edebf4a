package dev.sequencer.verification.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules over what the modules put into their jars. ArchUnit fails a rule that saw no class, so
 * a module that lost its classes cannot pass in silence.
 */
class HouseRulesTest {
  private static final String ROOT = "dev.sequencer";
  private static final List<String> WITHOUT_RULES = List.of("bom", "verification", "benchmarks");

  private static final House HOUSE = House.below(ROOT);
  private static final HouseRules RULES = new HouseRules(HOUSE);
  private static final Tree TREE = Tree.aroundHere();
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPaths(TREE.classesBut(WITHOUT_RULES));

  static Stream<String> modulesWithSources() {
    return TREE.modules().stream()
        .filter(m -> TREE.hasSources(m, ROOT))
        .map(Tree::lastName)
        .filter(m -> !WITHOUT_RULES.contains(m));
  }

  @Test
  void everyModuleOfTheBuildHasItsRow() {
    assertThat(TREE.modules())
        .map(Tree::lastName)
        .filteredOn(m -> !WITHOUT_RULES.contains(m))
        .containsExactlyInAnyOrderElementsOf(HOUSE.modules().stream().map(Part::folder).toList());
  }

  @ParameterizedTest
  @MethodSource("modulesWithSources")
  void everyModuleWithSourcesIsSeen(String folder) {
    assertThat(CLASSES.stream().map(Tree::folderOf)).contains(folder);
  }

  @ParameterizedTest
  @MethodSource("modulesWithSources")
  void everyJarCarriesLicenceAndNotice(String folder) {
    assertThat(TREE.classesOf(folder).resolve("META-INF"))
        .isDirectoryContaining("glob:**/LICENSE")
        .isDirectoryContaining("glob:**/NOTICE");
  }

  @Test
  void everyModuleHasAModuleNameOfItsOwn() {
    List<String> jars = TREE.modules().stream().filter(m -> !m.equals("bom")).toList();
    assertThat(jars.stream().map(TREE::moduleName))
        .allSatisfy(name -> assertThat(name).startsWith(ROOT + "."))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("modulesWithSources")
  void noArrowTurnsRound(String folder) {
    RULES.arrows(HOUSE.module(folder)).check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("modulesWithSources")
  void librariesStayInTheirPlace(String folder) {
    RULES.libraries(HOUSE.module(folder)).check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("modulesWithSources")
  void internalPackagesAreTheirModulesOwn(String folder) {
    RULES.internalsAreTheirModulesOwn(HOUSE.module(folder)).check(CLASSES);
  }

  @Test
  void everyPackageLivesInOneModuleAndCoreInInternalOnesOnly() {
    RULES.packagesAreWhereTheyBelong(Tree::folderOf).check(CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    RULES.noPackageCycles().check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"internal.time", "internal.capacity", "internal.plan"})
  void pureCoreKnowsNoClockStoreLoggerOrThread(String packageName) {
    // A package may come later than the others, but not later than the engine that needs it.
    assumeTrue(
        TREE.hasSources("sequencer-core", ROOT + "." + packageName)
            || TREE.hasSources("sequencer-core", ROOT + ".internal.engine"));
    RULES.pureCore(packageName).check(CLASSES);
  }
}
