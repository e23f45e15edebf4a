package dev.sequencer.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a test wrote down for the calls of one kind. Safe for use by several threads.
 *
 * <p>A call gets, in this order: the answer for whatever comes next; that of the first rule that
 * matches it and has one left, each used once; the newest standing answer that matches it, used at
 * every call; none.
 */
final class Scripted<K, A> {
  private final Deque<A> next = new ArrayDeque<>();
  private final List<Rule<K, A>> rules = new ArrayList<>();
  private final Deque<Standing<K, A>> standing = new ArrayDeque<>();

  private record Rule<K, A>(Predicate<? super K> which, Deque<A> left) {}

  private record Standing<K, A>(Predicate<? super K> which, A answer) {}

  synchronized void next(List<? extends A> answers) {
    requireSome(answers);
    next.addAll(answers);
  }

  synchronized void matching(Predicate<? super K> which, List<? extends A> answers) {
    requireSome(answers);
    rules.add(new Rule<>(which, new ArrayDeque<>(answers)));
  }

  synchronized void always(Predicate<? super K> which, A answer) {
    standing.addFirst(new Standing<>(which, answer));
  }

  synchronized void clear() {
    next.clear();
    rules.clear();
    standing.clear();
  }

  synchronized Optional<A> take(K call) {
    if (!next.isEmpty()) {
      return Optional.of(next.removeFirst());
    }
    for (Rule<K, A> rule : rules) {
      if (!rule.left().isEmpty() && rule.which().test(call)) {
        return Optional.of(rule.left().removeFirst());
      }
    }
    return standing.stream()
        .filter(rule -> rule.which().test(call))
        .map(Standing::answer)
        .findFirst();
  }

  private static void requireSome(List<?> answers) {
    if (answers.isEmpty()) {
      throw new IllegalArgumentException(
          "a script needs an answer, but has none: give one or more");
    }
  }
}
