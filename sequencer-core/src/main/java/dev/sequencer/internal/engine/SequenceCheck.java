package dev.sequencer.internal.engine;

import dev.sequencer.EmailAddress;
import dev.sequencer.Mailbox;
import dev.sequencer.Problem;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.Step;
import dev.sequencer.TimeRuleException;
import dev.sequencer.internal.catalog.Catalog;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.internal.mail.PublishCheck;
import dev.sequencer.internal.text.DidYouMean;
import dev.sequencer.internal.time.Openings;
import dev.sequencer.spi.MailRenderer;
import dev.sequencer.spi.TemplateSource;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Checks a sequence against everything around it: mailboxes, zones, windows, templates. */
final class SequenceCheck {
  private final Catalog catalog;
  private final TemplateSource templates;
  private final MailRenderer renderer;
  private final Supplier<Instant> clock;

  SequenceCheck(
      Catalog catalog, TemplateSource templates, MailRenderer renderer, Supplier<Instant> clock) {
    this.catalog = catalog;
    this.templates = templates;
    this.renderer = renderer;
    this.clock = clock;
  }

  List<Problem> problems(String tenant, Sequence sequence) {
    return problems(tenant, sequence, List.of());
  }

  /** Gives faults and lints; mailboxes that are about to be declared count as there. */
  List<Problem> problems(String tenant, Sequence sequence, List<Mailbox> declared) {
    List<Problem> problems = new ArrayList<>();
    Map<String, Mailbox> mailboxes = mailboxes(tenant, declared);
    checkPool(sequence, mailboxes, gone(tenant), problems);
    Optional<ZoneId> zone = sequence.rules().defaultZone().or(catalog::engineZone);
    if (needsZone(sequence) && zone.isEmpty()) {
      problems.add(
          Problem.fault(
              "defaultZone",
              "a window, a send time and delays in days or more need a zone for contacts without"
                  + " one: give the sequence or the engine a defaultZone"));
    }
    zone.ifPresent(
        z ->
            sequence
                .rules()
                .window()
                .ifPresent(w -> checkWindow(sequence, w, z, mailboxes, problems)));
    problems.addAll(new PublishCheck(templates, renderer, List.of()).check(sequence));
    return problems;
  }

  private Set<String> gone(String tenant) {
    return catalog.snapshot().mailboxes().stream()
        .filter(info -> info.tenant().equals(tenant) && info.gone())
        .map(info -> info.mailbox().address().normalized())
        .collect(Collectors.toSet());
  }

  private Map<String, Mailbox> mailboxes(String tenant, List<Mailbox> declared) {
    Map<String, Mailbox> mailboxes = new LinkedHashMap<>();
    catalog.refresh().mailboxes().stream()
        .filter(info -> info.tenant().equals(tenant) && !info.gone())
        .map(MailboxInfo::mailbox)
        .forEach(mailbox -> mailboxes.put(mailbox.address().normalized(), mailbox));
    declared.forEach(mailbox -> mailboxes.put(mailbox.address().normalized(), mailbox));
    return mailboxes;
  }

  private static void checkPool(
      Sequence sequence, Map<String, Mailbox> mailboxes, Set<String> gone, List<Problem> problems) {
    for (EmailAddress address : sequence.rules().pool()) {
      String name = address.normalized();
      if (mailboxes.containsKey(name)) {
        continue;
      }
      // A declaration outlives the removal of a mailbox: a restart must not fail for it.
      problems.add(
          gone.contains(name)
              ? Problem.lint(
                  "pool",
                  "mailbox '"
                      + address.address()
                      + "' was removed and sends nothing: save it again"
                      + " or take it out of the pool")
              : Problem.fault(
                  "pool",
                  "there is no mailbox '"
                      + address.address()
                      + "'"
                      + DidYouMean.among(name, mailboxes.keySet())
                          .map(known -> ": did you mean '" + known + "'?")
                          .orElse(": save or declare it first")));
    }
  }

  private static boolean needsZone(Sequence sequence) {
    return sequence.rules().window().isPresent()
        || sequence.steps().stream()
            .filter(Step.Wait.class::isInstance)
            .map(step -> ((Step.Wait) step).delay())
            .anyMatch(delay -> delay.needsZone());
  }

  private void checkWindow(
      Sequence sequence,
      SendWindow window,
      ZoneId zone,
      Map<String, Mailbox> mailboxes,
      List<Problem> problems) {
    Instant now = clock.get();
    Openings openings = Openings.of(window, zone);
    if (openings.opensAt(now).isEmpty()) {
      problems.add(
          Problem.fault(
              "window", "a window must open within a year, but this never does: check holidays"));
      return;
    }
    List<Mailbox> pool =
        sequence.rules().pool().isEmpty()
            ? List.copyOf(mailboxes.values())
            : mailboxes.values().stream()
                .filter(
                    m ->
                        sequence.rules().pool().stream()
                            .anyMatch(a -> a.normalized().equals(m.address().normalized())))
                .toList();
    boolean hasHours = !pool.isEmpty() && pool.stream().allMatch(m -> m.hours().isPresent());
    if (hasHours && pool.stream().noneMatch(m -> meets(openings, m, zone, now))) {
      problems.add(
          Problem.fault(
              "window",
              "a window must meet the hours of a mailbox of its pool, but for contacts in "
                  + zone.getId()
                  + " it never does: widen one of them"));
      return;
    }
    for (Mailbox mailbox : pool) {
      mailbox
          .hours()
          .flatMap(h -> SlotShare.best(openings, hours(mailbox, zone), mailbox.limits(), now))
          .filter(SlotShare::isSmall)
          .ifPresent(share -> problems.add(lost(mailbox, zone, share)));
    }
  }

  private static Problem lost(Mailbox mailbox, ZoneId zone, SlotShare share) {
    return Problem.lint(
        "window",
        "a window should meet at least half of the slots of a mailbox that sends evenly, but"
            + " contacts in "
            + zone.getId()
            + " can use "
            + share.usable()
            + " of "
            + share.all()
            + " slots a day of '"
            + mailbox.address().address()
            + "', and the others are lost: widen the window or the mailbox's hours, or take the"
            + " mailbox out of the pool");
  }

  private Openings hours(Mailbox mailbox, ZoneId sequenceZone) {
    ZoneId zone = mailbox.zone().or(catalog::engineZone).orElse(sequenceZone);
    return Openings.of(mailbox.hours().orElseThrow(), zone);
  }

  /** Says whether a window and a mailbox's hours are open together within a year. */
  private boolean meets(Openings window, Mailbox mailbox, ZoneId sequenceZone, Instant now) {
    Openings hours = hours(mailbox, sequenceZone);
    LocalDate last = LocalDate.ofInstant(now, window.zone()).plusDays(Openings.HORIZON_DAYS);
    Instant at = now;
    try {
      while (!LocalDate.ofInstant(at, window.zone()).isAfter(last)) {
        Instant open = hours.firstOpen(window.firstOpen(at, last));
        if (window.isOpen(open)) {
          return true;
        }
        at = open;
      }
    } catch (TimeRuleException nothingOpens) {
      return false;
    }
    return false;
  }
}
