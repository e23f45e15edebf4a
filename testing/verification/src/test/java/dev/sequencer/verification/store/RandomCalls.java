package dev.sequencer.verification.store;

import dev.sequencer.spi.store.BeginCall;
import dev.sequencer.spi.store.ClaimCall;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.EnrollCall;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.StoreHandle;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Makes random calls on two stores and gives what each answered, in a form that can be compared. */
final class RandomCalls {
  private final Random random;
  private final SharedClock clock;
  private final StoreHandle first;
  private final StoreHandle second;
  private final RandomValues values;
  private final Map<Long, ClaimCall.Claimed> claims = new LinkedHashMap<>();
  private final List<Completion> completed = new ArrayList<>();
  private long enrollments;

  RandomCalls(long seed, SharedClock clock, StoreHandle first, StoreHandle second) {
    this.random = new Random(seed);
    this.clock = clock;
    this.first = first;
    this.second = second;
    this.values = new RandomValues(random, clock);
    for (String name : List.of("a", "b")) {
      first.save(Document.fresh(Document.Kind.SEQUENCE, "", name, "{}"));
      second.save(Document.fresh(Document.Kind.SEQUENCE, "", name, "{}"));
    }
  }

  Answers next() {
    if (random.nextInt(4) == 0) {
      clock.advance(Duration.ofMillis(1L + random.nextInt(40_000)));
    }
    return switch (random.nextInt(13)) {
      case 0, 1 -> enroll();
      case 2, 3 -> claim();
      case 4, 5 -> begin();
      case 6, 7 -> complete();
      case 8, 9 -> steer();
      case 10 -> save();
      default -> look();
    };
  }

  private Answers enroll() {
    EnrollCall call = values.enroll();
    Answers answers = ask("enroll " + call, store -> store.enroll(call));
    if (answers.first() instanceof List<?> list) {
      for (Object answer : list) {
        enrollments = Math.max(enrollments, ((EnrollCall.Answer) answer).enrollment());
      }
    }
    return answers;
  }

  private Answers claim() {
    List<ClaimCall.Claimed> release = new ArrayList<>();
    claims.values().stream().filter(claim -> random.nextInt(6) == 0).forEach(release::add);
    ClaimCall call = values.claim(release);
    return ask(
        "claim " + call,
        store -> {
          ClaimCall.Answer answer = store.claim(call);
          for (Work work : answer.rows()) {
            claims.put(
                work.enrollment(), new ClaimCall.Claimed(work.enrollment(), answer.until()));
          }
          return List.of(
              answer.now(),
              answer.until(),
              answer.rows(),
              answer.definitions(),
              answer.nextWake(),
              RandomLooks.heads(store.views().heads()),
              answer.position().newestBegun());
        });
  }

  private Answers begin() {
    BeginCall call = values.begin(some(12), first.definitions());
    return ask("begin " + call, store -> store.begin(call));
  }

  private Answers complete() {
    List<Completion> group = new ArrayList<>();
    for (Subject subject : some(8)) {
      group.add(values.completion(subject));
    }
    if (!completed.isEmpty() && random.nextInt(3) == 0) {
      group.add(completed.get(random.nextInt(completed.size())));
    }
    completed.addAll(group);
    return ask("complete " + group, store -> store.complete(group));
  }

  private Answers steer() {
    SteerCall call = values.steer(1 + enrollments);
    return ask("steer " + call, store -> store.steer(call));
  }

  private Answers save() {
    Document.Kind kind = Document.Kind.values()[random.nextInt(3)];
    Document document =
        new Document(
            kind, "", "d" + random.nextInt(3), 0, random.nextInt(3), "{\"n\":" + random.nextInt(9));
    return ask(
        "save " + document, store -> List.of(store.save(document), store.definitions()));
  }

  private Answers look() {
    return RandomLooks.look(this, values, random, enrollments);
  }

  /** Gives some enrollments as they are, the same for both. */
  private List<Subject> some(int most) {
    List<Long> numbers = new ArrayList<>();
    for (int i = random.nextInt(most) + 1; i > 0; i--) {
      long number = 1 + random.nextInt((int) enrollments + 2);
      if (!numbers.contains(number)) {
        numbers.add(number);
      }
    }
    if (random.nextBoolean()) {
      claims.keySet().stream()
          .filter(number -> !numbers.contains(number))
          .limit(most)
          .forEach(numbers::add);
    }
    return first.subjects(numbers);
  }

  /** Asks both, then for all that they hold; an exception is an answer too. */
  Answers ask(String what, Function<StoreHandle, Object> question) {
    Object one = answer(first, question);
    Object other = answer(second, question);
    List<Long> all = LongStream.rangeClosed(1, enrollments + 10).boxed().toList();
    return new Answers(
        what,
        one,
        other,
        first.subjects(all),
        second.subjects(all));
  }

  private static Object answer(StoreHandle store, Function<StoreHandle, Object> question) {
    try {
      return question.apply(store);
    } catch (RuntimeException e) {
      return e.getClass().getName() + ": " + e.getMessage();
    }
  }

  Instant now() {
    return clock.instant();
  }

  /** What two stores answered to one call, and what they hold after it. */
  record Answers(
      String what,
      Object first,
      Object second,
      List<Subject> firstHolds,
      List<Subject> secondHolds) {}
}
