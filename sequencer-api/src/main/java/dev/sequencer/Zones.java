package dev.sequencer;

import dev.sequencer.internal.text.DidYouMean;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The time zones that Sequencer accepts, and the version of their rules.
 *
 * <p>Valid is an id of the IANA time zone database as this JDK knows it, for example {@code
 * Europe/Berlin}, {@code Asia/Calcutta}, {@code Etc/UTC} or {@code UTC}. Refused are offsets and
 * abbreviations ({@code +05:00}, {@code GMT+5}, {@code Z}, {@code PST}), which know no daylight
 * saving time or mean different things to different people, and {@code EST}, {@code MST}, {@code
 * HST} and {@code SystemV/*}, which come and go between JDKs. Ids are case-sensitive and not
 * trimmed.
 *
 * <p>Stateless; safe for use by several threads.
 */
public final class Zones {

  private static final Set<String> IDS = validIds();
  private static final Map<String, ZoneId> FOUND = new ConcurrentHashMap<>();

  private Zones() {}

  /**
   * Gives the zone with an id.
   *
   * @param id an id such as {@code America/New_York}
   * @return the zone
   * @throws TimeRuleException with {@code INVALID_ZONE} when the id is not valid; the message names
   *     a near id where there is one
   */
  public static ZoneId of(String id) {
    ZoneId found = FOUND.get(id);
    if (found != null) {
      return found;
    }
    if (!IDS.contains(id)) {
      throw new TimeRuleException(
          TimeRuleException.Code.INVALID_ZONE,
          "A time zone must be an id of the IANA database, but was \""
              + shown(id)
              + "\"; "
              + hint(id));
    }
    return FOUND.computeIfAbsent(id, ZoneId::of);
  }

  /**
   * Tells the version of the time zone database that all calculations use.
   *
   * @return a version such as {@code 2025a}
   */
  public static String tzdbVersion() {
    return ZoneRulesProvider.getVersions("Europe/London").lastKey();
  }

  private static Set<String> validIds() {
    Set<String> ids = new TreeSet<>(ZoneId.getAvailableZoneIds());
    ids.removeIf(id -> id.startsWith("SystemV/"));
    ids.removeAll(Set.of("EST", "MST", "HST"));
    return Set.copyOf(ids);
  }

  private static String shown(String id) {
    return id.length() <= 60 ? id : id.substring(0, 60) + "...";
  }

  private static String hint(String id) {
    return near(id.strip().replace(' ', '_'))
        .map(near -> "did you mean \"" + near + "\"?")
        .orElse("use a region such as \"Europe/Berlin\", or \"Etc/UTC\"");
  }

  private static Optional<String> near(String id) {
    // Short names are offsets or abbreviations: the nearest id by letters would be a wild guess.
    if (id.length() < 4 || id.matches("(?i)(UTC|GMT|UT)?[+-].*")) {
      return Optional.empty();
    }
    String city = "/" + id.toLowerCase(Locale.ROOT);
    Optional<String> byCity =
        IDS.stream()
            .filter(known -> known.toLowerCase(Locale.ROOT).endsWith(city))
            .sorted()
            .findFirst();
    return byCity.isPresent() ? byCity : DidYouMean.among(id, IDS);
  }
}
