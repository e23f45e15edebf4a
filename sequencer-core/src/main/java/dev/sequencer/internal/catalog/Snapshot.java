package dev.sequencer.internal.catalog;

import dev.sequencer.EmailAddress;
import dev.sequencer.SendWindow;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All definitions at one revision. Immutable. */
public final class Snapshot {
  private final long revision;
  private final Map<Integer, SequenceInfo> sequences;
  private final Map<String, SequenceInfo> sequencesByName = new TreeMap<>();
  private final Map<Integer, MailboxInfo> mailboxes;
  private final Map<String, MailboxInfo> mailboxesByAddress = new TreeMap<>();
  private final Map<Integer, Pool> pools;
  private final Map<Integer, List<MailboxInfo>> members = new HashMap<>();
  private final Map<Integer, List<Integer>> poolsOf = new HashMap<>();
  private final Map<String, SendWindow> windows;
  private final Set<String> paused;
  private final long accepted;

  Snapshot(
      long revision,
      Map<Integer, SequenceInfo> sequences,
      Map<Integer, MailboxInfo> mailboxes,
      Map<Integer, Pool> pools,
      Map<String, SendWindow> windows,
      Set<String> paused,
      long accepted) {
    this.revision = revision;
    this.sequences = Map.copyOf(sequences);
    this.mailboxes = Map.copyOf(mailboxes);
    this.pools = Map.copyOf(pools);
    this.windows = Map.copyOf(windows);
    this.paused = Set.copyOf(paused);
    this.accepted = accepted;
    sequences.values().forEach(info -> sequencesByName.put(key(info.tenant(), info.name()), info));
    mailboxes
        .values()
        .forEach(
            info ->
                mailboxesByAddress.put(
                    key(info.tenant(), info.mailbox().address().normalized()), info));
    pools.values().forEach(this::fill);
  }

  private void fill(Pool pool) {
    List<MailboxInfo> found =
        mailboxesByAddress.values().stream()
            .filter(info -> !info.gone() && info.tenant().equals(pool.tenant()))
            .filter(
                info ->
                    pool.members().isEmpty()
                        || pool.members().contains(info.mailbox().address().normalized()))
            .toList();
    members.put(pool.id(), found);
    found.forEach(
        info ->
            poolsOf.merge(
                info.id(),
                List.of(pool.id()),
                (some, more) ->
                    java.util.stream.Stream.concat(some.stream(), more.stream()).toList()));
  }

  private static String key(String tenant, String name) {
    return tenant + "\n" + name;
  }

  /** Says how often the history of a store that went back was accepted. */
  public long accepted() {
    return accepted;
  }

  /** Gives the revision of the definitions. */
  public long revision() {
    return revision;
  }

  /** Gives a sequence by document. */
  public Optional<SequenceInfo> sequence(int id) {
    return Optional.ofNullable(sequences.get(id));
  }

  /** Gives a sequence by name. */
  public Optional<SequenceInfo> sequence(String tenant, String name) {
    return Optional.ofNullable(sequencesByName.get(key(tenant, name)));
  }

  /** Gives all sequences by tenant and name. */
  public Collection<SequenceInfo> sequences() {
    return sequencesByName.values();
  }

  /** Gives a mailbox by document, also one that is gone. */
  public Optional<MailboxInfo> mailbox(int id) {
    return Optional.ofNullable(mailboxes.get(id));
  }

  /** Gives a mailbox that is there, by address. */
  public Optional<MailboxInfo> mailbox(String tenant, EmailAddress address) {
    return Optional.ofNullable(mailboxesByAddress.get(key(tenant, address.normalized())))
        .filter(info -> !info.gone());
  }

  /** Gives all mailboxes by tenant and address, those that are gone too. */
  public Collection<MailboxInfo> mailboxes() {
    return mailboxesByAddress.values();
  }

  /** Gives a pool by document. */
  public Optional<Pool> pool(int id) {
    return Optional.ofNullable(pools.get(id));
  }

  /** Gives the mailboxes of a pool that are there, by address. */
  public List<MailboxInfo> members(int pool) {
    return members.getOrDefault(pool, List.of());
  }

  /** Gives the documents of the pools that a mailbox is a member of. */
  public List<Integer> poolsOf(int mailbox) {
    return poolsOf.getOrDefault(mailbox, List.of());
  }

  /** Gives a window by digest. */
  public Optional<SendWindow> window(String digest) {
    return Optional.ofNullable(windows.get(digest));
  }

  /** Says whether a switch is off. */
  public boolean paused(String tenant, String name) {
    return paused.contains(key(tenant, name));
  }

  /** Says whether everything, or everything of a tenant, is paused. */
  public boolean pausedTenant(String tenant) {
    return paused("", Switches.EVERYTHING) || paused(tenant, Switches.TENANT);
  }

  /** Says whether a sequence or what stands above it is paused. */
  public boolean pausedSequence(SequenceInfo info) {
    return pausedTenant(info.tenant()) || paused(info.tenant(), Switches.sequence(info.id()));
  }

  /** Says whether a mailbox or what stands above it is paused. */
  public boolean pausedMailbox(MailboxInfo info) {
    return pausedTenant(info.tenant()) || paused(info.tenant(), Switches.mailbox(info.id()));
  }
}
