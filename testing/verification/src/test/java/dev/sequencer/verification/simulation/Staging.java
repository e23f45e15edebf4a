package dev.sequencer.verification.simulation;

import dev.sequencer.spi.Found;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.Permit;
import dev.sequencer.spi.Receipt;
import dev.sequencer.spi.SendKey;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.Sender;
import dev.sequencer.spi.StagedTransport;
import dev.sequencer.spi.TransportLimits;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The other side of the mailboxes with drafts: a mail is staged first, and sent once. */
final class Staging {
  private final World world;
  private final Map<String, Kept> drafts = new LinkedHashMap<>();
  private final Set<String> consumed = new HashSet<>();
  private int made;

  /** A draft that is there. */
  private record Kept(OutgoingMail mail, Instant at) {}

  Staging(World world) {
    this.world = world;
  }

  /** Says how many drafts are there. */
  int left() {
    return drafts.size();
  }

  /** Gives what it answers when a draft is not there any more. */
  private Optional<SendResult> consume(String reference) {
    if (drafts.remove(reference) != null) {
      consumed.add(reference);
      return Optional.empty();
    }
    return Optional.of(
        consumed.contains(reference)
            ? SendResult.sent(Receipt.PLAIN)
            : SendResult.inDoubt("the draft is gone"));
  }

  /** The transport of one life of a node. */
  final class Transport implements StagedTransport {
    private final Node node;
    private final Node.Life life;
    private final FarEnd.Transport sends;

    Transport(Node node, Node.Life life, FarEnd.Transport sends) {
      this.node = node;
      this.life = life;
      this.sends = sends;
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
    public Staged stage(OutgoingMail mail) {
      node.port(life, "stage");
      if (fails()) {
        return new Staged.Failed(SendResult.notHandedOver("no draft could be made"));
      }
      String reference = "draft-" + ++made;
      drafts.put(reference, new Kept(mail, node.clock().instant()));
      node.port(life, "staged " + reference);
      if (fails()) {
        throw new IllegalStateException("the answer with the draft is lost");
      }
      return new Staged.Ready(reference);
    }

    @Override
    public void discard(Sender sender, String reference) {
      node.port(life, "discard " + reference);
      if (fails()) {
        throw new IllegalStateException("the draft could not be discarded");
      }
      drafts.remove(reference);
    }

    @Override
    public List<Draft> drafts(Sender sender, Instant before, int limit) {
      node.port(life, "drafts");
      if (fails()) {
        throw new IllegalStateException("drafts could not be listed");
      }
      return drafts.entrySet().stream()
          .filter(draft -> draft.getValue().mail().sender().key().equals(sender.key()))
          .filter(draft -> draft.getValue().at().isBefore(before))
          .limit(limit)
          .map(draft -> new Draft(draft.getKey(), draft.getValue().mail().key().value()))
          .toList();
    }

    private boolean fails() {
      return !world.calm() && world.strikes(20);
    }

    @Override
    public SendResult send(OutgoingMail mail, Permit permit) {
      Optional<String> reference = mail.stageReference();
      if (reference.isEmpty()) {
        world.promises().breaks("what has drafts sends drafts", Mailing.of(mail).toString());
      }
      reference.ifPresent(draft -> world.note(node.name(), "sends " + draft));
      return sends.send(mail, permit, () -> reference.flatMap(Staging.this::consume));
    }

    @Override
    public Found find(Sender sender, SendKey key) {
      return sends.find(sender, key);
    }
  }
}
