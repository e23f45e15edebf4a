package dev.sequencer;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Finds the one implementation of a service. */
final class Providers {
  private Providers() {}

  static <T> T one(Class<T> service, String artifact) {
    List<T> found = load(service, Sequencer.class.getClassLoader());
    if (found.isEmpty()) {
      found = load(service, Thread.currentThread().getContextClassLoader());
    }
    if (found.isEmpty()) {
      throw new IllegalStateException(
          "no engine is on the class path: add the dependency " + artifact);
    }
    if (found.size() > 1) {
      throw new IllegalStateException(
          "one engine is allowed on the class path, but there are "
              + found.stream().map(provider -> provider.getClass().getName()).toList()
              + ": remove one");
    }
    return found.get(0);
  }

  private static <T> List<T> load(Class<T> service, ClassLoader loader) {
    List<T> found = new ArrayList<>();
    ServiceLoader.load(service, loader).forEach(found::add);
    return found;
  }
}
