package dev.sequencer.internal.catalog;

import dev.sequencer.EmailAddress;
import dev.sequencer.SendWindow;
import dev.sequencer.Sequence;
import dev.sequencer.internal.capacity.Capacity;
import dev.sequencer.internal.catalog.CatalogCodec.MailboxBody;
import dev.sequencer.internal.catalog.CatalogCodec.SequenceBody;
import dev.sequencer.internal.definition.Definitions;
import dev.sequencer.internal.plan.CalendarKey;
import dev.sequencer.internal.time.Calendar;
import dev.sequencer.internal.time.Openings;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Document.Kind;
import dev.sequencer.spi.store.StoreHandle;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the definitions of a store at hand: a snapshot that is read anew when their revision has
 * changed, and versions, which never change, as they are needed. Safe for use by several threads.
 */
public final class Catalog {
  private static final int MOST_KEPT = 10_000;

  private final StoreHandle store;
  private final Optional<ZoneId> engineZone;
  private final Map<Integer, Version> versions = new ConcurrentHashMap<>();
  private final Map<String, Calendar> calendars = new ConcurrentHashMap<>();
  private final Bodies<List<String>> pools = new Bodies<>(CatalogCodec::pool);
  private final Bodies<SendWindow> windows = new Bodies<>(one -> Definitions.window(one.body()));
  private final Bodies<Boolean> switches = new Bodies<>(CatalogCodec::paused);
  private final Bodies<SequenceBody> sequences = new Bodies<>(CatalogCodec::sequence);
  private final Bodies<MailboxBody> mailboxes = new Bodies<>(CatalogCodec::mailbox);
  private volatile Snapshot snapshot;
  private volatile boolean windowMissing;

  /** Reads the definitions of a store. */
  public Catalog(StoreHandle store, Optional<ZoneId> engineZone) {
    this.store = store;
    this.engineZone = engineZone;
    this.snapshot = load(store.definitions());
  }

  /** Gives the snapshot at hand. */
  public Snapshot snapshot() {
    return snapshot;
  }

  /** Reads the definitions anew when the store has newer ones. */
  public Snapshot refresh() {
    return refresh(store.definitions());
  }

  /** Reads the definitions anew when another revision is stored. */
  public Snapshot refresh(long revision) {
    if (snapshot.revision() != revision || windowMissing) {
      synchronized (this) {
        if (snapshot.revision() != revision || windowMissing) {
          windowMissing = false;
          snapshot = load(store.definitions());
        }
      }
    }
    return snapshot;
  }

  /** Gives a version by document. */
  public Version version(int id) {
    Version known = versions.get(id);
    if (known != null) {
      return known;
    }
    Document document =
        store
            .document(id)
            .orElseThrow(
                () -> new IllegalStateException("the store has no version with the number " + id));
    return keep(CatalogCodec.version(document));
  }

  private Version keep(Version version) {
    if (versions.size() >= MOST_KEPT) {
      versions.clear();
    }
    versions.put(version.id(), version);
    return version;
  }

  /** Gives the calendar of a lane; empty when its window is not known yet. */
  public Optional<Calendar> calendar(String key) {
    Calendar known = calendars.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    CalendarKey parsed = CalendarKey.parse(key);
    Optional<SendWindow> window = parsed.window().flatMap(snapshot::window);
    if (window.isEmpty() && parsed.window().isPresent()) {
      windowMissing = true;
      return Optional.empty();
    }
    Calendar calendar =
        parsed
            .zone()
            .map(zone -> Calendar.of(window, parsed.sendTime(), zone))
            .orElseGet(Calendar::always);
    if (calendars.size() >= MOST_KEPT) {
      calendars.clear();
    }
    calendars.put(key, calendar);
    return Optional.of(calendar);
  }

  /** Gives the engine's zone. */
  public Optional<ZoneId> engineZone() {
    return engineZone;
  }

  /** Gives the document of a pool, making it when it is new. */
  public int pool(String tenant, List<EmailAddress> addresses) {
    List<String> members =
        addresses.stream().map(EmailAddress::normalized).distinct().sorted().toList();
    String name = members.isEmpty() ? "*" : String.join(",", members);
    return intern(Kind.POOL, tenant, name, CatalogCodec.writePool(members));
  }

  /** Gives the digest of a window, keeping it when it is new. */
  public String window(SendWindow window) {
    String digest = Definitions.windowDigest(window);
    if (snapshot.window(digest).isEmpty()) {
      intern(Kind.WINDOW, "", digest, Definitions.toJson(window));
      windowMissing = true;
    }
    return digest;
  }

  private int intern(Kind kind, String tenant, String name, String body) {
    return store
        .document(kind, tenant, name)
        .orElseGet(() -> store.save(Document.fresh(kind, tenant, name, body)).current())
        .id();
  }

  private Snapshot load(long revision) {
    Map<Integer, Pool> allPools = new HashMap<>();
    pools
        .of(store.documents(Kind.POOL))
        .forEach(
            (document, members) ->
                allPools.put(document.id(), new Pool(document.id(), document.tenant(), members)));
    Map<String, SendWindow> allWindows = new HashMap<>();
    windows
        .of(store.documents(Kind.WINDOW))
        .forEach((document, window) -> allWindows.put(document.name(), window));
    Set<String> paused = new HashSet<>();
    List<Document> ofSwitches = store.documents(Kind.SWITCH);
    switches
        .of(ofSwitches)
        .forEach(
            (document, off) -> {
              if (off) {
                paused.add(document.tenant() + "\n" + document.name());
              }
            });
    Map<Integer, SequenceInfo> allSequences = new HashMap<>();
    sequences
        .of(store.documents(Kind.SEQUENCE))
        .forEach(
            (document, body) -> {
              // One without a version has just got its number and is being published.
              if (body.current() != 0) {
                allSequences.put(document.id(), sequence(document, body));
              }
            });
    Map<Integer, MailboxInfo> allMailboxes = new HashMap<>();
    mailboxes
        .of(store.documents(Kind.MAILBOX))
        .forEach(
            (document, body) ->
                allMailboxes.put(
                    document.id(), mailbox(document, body, allSequences.values(), allPools)));
    return new Snapshot(
        revision, allSequences, allMailboxes, allPools, allWindows, paused, accepted(ofSwitches));
  }

  private static long accepted(List<Document> switches) {
    return switches.stream()
        .filter(one -> one.tenant().isEmpty() && one.name().equals(Switches.HISTORY))
        .mapToLong(Document::revision)
        .max()
        .orElse(0);
  }

  private SequenceInfo sequence(Document document, SequenceBody body) {
    Sequence.Terms terms = body.definition().terms();
    return new SequenceInfo(
        document.id(),
        document.tenant(),
        document.name(),
        body.stage(),
        body.declared(),
        body.definition(),
        terms.pace().map(pace -> Capacity.of(pace, paceZone(body.definition()))),
        version(body.current()),
        body.numbers());
  }

  private ZoneId paceZone(Sequence definition) {
    return definition.rules().defaultZone().or(() -> engineZone).orElse(ZoneOffset.UTC);
  }

  private MailboxInfo mailbox(
      Document document,
      MailboxBody body,
      Iterable<SequenceInfo> sequences,
      Map<Integer, Pool> pools) {
    ZoneId zone = body.mailbox().zone().or(() -> engineZone).orElse(ZoneOffset.UTC);
    Openings hours =
        body.mailbox()
            .hours()
            .map(window -> Openings.of(window, zone))
            .orElseGet(
                () ->
                    body.mailbox().limits().evenly()
                        ? union(document, zone, sequences, pools)
                        : Openings.always(zone));
    return new MailboxInfo(
        document.id(),
        document.tenant(),
        body.mailbox(),
        body.gone(),
        zone,
        Capacity.of(body.mailbox(), hours));
  }

  /**
   * Gives the union of the windows of the active sequences that a mailbox serves: what its slots
   * lie in when it has no hours of its own.
   */
  private static Openings union(
      Document mailbox, ZoneId zone, Iterable<SequenceInfo> sequences, Map<Integer, Pool> pools) {
    List<SendWindow> windows = new ArrayList<>();
    for (SequenceInfo info : sequences) {
      Pool pool = pools.get(info.current().pool());
      boolean uses =
          info.stage() == SequenceInfo.Stage.ACTIVE
              && info.tenant().equals(mailbox.tenant())
              && !info.name().startsWith("$")
              && pool != null
              && (pool.members().isEmpty() || pool.members().contains(mailbox.name()));
      if (!uses) {
        continue;
      }
      Optional<SendWindow> window = info.current().sendWindow();
      if (window.isEmpty()) {
        return Openings.always(zone);
      }
      windows.add(window.get());
    }
    return Openings.anyOf(windows, zone);
  }
}
