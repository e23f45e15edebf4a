package dev.sequencer.testkit;

import dev.sequencer.EmailAddress;
import dev.sequencer.spi.Found;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.Permit;
import dev.sequencer.spi.Receipt;
import dev.sequencer.spi.SendKey;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.Sender;
import dev.sequencer.spi.TransportLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A transport that sends nothing: it remembers what it was given and answers what a test wrote
 * down. Without a script it accepts every mail, is always ready, and cannot tell what became of an
 * attempt, as SMTP. Safe for use by several threads; closing it changes nothing, so that engines
 * can follow each other on it.
 *
 * <p>Which answer a mail gets: that of {@link #onNext}, if one is left; else that of the first
 * {@link #answer} that matches and has one left, each used once; else the newest {@link #always}
 * that matches; else it is accepted. The permit is asked exactly once, right before a mail is
 * accepted or lost, and not at all for a mail that stays.
 */
public final class FakeTransport implements MailTransport {
  private final Scripted<OutgoingMail, FakeAnswer> sends = new Scripted<>();
  private final Scripted<Sender, Optional<SendResult>> connects = new Scripted<>();
  private final Scripted<SendKey, Supplier<Found>> finds = new Scripted<>();
  private final FakeRecord record = new FakeRecord();
  private volatile Optional<InstantSource> clock;
  private volatile TransportLimits limits =
      TransportLimits.of(Duration.ofMinutes(2), Duration.ofMinutes(10));
  private volatile Lookup lookup = Lookup.NOTHING;
  private volatile boolean rewritesMessageIds;

  /** What {@link FakeTransport#find} answers without a script. */
  public enum Lookup {
    /** SENT for a mail that was accepted, NOT_SENT for any other. */
    TRUTH,
    /** SENT for a mail that was accepted, else CANNOT_TELL: what a search in a mailbox proves. */
    ONLY_SENT,
    /** CANNOT_TELL, as SMTP. */
    NOTHING
  }

  /**
   * A mail that was accepted.
   *
   * @param number counts the accepted mails from 1
   * @param mail the mail
   * @param at when: the clock's time, or without a clock the mail's date
   * @param receipt what an acceptance by default answers
   */
  public record Accepted(int number, OutgoingMail mail, Instant at, Receipt receipt) {}

  private FakeTransport(Optional<InstantSource> clock) {
    this.clock = clock;
  }

  /** Gives a transport that takes a mail's date for the instant at which it was accepted. */
  public static FakeTransport create() {
    return new FakeTransport(Optional.empty());
  }

  /** Gives a transport that reads a clock when it accepts a mail. */
  public static FakeTransport on(InstantSource clock) {
    return new FakeTransport(Optional.of(clock));
  }

  /** Takes a clock, if it has none yet. */
  void observe(InstantSource newClock) {
    if (clock.isEmpty()) {
      clock = Optional.of(newClock);
    }
  }

  /** Gives the time at which something is done with a mail. */
  Instant time(OutgoingMail mail) {
    return clock.map(InstantSource::instant).orElse(mail.date());
  }

  // What a test writes down.

  /** Sets the limits; 2 minutes and 10 minutes by default. Before an engine is built with it. */
  public FakeTransport limits(TransportLimits newLimits) {
    limits = newLimits;
    return this;
  }

  /** Answers the next mails so, whatever they are. */
  public FakeTransport onNext(FakeAnswer... answers) {
    sends.next(List.of(answers));
    return this;
  }

  /** Answers the next mails so, whatever they are; see {@link FakeAnswer#of(SendResult)}. */
  public FakeTransport onNext(SendResult... results) {
    sends.next(answers(results));
    return this;
  }

  /** Answers mails that match so, one after the other. */
  public FakeTransport answer(Predicate<? super OutgoingMail> which, FakeAnswer... answers) {
    sends.matching(which, List.of(answers));
    return this;
  }

  /** Answers mails that match so, one after the other; see {@link FakeAnswer#of(SendResult)}. */
  public FakeTransport answer(Predicate<? super OutgoingMail> which, SendResult... results) {
    sends.matching(which, answers(results));
    return this;
  }

  /**
   * Answers mails to an address so, one after the other.
   *
   * @throws IllegalArgumentException when it is no address
   */
  public FakeTransport answer(String recipient, FakeAnswer... answers) {
    return answer(Mails.to(recipient), answers);
  }

  /**
   * Answers mails to an address so, one after the other; see {@link FakeAnswer#of(SendResult)}.
   *
   * @throws IllegalArgumentException when it is no address
   */
  public FakeTransport answer(String recipient, SendResult... results) {
    return answer(Mails.to(recipient), results);
  }

  /** Answers all mails that match so, until another one says otherwise. */
  public FakeTransport always(Predicate<? super OutgoingMail> which, FakeAnswer answer) {
    sends.always(which, answer);
    return this;
  }

  /** Answers all mails so, until another one says otherwise. */
  public FakeTransport always(FakeAnswer answer) {
    return always(mail -> true, answer);
  }

  /** Answers the next calls of {@link #connect} so. */
  public FakeTransport onConnect(SendResult... results) {
    connects.next(Arrays.stream(results).map(Optional::of).toList());
    return this;
  }

  /** Refuses to get ready until {@link #allowConnect}. */
  public FakeTransport refuseConnect(SendResult result) {
    connects.always(sender -> true, Optional.of(result));
    return this;
  }

  /**
   * Refuses to get ready for a mailbox until {@link #allowConnect}.
   *
   * @throws IllegalArgumentException when it is no address
   */
  public FakeTransport refuseConnect(String mailbox, SendResult result) {
    String normalized = EmailAddress.of(mailbox).normalized();
    connects.always(
        sender -> sender.address().normalized().equals(normalized), Optional.of(result));
    return this;
  }

  /** Is ready again for every mailbox. */
  public FakeTransport allowConnect() {
    connects.clear();
    return this;
  }

  /** Answers the next look-ups so, whatever is asked for. */
  public FakeTransport onFind(Found... answers) {
    finds.next(Arrays.stream(answers).map(answer -> (Supplier<Found>) () -> answer).toList());
    return this;
  }

  /** Throws at the next look-up. */
  public FakeTransport onFindThrow(RuntimeException failure) {
    finds.next(
        List.of(
            () -> {
              throw failure;
            }));
    return this;
  }

  /** Sets what look-ups answer without a script; {@link Lookup#NOTHING} by default. */
  public FakeTransport lookup(Lookup newLookup) {
    lookup = newLookup;
    return this;
  }

  /** Gives each accepted mail another Message-ID, as SES and Gmail do. */
  public FakeTransport rewriteMessageIds() {
    rewritesMessageIds = true;
    return this;
  }

  /** Forgets all scripts and all that was seen. */
  public void reset() {
    sends.clear();
    connects.clear();
    finds.clear();
    record.clear();
  }

  private static List<FakeAnswer> answers(SendResult... results) {
    return Arrays.stream(results).map(FakeAnswer::of).toList();
  }

  // What the engine calls.

  @Override
  public TransportLimits limits() {
    return limits;
  }

  @Override
  public Optional<SendResult> connect(Sender sender) {
    record.connects();
    return connects.take(sender).orElse(Optional.empty());
  }

  @Override
  public SendResult send(OutgoingMail mail, Permit permit) throws InterruptedException {
    return send(mail, permit, Optional::empty);
  }

  /**
   * Sends with a last word before the acceptance.
   *
   * @param lastWord asked after the permit was given: a result in place of the acceptance
   */
  SendResult send(OutgoingMail mail, Permit permit, Supplier<Optional<SendResult>> lastWord)
      throws InterruptedException {
    record.begins(mail);
    try {
      FakeAnswer answer = sends.take(mail).orElse(FakeAnswer.accept());
      answer.before();
      SendResult accepted = SendResult.sent(Receipt.PLAIN);
      if (answer.fate() != FakeAnswer.Fate.STAYS) {
        if (!permit.check()) {
          record.refusesPermit();
          return SendResult.notHandedOver("permit expired");
        }
        if (answer.fate() == FakeAnswer.Fate.ARRIVES) {
          Optional<SendResult> word = lastWord.get();
          if (word.isPresent()) {
            return word.get();
          }
          Receipt receipt =
              record.accepts(mail, clock.map(InstantSource::instant), rewritesMessageIds);
          accepted = SendResult.sent(receipt);
        }
      }
      return answer.finish(accepted);
    } finally {
      record.ends(mail);
    }
  }

  @Override
  public Found find(Sender sender, SendKey key) {
    return find(key, Optional::empty);
  }

  /**
   * Looks up with a word before the record.
   *
   * @param ownWord asked when no script answers: what is known besides the accepted mails
   */
  Found find(SendKey key, Supplier<Optional<Found>> ownWord) {
    record.looksUp(key);
    Optional<Supplier<Found>> scripted = finds.take(key);
    if (scripted.isPresent()) {
      return scripted.get().get();
    }
    return ownWord.get().orElseGet(() -> recorded(key));
  }

  private Found recorded(SendKey key) {
    if (lookup == Lookup.NOTHING) {
      return Found.CANNOT_TELL;
    }
    return accepted().stream()
        .filter(a -> a.mail().key().value().equals(key.value()))
        .filter(a -> a.mail().messageId().equals(key.messageId()))
        .findFirst()
        .map(a -> Found.sent(a.receipt()))
        .orElse(lookup == Lookup.TRUTH ? Found.NOT_SENT : Found.CANNOT_TELL);
  }

  @Override
  public void close() {
    record.closes();
  }

  // What a test looks at.

  /** Gives the mails that were accepted, in order. */
  public List<Accepted> accepted() {
    return record.accepted();
  }

  /** Gives the mails of all calls of {@link #send}, in order, whatever became of them. */
  public List<OutgoingMail> attempted() {
    return record.attempted();
  }

  /** Gives a latch that is released when so many mails were accepted since the last reset. */
  public CountDownLatch whenAccepted(int number) {
    return record.when(true, number);
  }

  /** Gives a latch that is released when {@link #send} was called so many times. */
  public CountDownLatch whenAttempted(int number) {
    return record.when(false, number);
  }

  /** Gives the most mails that were being sent at one time. */
  public int mostInFlight() {
    return record.mostInFlight();
  }

  /** Gives the most mails that were being sent at one time for one mailbox. */
  public int mostInFlight(Sender sender) {
    return record.mostInFlight(sender.key());
  }

  /** Gives how many times {@link #connect} was called. */
  public int connects() {
    return record.connectCount();
  }

  /** Gives the keys of all look-ups, in order. */
  public List<SendKey> lookups() {
    return record.lookups();
  }

  /** Gives how many times a permit was refused. */
  public int refusedPermits() {
    return record.refusedPermitCount();
  }

  /** Gives how many times it was closed. */
  public int closes() {
    return record.closeCount();
  }
}
