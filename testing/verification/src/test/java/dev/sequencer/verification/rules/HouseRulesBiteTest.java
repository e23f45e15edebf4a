package dev.sequencer.verification.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule on a crooked house, where it must bite, and on a straight one, where it must not. */
class HouseRulesBiteTest {
  private static final String HERE = HouseRulesBiteTest.class.getPackageName();
  private static final House CROOKED = House.below(HERE + ".crooked");
  private static final HouseRules RULES = new HouseRules(CROOKED);
  private static final JavaClasses CROOKED_CLASSES =
      new ClassFileImporter().importPackages(CROOKED.root());

  private static final House STRAIGHT = House.below(HERE + ".straight");
  private static final JavaClasses STRAIGHT_CLASSES =
      new ClassFileImporter().importPackages(STRAIGHT.root());

  @Test
  void apiThatKnowsTheEngineIsNamed() {
    assertThat(faults(RULES.arrows(CROOKED.module("sequencer-api"))))
        .isNotEmpty()
        .allSatisfy(
            f ->
                assertThat(f)
                    .contains(
                        "the arrow from sequencer-api to sequencer-core turns round",
                        "Enrollments"));
  }

  @Test
  void storeThatKnowsTheEngineIsNamed() {
    assertThat(faults(RULES.arrows(CROOKED.module("store-inmemory"))))
        .isNotEmpty()
        .allSatisfy(
            f ->
                assertThat(f)
                    .contains(
                        "the arrow from store-inmemory to sequencer-core turns round",
                        "KnowsTheEngine"));
  }

  @Test
  void sqlOutsideTheJdbcStoreIsNamed() {
    assertThat(faults(RULES.libraries(CROOKED.module("files"))))
        .isNotEmpty()
        .allSatisfy(f -> assertThat(f).contains("java.sql has no place in files", "SpeaksSql"));
  }

  @Test
  void mailTypesOutsideTransportsAreNamed() {
    assertThat(faults(RULES.libraries(CROOKED.module("sequencer-core"))))
        .isNotEmpty()
        .allSatisfy(f -> assertThat(f).contains("jakarta.mail has no place in", "Pass"));
  }

  @Test
  void useOfInternalsOfAnotherModuleIsNamed() {
    assertThat(faults(RULES.internalsAreTheirModulesOwn(CROOKED.module("transport-smtp"))))
        .isNotEmpty()
        .allSatisfy(f -> assertThat(f).contains("mime.internal is internal", "UsesInternals"));
  }

  @Test
  void classInPackageOfAnotherModuleIsNamed() {
    ArchRule rule =
        RULES.packagesAreWhereTheyBelong(
            type ->
                type.getSimpleName().equals("AsksTheStore")
                    ? "store-jdbc"
                    : owner(CROOKED, type, "sequencer-core"));
    assertThat(faults(rule))
        .hasSize(2)
        .anySatisfy(
            f ->
                assertThat(f)
                    .contains("AsksTheStore lives in store-jdbc")
                    .contains("belongs to sequencer-core"))
        .anySatisfy(
            f ->
                assertThat(f)
                    .contains("Homeless lives in sequencer-core")
                    .contains("belongs to no module"));
  }

  @Test
  void packageCycleIsNamed() {
    assertThat(faults(RULES.noPackageCycles()))
        .anySatisfy(f -> assertThat(f).contains("Upper.lower()", "Lower.upper()"));
  }

  @Test
  void clockInPureCoreIsNamed() {
    assertThat(faults(RULES.pureCore("internal.time")))
        .anySatisfy(f -> assertThat(f).contains("reads a clock", "byReference"))
        .anySatisfy(f -> assertThat(f).contains("reads a clock", "nanoTime"));
  }

  @Test
  void storeAndLoggerInPureCoreAreNamed() {
    assertThat(faults(RULES.pureCore("internal.plan")))
        .anySatisfy(f -> assertThat(f).contains("knows a store", "AsksTheStore"))
        .anySatisfy(f -> assertThat(f).contains("knows a logger", "Logs"));
  }

  @Test
  void threadTypesInPureCoreAreNamed() {
    assertThat(faults(RULES.pureCore("internal.capacity")))
        .anySatisfy(f -> assertThat(f).contains("knows threads", "Waits"));
  }

  @Test
  void ruleThatSeesNoClassFails() {
    assertThatThrownBy(() -> RULES.pureCore("internal.nothing").check(CROOKED_CLASSES))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("failed to check any classes");
  }

  static Stream<ArchRule> allRulesOfTheStraightHouse() {
    HouseRules rules = new HouseRules(STRAIGHT);
    Stream<Part> filled =
        STRAIGHT.modules().stream()
            .filter(m -> !List.of("testkit", "tck", "cli").contains(m.folder()));
    return Stream.concat(
        filled.flatMap(
            m ->
                Stream.of(
                    rules.arrows(m), rules.libraries(m), rules.internalsAreTheirModulesOwn(m))),
        Stream.of(
            rules.packagesAreWhereTheyBelong(type -> owner(STRAIGHT, type, "nowhere")),
            rules.noPackageCycles(),
            rules.pureCore("internal.time"),
            rules.pureCore("internal.capacity"),
            rules.pureCore("internal.plan")));
  }

  @ParameterizedTest
  @MethodSource("allRulesOfTheStraightHouse")
  void straightHousePassesEveryRule(ArchRule rule) {
    assertThatCode(() -> rule.check(STRAIGHT_CLASSES)).doesNotThrowAnyException();
  }

  private static String owner(House house, JavaClass type, String otherwise) {
    return house.owner(type.getPackageName()).map(Part::folder).orElse(otherwise);
  }

  private static List<String> faults(ArchRule rule) {
    return rule.evaluate(CROOKED_CLASSES).getFailureReport().getDetails();
  }
}
