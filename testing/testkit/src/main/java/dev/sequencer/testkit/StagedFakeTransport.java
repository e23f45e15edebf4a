package dev.sequencer.testkit;

import dev.sequencer.spi.Found;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.Permit;
import dev.sequencer.spi.SendKey;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.Sender;
import dev.sequencer.spi.StagedTransport;
import dev.sequencer.spi.TransportLimits;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A transport with drafts that sends nothing; the scripts of its sends and look-ups are those of
 * {@link #sends()}. Safe for use by several threads.
 *
 * <p>Staging makes a draft, at the clock's time or without a clock at the mail's date; discarding
 * removes it, accepting a mail with a stage reference consumes it. A send whose draft is gone is
 * not accepted: it answers SENT with the receipt of the mail that consumed the draft, and IN_DOUBT
 * when none did. A look-up tells NOT_SENT while the draft is there, SENT when the mail was
 * accepted, else CANNOT_TELL. A mail without a stage reference is sent as {@link FakeTransport}
 * does.
 */
public final class StagedFakeTransport implements StagedTransport {
  private final FakeTransport sends;
  private final Scripted<OutgoingMail, Stager> stagings = new Scripted<>();
  private final Scripted<String, FakeAnswer.Action> discardings = new Scripted<>();
  private final Scripted<Sender, FakeAnswer.Action> listings = new Scripted<>();
  private final Map<String, StagedMail> drafts = new LinkedHashMap<>();
  private final List<OutgoingMail> staged = new ArrayList<>();
  private final List<String> discarded = new ArrayList<>();
  private int made;
  private int listed;

  /**
   * A draft.
   *
   * @param reference its reference
   * @param mail what was staged
   * @param at when it was staged
   */
  public record StagedMail(String reference, OutgoingMail mail, Instant at) {}

  /** What becomes of one call of stage. */
  @FunctionalInterface
  private interface Stager {
    Staged stage(OutgoingMail mail) throws InterruptedException;
  }

  private StagedFakeTransport(FakeTransport sends) {
    this.sends = sends.lookup(FakeTransport.Lookup.ONLY_SENT);
  }

  /** Gives a transport that takes a mail's date for the instant at which it was accepted. */
  public static StagedFakeTransport create() {
    return new StagedFakeTransport(FakeTransport.create());
  }

  /** Gives a transport that reads a clock when it accepts a mail. */
  public static StagedFakeTransport on(InstantSource clock) {
    return new StagedFakeTransport(FakeTransport.on(clock));
  }

  /** Gives where its sends and look-ups are scripted and remembered. */
  public FakeTransport sends() {
    return sends;
  }

  /**
   * Fails to stage the next mails so; no draft is made.
   *
   * @throws IllegalArgumentException when a result is SENT or IN_DOUBT, which staging never is
   */
  public StagedFakeTransport onStage(SendResult... failures) {
    List<Stager> answers = new ArrayList<>();
    for (SendResult failure : failures) {
      if (failure.outcome() == SendResult.Outcome.SENT
          || failure.outcome() == SendResult.Outcome.IN_DOUBT) {
        throw new IllegalArgumentException(
            "staging sends nothing, so it fails with another outcome than " + failure.outcome());
      }
      answers.add(mail -> new Staged.Failed(failure));
    }
    stagings.next(answers);
    return this;
  }

  /** Throws at the next staging; no draft is made. */
  public StagedFakeTransport onStageThrow(RuntimeException failure) {
    stagings.next(
        List.of(
            mail -> {
              throw failure;
            }));
    return this;
  }

  /** Makes a draft at the next staging and throws: the answer was lost, nobody knows the draft. */
  public StagedFakeTransport onStageLoseAnswer(RuntimeException failure) {
    stagings.next(
        List.of(
            mail -> {
              makeDraft(mail);
              throw failure;
            }));
    return this;
  }

  /** Makes a draft at the next staging, then does something before it answers. */
  public StagedFakeTransport afterStaging(FakeAnswer.Action action) {
    stagings.next(
        List.of(
            mail -> {
              Staged answer = makeDraft(mail);
              action.run();
              return answer;
            }));
    return this;
  }

  /** Throws at the next discarding; the draft stays. */
  public StagedFakeTransport onDiscardThrow(RuntimeException failure) {
    return beforeDiscarding(
        () -> {
          throw failure;
        });
  }

  /** Does something before the next discarding; when it throws, the draft stays. */
  public StagedFakeTransport beforeDiscarding(FakeAnswer.Action action) {
    discardings.next(List.of(action));
    return this;
  }

  /** Does something before the next listing of drafts, which may throw. */
  public StagedFakeTransport beforeListing(FakeAnswer.Action action) {
    listings.next(List.of(action));
    return this;
  }

  /** Removes a draft as a person does who tidies up. */
  public synchronized void deleteDraft(String reference) {
    drafts.remove(reference);
  }

  @Override
  public TransportLimits limits() {
    return sends.limits();
  }

  @Override
  public Optional<SendResult> connect(Sender sender) {
    return sends.connect(sender);
  }

  @Override
  public Staged stage(OutgoingMail mail) throws InterruptedException {
    synchronized (this) {
      staged.add(mail);
    }
    Optional<Stager> scripted = stagings.take(mail);
    return scripted.isPresent() ? scripted.get().stage(mail) : makeDraft(mail);
  }

  private synchronized Staged makeDraft(OutgoingMail mail) {
    made++;
    String reference = "draft-" + made;
    drafts.put(reference, new StagedMail(reference, mail, sends.time(mail)));
    return new Staged.Ready(reference);
  }

  @Override
  public void discard(Sender sender, String reference) throws InterruptedException {
    synchronized (this) {
      discarded.add(reference);
    }
    Optional<FakeAnswer.Action> scripted = discardings.take(reference);
    if (scripted.isPresent()) {
      scripted.get().run();
    }
    deleteDraft(reference);
  }

  @Override
  public List<Draft> drafts(Sender sender, Instant before, int limit) throws InterruptedException {
    synchronized (this) {
      listed++;
    }
    Optional<FakeAnswer.Action> scripted = listings.take(sender);
    if (scripted.isPresent()) {
      scripted.get().run();
    }
    return drafts().stream()
        .filter(draft -> draft.mail().sender().key().equals(sender.key()))
        .filter(draft -> draft.at().isBefore(before))
        .limit(limit)
        .map(draft -> new Draft(draft.reference(), draft.mail().key().value()))
        .toList();
  }

  @Override
  public SendResult send(OutgoingMail mail, Permit permit) throws InterruptedException {
    return sends.send(mail, permit, () -> mail.stageReference().flatMap(this::consume));
  }

  /** Consumes a draft, once; else says what a provider says of a draft that it does not know. */
  private Optional<SendResult> consume(String reference) {
    StagedMail draft;
    synchronized (this) {
      draft = drafts.remove(reference);
    }
    if (draft != null) {
      return Optional.empty();
    }
    return Optional.of(
        sends.accepted().stream()
            .filter(accepted -> accepted.mail().stageReference().equals(Optional.of(reference)))
            .findFirst()
            .map(accepted -> SendResult.sent(accepted.receipt()))
            .orElse(SendResult.inDoubt("the draft is gone, and nothing tells where it went")));
  }

  @Override
  public Found find(Sender sender, SendKey key) {
    return sends.find(key, () -> isOnlyDraft(key) ? Optional.of(Found.NOT_SENT) : Optional.empty());
  }

  /**
   * A crash after staging leaves a draft that nobody knows: it proves nothing once another left.
   */
  private boolean isOnlyDraft(SendKey key) {
    return drafts().stream().anyMatch(draft -> draft.mail().key().value().equals(key.value()))
        && sends.accepted().stream()
            .noneMatch(accepted -> accepted.mail().key().value().equals(key.value()));
  }

  @Override
  public void close() {
    sends.close();
  }

  /** Gives the drafts that are left, the oldest first. */
  public synchronized List<StagedMail> drafts() {
    return List.copyOf(drafts.values());
  }

  /** Gives the mails of all calls of {@link #stage}, in order, whatever became of them. */
  public synchronized List<OutgoingMail> staged() {
    return List.copyOf(staged);
  }

  /** Gives how many times drafts were listed. */
  public synchronized int listed() {
    return listed;
  }

  /** Gives the references of all calls of {@link #discard}, in order. */
  public synchronized List<String> discarded() {
    return List.copyOf(discarded);
  }
}
