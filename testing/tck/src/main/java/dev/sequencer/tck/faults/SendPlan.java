package dev.sequencer.tck.faults;

import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.SendResult.Kind;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/**
 * How the sends of a transport go, chosen by chance: how long each part takes, what the other side
 * says, and whether its answer arrives. The same generator in the same state gives the same. To be
 * used by one thread at a time.
 *
 * <p>Without further words everything is accepted and answered at once.
 */
public final class SendPlan {
  /** How the answer of the other side arrives. */
  public enum Reply {
    /** As it was given. */
    HEARD,
    /** Not at all: the send is in doubt. */
    LOST,
    /** The transport throws in place of it. */
    THROWN
  }

  /**
   * One send.
   *
   * @param beforePermit how long it takes from the call to the permit
   * @param early what the other side says before the permit is asked; empty: it goes on
   * @param afterPermit how long the other side takes to decide after the point of no return
   * @param refusal what the other side decides in place of accepting
   * @param beforeAnswer how long its answer takes
   * @param reply how the answer arrives
   */
  public record Course(
      Duration beforePermit,
      Optional<SendResult> early,
      Duration afterPermit,
      Optional<SendResult> refusal,
      Duration beforeAnswer,
      Reply reply) {
    /** A send that is accepted and answered at once. */
    public static final Course ACCEPTED =
        new Course(
            Duration.ZERO,
            Optional.empty(),
            Duration.ZERO,
            Optional.empty(),
            Duration.ZERO,
            Reply.HEARD);
  }

  private final Random chance;
  private final Duration limit;
  private int troubles;
  private int delays;

  private SendPlan(Random chance, Duration limit) {
    this.chance = chance;
    this.limit = limit;
  }

  /**
   * Gives a plan that draws from a generator.
   *
   * @param limit what delays are about: half of them are shorter, the others up to twice as long
   */
  public static SendPlan by(Random chance, Duration limit) {
    return new SendPlan(Objects.requireNonNull(chance, "chance"), limit);
  }

  /** Lets something go wrong in one send in so many; 0 for none. */
  public SendPlan troubleOneIn(int sends) {
    troubles = sends;
    return this;
  }

  /** Lets one part of a send in so many take long; 0 for none. */
  public SendPlan delayOneIn(int parts) {
    delays = parts;
    return this;
  }

  /** Lets everything be accepted and answered at once from now on. */
  public SendPlan stop() {
    return troubleOneIn(0).delayOneIn(0);
  }

  /** Draws how the next send goes. */
  public Course next() {
    if (troubles == 0 && delays == 0) {
      return Course.ACCEPTED;
    }
    boolean trouble = strikes(troubles);
    Optional<SendResult> no = trouble ? refusal() : Optional.empty();
    boolean early = chance.nextBoolean();
    Reply reply = Reply.HEARD;
    if (trouble && no.isEmpty()) {
      reply = chance.nextInt(3) == 0 ? Reply.THROWN : Reply.LOST;
    }
    return new Course(
        delay(),
        early ? no : Optional.empty(),
        delay(),
        early ? Optional.empty() : no,
        delay(),
        reply);
  }

  private Optional<SendResult> refusal() {
    return switch (chance.nextInt(14)) {
      case 0, 1, 2 -> Optional.of(SendResult.deferred("451 4.7.1", "later"));
      case 3 -> Optional.of(SendResult.deferred("450", "later").retryAfter(Duration.ofMinutes(2)));
      case 4 -> Optional.of(SendResult.refusedRecipient("550 5.1.1", "unknown"));
      case 5 -> Optional.of(SendResult.unreachableRecipient("553", "not from here"));
      case 6 -> Optional.of(SendResult.refusedMessage("554 5.6.0", "no"));
      case 7 -> Optional.of(trouble());
      default -> Optional.empty();
    };
  }

  private SendResult trouble() {
    Kind[] kinds = Kind.values();
    return SendResult.mailboxTrouble(kinds[chance.nextInt(kinds.length)], "trouble");
  }

  private Duration delay() {
    if (!strikes(delays)) {
      return chance.nextInt(4) == 0 ? Duration.ofMillis(chance.nextInt(3_000)) : Duration.ZERO;
    }
    long most = limit.toMillis() * (chance.nextBoolean() ? 1 : 2);
    return Duration.ofMillis((long) (chance.nextDouble() * most));
  }

  private boolean strikes(int oneIn) {
    return oneIn > 0 && chance.nextInt(oneIn) == 0;
  }
}
