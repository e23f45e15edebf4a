package dev.sequencer.verification.simulation;

import dev.sequencer.spi.Found;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.Permit;
import dev.sequencer.spi.Receipt;
import dev.sequencer.spi.SendKey;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.Sender;
import dev.sequencer.spi.TransportLimits;
import dev.sequencer.tck.faults.SendPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The other side of all transports: what it has accepted, and what hangs. */
final class FarEnd {
  static final TransportLimits LIMITS =
      TransportLimits.of(Duration.ofMinutes(2), Duration.ofMinutes(3));

  private final World world;
  private final SendPlan plan;
  private final Set<String> acceptedIds = new HashSet<>();
  private final Map<String, Integer> hanging = new HashMap<>();
  private final Map<String, Node> told = new LinkedHashMap<>();
  private final List<Mailing> accepted = new ArrayList<>();

  FarEnd(World world, SendPlan plan) {
    this.world = world;
    this.plan = plan;
  }

  SendPlan plan() {
    return plan;
  }

  List<Mailing> accepted() {
    return accepted;
  }

  /** Gives the mails of which a node that lives was told that they were sent. */
  Map<String, Node> told() {
    return told;
  }

  /** Says whether it has a mail. */
  boolean has(String messageId) {
    return acceptedIds.contains(messageId);
  }

  /** Says whether it may yet take a mail. */
  boolean hangs(String messageId) {
    return hanging.getOrDefault(messageId, 0) > 0;
  }

  /** What a node that ends was told is forgotten with it. */
  void ends(Node node) {
    told.values().removeIf(node::equals);
  }

  /** The transport of one life of a node. */
  final class Transport implements MailTransport {
    private final Node node;
    private final Node.Life life;

    Transport(Node node, Node.Life life) {
      this.node = node;
      this.life = life;
    }

    @Override
    public TransportLimits limits() {
      return LIMITS;
    }

    @Override
    public Optional<SendResult> connect(Sender sender) {
      node.port(life, "connect");
      return world.calm() || world.chance().nextInt(60) > 0
          ? Optional.empty()
          : Optional.of(SendResult.notHandedOver("no connection"));
    }

    @Override
    public SendResult send(OutgoingMail outgoing, Permit permit) {
      return send(outgoing, permit, Optional::empty);
    }

    /** Sends; what it is told right before the mail is taken is the answer in its place. */
    SendResult send(OutgoingMail outgoing, Permit permit, Supplier<Optional<SendResult>> instead) {
      Mailing mail = Mailing.of(outgoing);
      SendPlan.Course course = plan.next();
      node.port(life, "send " + mail);
      node.spend(life, course.beforePermit());
      if (!world.calm()) {
        lastInstant(permit, course);
      }
      if (course.early().isPresent()) {
        return course.early().get();
      }
      if (!permit.check()) {
        world.note(node.name(), "permit refused " + mail);
        return SendResult.notHandedOver("the permit has expired");
      }
      return cross(mail, course, instead);
    }

    /** Now and then waits to the last instant of a permit or past it, above all at a close. */
    private void lastInstant(Permit permit, SendPlan.Course course) {
      Duration left = permit.remaining();
      Duration spent = course.beforePermit().plusSeconds(10);
      boolean closes = left.plus(spent).compareTo(LIMITS.handOver()) < 0;
      if (world.strikes(closes ? 2 : 12)) {
        node.spend(life, left.minusMillis(world.chance().nextInt(2)));
      }
    }

    /** What follows the point of no return. */
    private SendResult cross(
        Mailing mail, SendPlan.Course course, Supplier<Optional<SendResult>> instead) {
      long since = world.now();
      java.time.Instant leftAt = node.clock().instant();
      world.note(node.name(), "leaves " + mail + " at " + leftAt);
      world.promises().leaves(mail, leftAt);
      hanging.merge(mail.messageId(), 1, Integer::sum);
      try {
        node.port(life, "dot");
        node.spend(life, course.afterPermit());
        if (world.now() - since > LIMITS.answer().toMillis()) {
          return SendResult.inDoubt("the other side hung up");
        }
        if (course.refusal().isPresent()) {
          return course.refusal().get();
        }
        Optional<SendResult> other = instead.get();
        if (other.isPresent()) {
          return other.get();
        }
        accept(mail, leftAt);
      } finally {
        hanging.merge(mail.messageId(), -1, Integer::sum);
      }
      node.port(life, "accepted");
      node.spend(life, course.beforeAnswer());
      return reply(mail, course);
    }

    private void accept(Mailing mail, java.time.Instant leftAt) {
      world.note("far end", "accepts " + mail);
      acceptedIds.add(mail.messageId());
      accepted.add(mail);
      world.promises().accepted(mail, leftAt);
    }

    private SendResult reply(Mailing mail, SendPlan.Course course) {
      return switch (course.reply()) {
        case HEARD -> {
          told.put(mail.messageId(), node);
          yield SendResult.sent(Receipt.PLAIN);
        }
        case LOST -> SendResult.inDoubt("the answer is lost");
        case THROWN -> throw new IllegalStateException("a fault of the transport");
      };
    }

    @Override
    public Found find(Sender sender, SendKey key) {
      node.port(life, "find");
      int luck = world.calm() ? 0 : world.chance().nextInt(4);
      if (luck == 1) {
        throw new IllegalStateException("the look-up fails");
      }
      if (luck > 1 || hangs(key.messageId())) {
        return Found.CANNOT_TELL;
      }
      return has(key.messageId()) ? Found.sent(Receipt.PLAIN) : Found.NOT_SENT;
    }
  }
}
