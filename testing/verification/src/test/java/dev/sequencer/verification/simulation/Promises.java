package dev.sequencer.verification.simulation;

import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What must hold at every step of a run, whatever happens. It is told what commits and what leaves,
 * and says at once when a promise is broken.
 */
final class Promises {
  private final Limits limits;
  private final Stops stops = new Stops();
  private final Map<String, Integer> accepted = new HashMap<>();
  private final Map<String, Integer> allowedAgain = new HashMap<>();
  private final Map<String, String> messageIds = new HashMap<>();
  private final Map<String, String> mailboxes = new HashMap<>();
  private final Map<String, String> versions = new HashMap<>();
  private final Map<String, Long> enrollments = new LinkedHashMap<>();
  private final Map<Integer, String> names = new HashMap<>();
  private final Set<String> attempts = new HashSet<>();
  private final Map<Long, Integer> beganFrom = new HashMap<>();
  private final Map<Long, Integer> deferredFrom = new HashMap<>();
  private final Map<String, Work> begun = new HashMap<>();
  private final Map<Long, Integer> newest = new HashMap<>();
  private Optional<String> broken = Optional.empty();

  Promises(Limits limits) {
    this.limits = limits;
  }

  Stops stops() {
    return stops;
  }

  Optional<String> broken() {
    return broken;
  }

  void breaks(String promise, String how) {
    if (broken.isEmpty()) {
      broken = Optional.of(promise + ": " + how);
    }
  }

  /** An attempt has begun, as the store answered. */
  void begun(Work row, Subject subject) {
    String sequence = names.getOrDefault(row.origin().sequence(), "?");
    String tenant = row.origin().tenant();
    String run = tenant + ":" + subject.contact().normalized() + "/" + sequence;
    enrollments.put(run, row.enrollment());
    stops
        .why(
            row.enrollment(),
            run,
            tenant,
            sequence,
            mailboxOf(row),
            subject.contact(),
            row.origin())
        .ifPresent(why -> breaks("nothing begins after it was stopped", run + ", " + why));
    Integer deferred = deferredFrom.remove(row.enrollment());
    if (deferred != null && deferred != row.attempt().mailbox()) {
      breaks("a retry comes from the same mailbox", run + " now from " + mailboxOf(row));
    }
    beganFrom.put(row.enrollment(), row.attempt().mailbox());
    begun.put(run, row);
    newest.put(row.enrollment(), row.attempt().number());
    if (!attempts.add(row.enrollment() + "@" + row.attempt().number())) {
      breaks("an attempt begins once", run + " attempt " + row.attempt().number());
    }
  }

  /** An outcome and its plan are written: what was deferred goes on from the same mailbox. */
  void completed(Completion completion) {
    long enrollment = completion.transition().next().enrollment();
    deferredFrom.remove(enrollment);
    boolean deferred =
        completion.transition().log().stream().anyMatch(line -> line.kind().equals("deferred"));
    Integer mailbox = beganFrom.get(enrollment);
    if (deferred && mailbox != null) {
      deferredFrom.put(enrollment, mailbox);
    }
  }

  /** An attempt has an outcome. */
  void ended(Completion completion) {
    long enrollment = completion.transition().next().enrollment();
    int last = newest.getOrDefault(enrollment, 0);
    if (completion.attempt() > 0 && completion.attempt() != last) {
      breaks(
          "an outcome goes to its own attempt",
          "enrollment "
              + enrollment
              + " is at attempt "
              + last
              + " and gets the outcome of "
              + completion.attempt());
    }
  }

  private String mailboxOf(Work row) {
    return names.getOrDefault(row.attempt().mailbox(), "?");
  }

  /** Gives the names of what the store numbers, to be learnt. */
  Map<Integer, String> names() {
    return names;
  }

  /** A mail passes its point of no return at an instant of its node's clock. */
  void leaves(Mailing mail, Instant at) {
    limits.leaves(mail, at).ifPresent(how -> breaks("never outside the rules", mail + " " + how));
    Work began = begun.get(mail.run());
    if (began == null || began.cursor().step() != Scene.number(mail.sequence(), mail.step())) {
      breaks("what leaves is the step at which its run stands", mail + " began as " + began);
    }
    String known = messageIds.putIfAbsent(mail.once() + "|" + mail.mailbox(), mail.messageId());
    if (known != null && !known.equals(mail.messageId())) {
      breaks("the Message-ID of a mail stays", mail + " has another than before");
    }
    String version = versions.putIfAbsent(mail.run(), mail.version());
    if (version != null && !version.equals(mail.version())) {
      breaks("a run keeps its version", mail + " is of version " + mail.version());
    }
  }

  /** The other side takes a mail that left at an instant. */
  void accepted(Mailing mail, Instant leftAt) {
    int times = accepted.merge(mail.once(), 1, Integer::sum);
    boolean freely = mail.sequence().equals("again");
    if (times > 1 + allowedAgain.getOrDefault(mail.once(), 0) && !freely) {
      breaks("never twice", mail + " is accepted " + times + " times");
    }
    String bound = mailboxes.putIfAbsent(mail.run(), mail.mailbox());
    if (bound != null && !bound.equals(mail.mailbox())) {
      breaks("a run keeps its mailbox", mail + " comes after one from " + bound);
    }
    limits
        .accepted(mail, leftAt)
        .or(() -> limits.pace(mail, leftAt))
        .ifPresent(how -> breaks("never outside the rules", mail + ": " + how));
  }

  /** The operator decides that a mail is sent once more. */
  void mayBeSentAgain(String once) {
    allowedAgain.merge(once, 1, Integer::sum);
  }

  boolean wasAccepted(String once) {
    return accepted.containsKey(once);
  }

  Collection<String> everythingAccepted() {
    return accepted.keySet();
  }

  void suppressions(Collection<Suppression> added, Collection<Suppression> removed) {
    stops.suppressions(added, removed);
  }

  List<String> runs() {
    return List.copyOf(enrollments.keySet());
  }
}
