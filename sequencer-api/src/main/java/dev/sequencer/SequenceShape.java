package dev.sequencer;

import dev.sequencer.internal.text.DidYouMean;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the shape of a list of steps: keys, what follows what, cycles, what is never reached. */
final class SequenceShape {
  private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._?!-]{0,99}");
  private static final Pattern NAME = Pattern.compile("\\$?[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,99}");
  private static final int MOST_STEPS = 1000;

  private SequenceShape() {}

  static List<Problem> faults(String name, List<Step> steps) {
    List<Problem> faults = new ArrayList<>();
    if (!NAME.matcher(name).matches()) {
      faults.add(
          Problem.fault(
              "name",
              "the name of a sequence must begin with a letter or digit and go on with letters,"
                  + " digits, blanks, '.', '_' or '-', at most 100, but is '"
                  + name
                  + "'"));
    }
    if (steps.isEmpty()) {
      faults.add(Problem.fault("steps", "a sequence needs at least one step, but has none"));
      return faults;
    }
    if (steps.size() > MOST_STEPS) {
      faults.add(
          Problem.fault(
              "steps", "a sequence has at most 1000 steps, but this has " + steps.size()));
      return faults;
    }
    Map<String, Integer> places = new LinkedHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      checkKey(steps.get(i).key(), i, places, faults);
    }
    if (faults.isEmpty()) {
      checkFollowers(steps, places, faults);
    }
    return faults;
  }

  private static void checkKey(
      String key, int index, Map<String, Integer> places, List<Problem> faults) {
    String place = "steps[" + index + "].key";
    if (!KEY.matcher(key).matches()) {
      faults.add(
          Problem.fault(
              place,
              "the key of a step must begin with a letter or digit and go on with letters, digits,"
                  + " blanks or one of . _ ? ! -, at most 100, but is '"
                  + key
                  + "'"));
    }
    Integer first = places.putIfAbsent(key, index);
    if (first != null) {
      faults.add(
          Problem.fault(
              place,
              "each key is used once in a sequence, but '"
                  + key
                  + "' stands at steps["
                  + first
                  + "] already: rename one"));
    }
  }

  private static void checkFollowers(
      List<Step> steps, Map<String, Integer> places, List<Problem> faults) {
    for (Step step : steps) {
      step.next()
          .filter(next -> !places.containsKey(next))
          .ifPresent(
              next ->
                  faults.add(
                      Problem.fault(
                          "steps." + step.key() + ".next",
                          "'"
                              + next
                              + "' is no step of this sequence"
                              + DidYouMean.among(next, places.keySet())
                                  .map(known -> ": did you mean '" + known + "'?")
                                  .orElse(": name the key of one"))));
    }
    if (!faults.isEmpty()) {
      return;
    }
    Set<Integer> seen = new HashSet<>();
    int at = 0;
    while (at < steps.size()) {
      if (!seen.add(at)) {
        faults.add(
            Problem.fault(
                "steps." + steps.get(at).key(),
                "a sequence must come to an end, but its steps lead back to this one"));
        return;
      }
      at = follower(steps, at, places);
    }
    for (int i = 0; i < steps.size(); i++) {
      if (!seen.contains(i)) {
        faults.add(
            Problem.fault(
                "steps." + steps.get(i).key(),
                "no step leads to this one: remove it or lead to it with 'next'"));
      }
    }
  }

  private static int follower(List<Step> steps, int at, Map<String, Integer> places) {
    return steps.get(at).next().map(key -> places.getOrDefault(key, steps.size())).orElse(at + 1);
  }
}
