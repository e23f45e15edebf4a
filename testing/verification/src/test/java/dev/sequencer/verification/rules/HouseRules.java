package dev.sequencer.verification.rules;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The rules for one house. Each says in its message what to do. */
final class HouseRules {
  /** Core has internal packages only, for the extras above it; the api's are words for messages. */
  private static final Set<String> SHARED = Set.of("sequencer-core", "sequencer-api");

  private final House house;

  HouseRules(House house) {
    this.house = house;
  }

  /** Every arrow between modules points the way of the table. */
  ArchRule arrows(Part module) {
    return each(
        module,
        "use only " + module.uses() + " of our modules",
        d -> {
          String target = packageOf(d.getTargetClass());
          if (!house.isOurs(target) || house.owns(module, target)) {
            return Optional.empty();
          }
          String owner = house.owner(target).map(Part::folder).orElse("no module");
          return module.uses().contains(owner)
              ? Optional.empty()
              : Optional.of("the arrow from " + module.folder() + " to " + owner + " turns round");
        });
  }

  /** A library is used where the table names it: SQL in store-jdbc, mail types in transports. */
  ArchRule libraries(Part module) {
    return each(
        module,
        "use only the libraries " + module.libraries() + " and the JDK without SQL",
        d -> {
          String target = packageOf(d.getTargetClass());
          return house.isOurs(target) || house.allowsLibrary(module, target)
              ? Optional.empty()
              : Optional.of(target + " has no place in " + module.folder());
        });
  }

  /** A package named internal is its module's own, where {@link #SHARED} does not say otherwise. */
  ArchRule internalsAreTheirModulesOwn(Part module) {
    return each(
        module,
        "leave the internal packages of others alone",
        d -> {
          String target = packageOf(d.getTargetClass());
          boolean allowed =
              !(target + ".").contains(".internal.")
                  || house.owns(module, target)
                  || house
                      .owner(target)
                      .map(Part::folder)
                      .filter(f -> SHARED.contains(f) && module.uses().contains(f))
                      .isPresent();
          return allowed
              ? Optional.empty()
              : Optional.of(target + " is internal: ask for a type outside");
        });
  }

  /** A package lives in one module, the one of the table; so core has nothing but internal ones. */
  ArchRule packagesAreWhereTheyBelong(Function<JavaClass, String> folderOf) {
    return classes()
        .should(
            new ArchCondition<JavaClass>("live in the module that owns their package") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                String owner =
                    house.owner(type.getPackageName()).map(Part::folder).orElse("no module");
                String folder = folderOf.apply(type);
                if (!owner.equals(folder)) {
                  events.add(
                      violated(
                          type,
                          type.getName()
                              + " lives in "
                              + folder
                              + ", its package belongs to "
                              + owner
                              + ": move it, or name the package in House"));
                }
              }
            });
  }

  /** No package needs another that needs it. */
  ArchRule noPackageCycles() {
    return slices()
        .assignedFrom(new Packages())
        .should()
        .beFreeOfCycles()
        .ignoreDependency(
            DescribedPredicate.describe("the entry", this::isEntry),
            DescribedPredicate.describe("the ports", c -> isBelow(c, "spi")));
  }

  /** Time, capacity and planning get instants and rows, and give instants and rows. */
  ArchRule pureCore(String packageName) {
    Impurity impurity = new Impurity(house);
    String full = house.root() + "." + packageName;
    return classes()
        .that(DescribedPredicate.describe("are in " + full, c -> isBelow(c, packageName)))
        .should(condition("know no clock, store, logger or thread", impurity::of))
        .because("what is pure is told everything: take an Instant, give a plan");
  }

  /**
   * The one named exception to "no cycles": Sequencer and its builder name the ports, which speak
   * of the model beside them.
   */
  private boolean isEntry(JavaClass type) {
    return type.getPackageName().equals(house.root())
        && type.getName().startsWith(house.root() + ".Sequencer");
  }

  private boolean isBelow(JavaClass type, String relative) {
    return House.isOrIsBelow(type.getPackageName(), house.root() + "." + relative);
  }

  private ArchRule each(
      Part module, String description, Function<Dependency, Optional<String>> fault) {
    return classes()
        .that(
            DescribedPredicate.describe(
                "are in " + module.folder(), c -> house.owns(module, c.getPackageName())))
        .should(condition(description, fault))
        .as("classes of " + module.folder() + " should " + description);
  }

  private static ArchCondition<JavaClass> condition(
      String description, Function<Dependency, Optional<String>> fault) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getDirectDependenciesFromSelf()
            .forEach(
                d ->
                    fault
                        .apply(d)
                        .ifPresent(f -> events.add(violated(d, f + ": " + d.getDescription()))));
      }
    };
  }

  static String packageOf(JavaClass type) {
    return type.getBaseComponentType().getPackageName();
  }

  private static final class Packages implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getPackageName());
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
