package dev.sequencer.internal.catalog;

import dev.sequencer.DefinitionException;
import dev.sequencer.EmailAddress;
import dev.sequencer.MailContent;
import dev.sequencer.Problem;
import dev.sequencer.PublishResult;
import dev.sequencer.Send;
import dev.sequencer.Sequence;
import dev.sequencer.Step;
import dev.sequencer.internal.catalog.CatalogCodec.SequenceBody;
import dev.sequencer.internal.catalog.SequenceInfo.Stage;
import dev.sequencer.internal.definition.Definitions;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Document.Kind;
import dev.sequencer.spi.store.StoreHandle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Publishes sequences: checks them, makes versions, changes their stage. Everything is saved by
 * compare-and-set; when another node was faster, it begins again from what that one wrote.
 */
public final class Publisher {
  /** The number of the one step of a delayed send. */
  public static final int SEND_STEP = 1;

  private static final String SENDS = "$send";
  private static final String SEND_KEY = "mail";
  private static final int MOST_TRIES = 20;

  private final Catalog catalog;
  private final StoreHandle store;
  private final BiFunction<String, Sequence, List<Problem>> check;

  /**
   * Makes a publisher.
   *
   * @param check gives faults and lints of a sequence of a tenant
   */
  public Publisher(
      Catalog catalog, StoreHandle store, BiFunction<String, Sequence, List<Problem>> check) {
    this.catalog = catalog;
    this.store = store;
    this.check = check;
  }

  /** How a publication is meant. */
  public enum How {
    /** Through the API, and open. */
    OPEN,
    /** Through the API, as a draft. */
    DRAFT,
    /** By a builder at start. */
    DECLARED
  }

  /** Says whether a sequence is the one of delayed sends. */
  public static boolean isSend(String name) {
    return name.equals(SENDS);
  }

  /** Gives faults and lints of a sequence. */
  public List<Problem> check(String tenant, Sequence sequence) {
    List<Problem> problems = new ArrayList<>();
    if (sequence.name().startsWith("$")) {
      problems.add(
          Problem.fault("name", "names that begin with '$' are the engine's own: choose another"));
    }
    problems.addAll(check.apply(tenant, sequence));
    return problems;
  }

  /**
   * Publishes a sequence.
   *
   * @throws DefinitionException with everything that is wrong
   * @throws IllegalStateException when it is declared and comes through the API, or is to be a
   *     draft and was published before
   */
  public PublishResult publish(String tenant, Sequence sequence, How how) {
    List<Problem> problems = check(tenant, sequence);
    List<Problem> faults = only(problems, Problem.Severity.FAULT);
    if (!faults.isEmpty()) {
      throw new DefinitionException("sequence '" + sequence.name() + "'", faults);
    }
    List<Problem> lints = only(problems, Problem.Severity.LINT);
    Optional<SequenceInfo> stands =
        catalog.snapshot().sequence(tenant, sequence.name()).filter(info -> info.declared());
    if (how == How.DECLARED
        && stands.isPresent()
        && stands.get().stage() != Stage.DRAFT
        && stands.get().definition().equals(sequence)) {
      // What a node declares that starts again stands already, as a rule: nothing to write.
      return result(stands.get().current(), false, lints);
    }
    for (int i = 0; i < MOST_TRIES; i++) {
      Optional<PublishResult> done = tryPublish(tenant, sequence, how, lints);
      if (done.isPresent()) {
        catalog.refresh();
        return done.get();
      }
    }
    throw busy(sequence.name());
  }

  private static IllegalStateException busy(String name) {
    return new IllegalStateException(
        "'" + name + "' was changed by others " + MOST_TRIES + " times meanwhile: try again");
  }

  private static List<Problem> only(List<Problem> problems, Problem.Severity severity) {
    return problems.stream().filter(problem -> problem.severity() == severity).toList();
  }

  private Optional<PublishResult> tryPublish(
      String tenant, Sequence sequence, How how, List<Problem> lints) {
    Document stored = reserved(tenant, sequence);
    SequenceBody before = CatalogCodec.sequence(stored);
    if (before.current() == 0) {
      return first(stored, sequence, how, lints);
    }
    refuse(before, sequence, how);
    String hash = Definitions.versionHash(sequence);
    Version current = catalog.version(before.current());
    boolean declaredBefore = before.declaredHashes().contains(hash);
    boolean same = Definitions.versionHash(current.definition()).equals(hash);
    if (how == How.DECLARED && declaredBefore && !same) {
      // An older declaration of a node that restarts never becomes current again.
      return Optional.of(result(current, false, lints));
    }
    Map<String, Integer> numbers = numbers(before.numbers(), sequence);
    Version version =
        same
            ? current
            : saveVersion(tenant, sequence, stored.id(), current.number() + 1, numbers, hash);
    Stage stage = how == How.DRAFT ? Stage.DRAFT : stage(before.stage(), how);
    SequenceBody body =
        new SequenceBody(
            stage,
            before.declared() || how == How.DECLARED,
            version.id(),
            sequence,
            numbers,
            declared(before.declaredHashes(), hash, how));
    String text = CatalogCodec.write(body);
    boolean saved = text.equals(stored.body()) || store.save(stored.body(text)).saved();
    return saved ? Optional.of(result(version, !same, lints)) : Optional.empty();
  }

  /** A declaration does not open again what somebody archived; publishing through the API does. */
  private static Stage stage(Stage before, How how) {
    return how == How.DECLARED && before == Stage.ARCHIVED ? Stage.ARCHIVED : Stage.ACTIVE;
  }

  private static List<String> declared(List<String> before, String hash, How how) {
    if (how != How.DECLARED || before.contains(hash)) {
      return before;
    }
    List<String> all = new ArrayList<>(before);
    all.add(hash);
    return all;
  }

  private static void refuse(SequenceBody before, Sequence sequence, How how) {
    if (before.declared() && how != How.DECLARED) {
      throw new IllegalStateException(
          "a sequence that a builder declares is changed there, but '"
              + sequence.name()
              + "' was published through the API: change the declaration or choose another name");
    }
    if (how == How.DRAFT && before.stage() != Stage.DRAFT) {
      throw new IllegalStateException(
          "a draft comes before the first publication, but '"
              + sequence.name()
              + "' is published: publish the new definition");
    }
  }

  /** Gives the document of a sequence; a new one has a number and no version yet. */
  private Document reserved(String tenant, Sequence sequence) {
    return store
        .document(Kind.SEQUENCE, tenant, sequence.name())
        .orElseGet(
            () -> {
              SequenceBody empty =
                  new SequenceBody(Stage.DRAFT, false, 0, sequence, Map.of(), List.of());
              String body = CatalogCodec.write(empty);
              return store
                  .save(Document.fresh(Kind.SEQUENCE, tenant, sequence.name(), body))
                  .current();
            });
  }

  private Optional<PublishResult> first(
      Document stored, Sequence sequence, How how, List<Problem> lints) {
    Map<String, Integer> numbers = numbers(Map.of(), sequence);
    String hash = Definitions.versionHash(sequence);
    Version version = saveVersion(stored.tenant(), sequence, stored.id(), 1, numbers, hash);
    SequenceBody body =
        new SequenceBody(
            how == How.DRAFT ? Stage.DRAFT : Stage.ACTIVE,
            how == How.DECLARED,
            version.id(),
            sequence,
            numbers,
            declared(List.of(), hash, how));
    boolean saved = store.save(stored.body(CatalogCodec.write(body))).saved();
    return saved ? Optional.of(result(version, true, lints)) : Optional.empty();
  }

  private static PublishResult result(Version version, boolean isNew, List<Problem> lints) {
    return new PublishResult(version.definition().name(), version.number(), isNew, lints);
  }

  /** Gives each key its number for ever: old ones keep theirs, none is used again. */
  private static Map<String, Integer> numbers(Map<String, Integer> before, Sequence sequence) {
    Map<String, Integer> numbers = new LinkedHashMap<>(before);
    int next = before.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    for (Step step : sequence.steps()) {
      if (!numbers.containsKey(step.key())) {
        numbers.put(step.key(), next++);
      }
    }
    return numbers;
  }

  private Version saveVersion(
      String tenant,
      Sequence sequence,
      int sequenceId,
      int number,
      Map<String, Integer> numbers,
      String hash) {
    sequence.rules().window().ifPresent(catalog::window);
    int pool = catalog.pool(tenant, sequence.rules().pool());
    String name = versionName(sequence, number, hash);
    String body =
        CatalogCodec.writeVersion(sequenceId, number, sequence, numbers, pool, store.now());
    Document stored =
        store
            .document(Kind.VERSION, tenant, name)
            .orElseGet(
                () -> store.save(Document.fresh(Kind.VERSION, tenant, name, body)).current());
    return CatalogCodec.version(stored);
  }

  /**
   * Gives the version of a delayed send: one per different definition, all of one sequence.
   *
   * @throws DefinitionException with everything that is wrong with the mail
   */
  public Version send(String tenant, Send send) {
    MailContent mail =
        send.mail()
            .orElseThrow(
                () ->
                    new DefinitionException(
                        "a send",
                        List.of(Problem.fault("mail", "a send needs a mail: call mail(...)"))));
    Sequence sequence = sequence(mail, send);
    String hash = Definitions.versionHash(sequence);
    Optional<Document> known = store.document(Kind.VERSION, tenant, versionName(sequence, 1, hash));
    if (known.isPresent()) {
      return CatalogCodec.version(known.get());
    }
    List<Problem> faults = only(check.apply(tenant, sequence), Problem.Severity.FAULT);
    if (!faults.isEmpty()) {
      throw new DefinitionException("a send", faults);
    }
    int id = sendsOf(tenant, sequence);
    return saveVersion(tenant, sequence, id, 1, Map.of(SEND_KEY, SEND_STEP), hash);
  }

  private static String versionName(Sequence sequence, int number, String hash) {
    return sequence.name() + "@" + number + "-" + hash;
  }

  private static Sequence sequence(MailContent mail, Send send) {
    Sequence.Builder builder =
        Sequence.named(SENDS)
            .pool(send.mailboxes().stream().map(EmailAddress::address).toArray(String[]::new))
            .step(new Step.Email(SEND_KEY, Optional.empty(), mail));
    send.window().ifPresent(builder::window);
    return builder.build();
  }

  private int sendsOf(String tenant, Sequence first) {
    Document stored = reserved(tenant, first);
    for (int i = 0; i < MOST_TRIES && CatalogCodec.sequence(stored).current() == 0; i++) {
      first(stored, first, How.DECLARED, List.of());
      stored = reserved(tenant, first);
    }
    catalog.refresh();
    return stored.id();
  }

  /** Changes the stage of a sequence; gives the one it had, or nothing when there is none. */
  public Optional<Stage> stage(String tenant, String name, Stage stage) {
    for (int i = 0; i < MOST_TRIES; i++) {
      Optional<Document> stored = store.document(Kind.SEQUENCE, tenant, name);
      if (stored.isEmpty()) {
        return Optional.empty();
      }
      SequenceBody body = CatalogCodec.sequence(stored.get());
      if (body.stage() == stage
          || store.save(stored.get().body(CatalogCodec.write(body.stage(stage)))).saved()) {
        catalog.refresh();
        return Optional.of(body.stage());
      }
    }
    throw busy(name);
  }

  /** Turns a switch; gives whether it was paused before. */
  public boolean pause(
      String tenant, String name, boolean paused, String who, String why, Instant now) {
    for (int i = 0; i < MOST_TRIES; i++) {
      Document stored =
          store
              .document(Kind.SWITCH, tenant, name)
              .orElseGet(() -> Document.fresh(Kind.SWITCH, tenant, name, ""));
      boolean before = !stored.body().isEmpty() && CatalogCodec.paused(stored);
      if (before == paused
          || store.save(stored.body(CatalogCodec.writeSwitch(paused, who, why, now))).saved()) {
        catalog.refresh();
        return before;
      }
    }
    throw busy(name);
  }

  /** Tells all nodes that the store is taken as it is. */
  public void acceptHistory(String why, Instant now) {
    for (int i = 0; i < MOST_TRIES; i++) {
      Document stored =
          store
              .document(Kind.SWITCH, "", Switches.HISTORY)
              .orElseGet(() -> Document.fresh(Kind.SWITCH, "", Switches.HISTORY, ""));
      if (store.save(stored.body(CatalogCodec.writeSwitch(false, "", why, now))).saved()) {
        catalog.refresh();
        return;
      }
    }
    throw busy(Switches.HISTORY);
  }
}
