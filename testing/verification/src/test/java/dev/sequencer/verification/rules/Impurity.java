package dev.sequencer.verification.rules;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the pure packages of the core may not know. Calls that read the clock through a type that is
 * pure itself ({@code Instant.now()}) are told by the name of the method.
 */
final class Impurity {
  private static final Set<String> CLOCKS =
      Set.of("java.time.Clock", "java.util.Date", "java.util.Calendar");
  private static final Set<String> LOGS =
      Set.of("java.lang.System$Logger", "java.lang.System$LoggerFinder");
  private static final Set<String> THREADS =
      Set.of("java.lang.Thread", "java.lang.ThreadLocal", "java.util.Timer", "java.util.TimerTask");
  private static final List<String> CLOCK_CALLS =
      List.of(".now(", ".currentTimeMillis(", ".nanoTime(", ".systemDefault(");

  private static final Pattern STORE =
      Pattern.compile("\\w*Store|Store[A-Z]\\w*|\\w*Transaction|\\w*Transport");

  private final House house;

  Impurity(House house) {
    this.house = house;
  }

  Optional<String> of(Dependency dependency) {
    JavaClass target = dependency.getTargetClass().getBaseComponentType();
    String name = target.getName();
    String packageName = target.getPackageName();
    if (CLOCKS.contains(name)
        || target.isAssignableTo("java.time.InstantSource")
        || readsClock(dependency, packageName)) {
      return Optional.of("reads a clock");
    }
    if (isStore(target)) {
      return Optional.of("knows a store");
    }
    if (LOGS.contains(name)
        || House.isOrIsBelow(packageName, "org.slf4j")
        || House.isOrIsBelow(packageName, "java.util.logging")) {
      return Optional.of("knows a logger");
    }
    boolean concurrent = House.isOrIsBelow(packageName, "java.util.concurrent");
    if (THREADS.contains(name) || (concurrent && !name.endsWith(".TimeUnit"))) {
      return Optional.of("knows threads");
    }
    return House.isOrIsBelow(packageName, house.root() + ".internal.engine")
        ? Optional.of("knows the engine")
        : Optional.empty();
  }

  private static boolean readsClock(Dependency dependency, String packageName) {
    boolean candidate = packageName.equals("java.time") || packageName.equals("java.lang");
    return candidate
        && CLOCK_CALLS.stream().anyMatch(call -> dependency.getDescription().contains(call));
  }

  /** The rows that a store keeps are data and pure; the store itself and its views are not. */
  private boolean isStore(JavaClass target) {
    if (House.isOrIsBelow(target.getPackageName(), house.root() + ".inmemory")) {
      return true;
    }
    return House.isOrIsBelow(target.getPackageName(), house.root() + ".spi")
        && STORE.matcher(target.getSimpleName()).matches();
  }
}
