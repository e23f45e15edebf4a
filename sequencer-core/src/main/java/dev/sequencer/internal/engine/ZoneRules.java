package dev.sequencer.internal.engine;

import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.Zones;
import dev.sequencer.internal.catalog.SequenceInfo;
import dev.sequencer.internal.definition.Json;
import dev.sequencer.internal.dispatch.Details;
import dev.sequencer.internal.dispatch.Parts;
import dev.sequencer.internal.plan.CalendarKey;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Document.Kind;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.SteerCall;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Transition;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans anew what waits in zones whose rules have changed since the store was last opened (KERNEL
 * P10): only zones whose transitions of the next two years differ, and only by newer rules, so that
 * two nodes with different Java versions do not take turns.
 */
final class ZoneRules {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sequencer");
  private static final String DOCUMENT = "$zone-rules";
  private static final Duration AHEAD = Duration.ofDays(730);
  private static final int PAGE = 500;

  private final Parts parts;

  ZoneRules(Parts parts) {
    this.parts = parts;
  }

  void replanWhereRulesChanged() {
    Instant now = parts.store().now();
    String version = Zones.tzdbVersion();
    Optional<Document> stored = parts.store().document(Kind.NODE, "", DOCUMENT);
    Map<String, Object> known =
        stored.map(document -> Json.object(document.body())).orElse(Map.of());
    if (known.getOrDefault("version", "").toString().compareTo(version) >= 0) {
      return;
    }
    Map<String, Object> digests = new LinkedHashMap<>();
    for (String zone : zonesInUse()) {
      digests.put(zone, digest(ZoneId.of(zone), now));
    }
    Set<String> changed = changed(known, digests);
    if (!changed.isEmpty()) {
      LOG.info("time-zone rules {} differ in {}: planning anew", version, changed);
      replan(changed, now);
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("format", 1);
    body.put("version", version);
    body.put("zones", digests);
    Document document = stored.orElseGet(() -> Document.fresh(Kind.NODE, "", DOCUMENT, ""));
    parts.store().save(document.body(Json.write(body)));
  }

  private static Set<String> changed(Map<String, Object> known, Map<String, Object> digests) {
    Set<String> changed = new HashSet<>();
    if (known.get("zones") instanceof Map<?, ?> before) {
      digests.forEach(
          (zone, digest) -> {
            if (before.containsKey(zone) && !digest.equals(before.get(zone))) {
              changed.add(zone);
            }
          });
    }
    return changed;
  }

  private Set<String> zonesInUse() {
    Set<String> zones = new TreeSet<>();
    parts
        .store()
        .views()
        .heads()
        .forEach(head -> zone(head.lane()).map(ZoneId::getId).ifPresent(zones::add));
    return zones;
  }

  private static Optional<ZoneId> zone(Lane lane) {
    return CalendarKey.parse(lane.calendar()).zone();
  }

  /** Gives the transitions of the next two years as a text. */
  private static String digest(ZoneId zone, Instant now) {
    StringBuilder text = new StringBuilder(zone.getRules().getOffset(now).toString());
    Instant end = now.plus(AHEAD);
    ZoneOffsetTransition next = zone.getRules().nextTransition(now);
    while (next != null && next.getInstant().isBefore(end)) {
      text.append(' ').append(next.getInstant()).append(next.getOffsetAfter());
      next = zone.getRules().nextTransition(next.getInstant());
    }
    return text.toString();
  }

  private void replan(Set<String> zones, Instant now) {
    for (SequenceInfo info : parts.catalog().refresh().sequences()) {
      long after = 0;
      SteerCall.Answer page = page(info, after, zones, now);
      while (!page.before().isEmpty()) {
        after = page.before().get(page.before().size() - 1).work().enrollment();
        page = page(info, after, zones, now);
      }
    }
  }

  private SteerCall.Answer page(SequenceInfo info, long after, Set<String> zones, Instant now) {
    return parts
        .store()
        .steer(
            SteerCall.of(
                info.tenant(),
                new SteerCall.Target.OfSequence(info.id(), after, PAGE),
                subject -> parked(subject, zones, now)));
  }

  private static Optional<Transition> parked(Subject subject, Set<String> zones, Instant now) {
    Work row = subject.work();
    boolean concerned =
        row.state().status() == EnrollmentStatus.ACTIVE
            && row.state().phase() == EnrollmentPhase.WAITING
            && zone(row.lane()).map(ZoneId::getId).filter(zones::contains).isPresent();
    return concerned
        ? Optional.of(
            Transition.of(
                row.waitingIn(Lane.control(row.origin().sequence()), now),
                Details.entry(row, now, "zone-rules-changed")))
        : Optional.empty();
  }
}
