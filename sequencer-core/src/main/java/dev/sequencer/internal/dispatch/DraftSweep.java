package dev.sequencer.internal.dispatch;

import dev.sequencer.EnrollmentPhase;
import dev.sequencer.EnrollmentStatus;
import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.internal.catalog.Snapshot;
import dev.sequencer.internal.mail.MessageIds;
import dev.sequencer.spi.Sender;
import dev.sequencer.spi.StagedTransport;
import dev.sequencer.spi.StagedTransport.Draft;
import dev.sequencer.spi.store.Subject;
import dev.sequencer.spi.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Discards drafts that nobody needs, such as those of a crash between stage and begin (KERNEL K18):
 * each mailbox about once an hour, one at a time, some drafts at a time, where it holds up no pass.
 * Safe for use by several threads.
 */
final class DraftSweep {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sequencer");
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration AGE = Duration.ofHours(1);
  private static final int MOST = 100;

  private final Parts parts;
  private final Workers workers;
  private final Map<Integer, Instant> sweptAt = new HashMap<>();
  private final Set<Integer> failing = new HashSet<>();
  private boolean running;

  DraftSweep(Parts parts, Workers workers) {
    this.parts = parts;
    this.workers = workers;
  }

  /** Begins to sweep the mailbox whose turn it is, if there is one and none is being swept. */
  void next(Snapshot definitions, Instant now) {
    Optional<MailboxInfo> turn = turn(definitions, now);
    if (turn.isPresent() && !workers.tryRun(() -> sweep(turn.get(), now))) {
      end(turn.get(), true);
    }
  }

  private synchronized Optional<MailboxInfo> turn(Snapshot definitions, Instant now) {
    if (running) {
      return Optional.empty();
    }
    Optional<MailboxInfo> turn =
        definitions.mailboxes().stream()
            .filter(mailbox -> !mailbox.gone() && !definitions.pausedMailbox(mailbox))
            .filter(mailbox -> staged(mailbox).isPresent() && isDue(mailbox, now))
            .findFirst();
    turn.ifPresent(mailbox -> sweptAt.put(mailbox.id(), now));
    running = turn.isPresent();
    return turn;
  }

  private boolean isDue(MailboxInfo mailbox, Instant now) {
    Instant last = sweptAt.get(mailbox.id());
    return last == null || !now.isBefore(last.plus(EVERY));
  }

  private synchronized void end(MailboxInfo mailbox, boolean again) {
    running = false;
    if (again) {
      sweptAt.remove(mailbox.id());
    }
  }

  private Optional<StagedTransport> staged(MailboxInfo mailbox) {
    return parts
        .transport(mailbox.mailbox().transport())
        .filter(StagedTransport.class::isInstance)
        .map(StagedTransport.class::cast);
  }

  private void sweep(MailboxInfo mailbox, Instant now) {
    boolean more = false;
    try {
      more = sweep(mailbox, staged(mailbox).orElseThrow(), now.minus(age()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failed(mailbox, e);
    } finally {
      end(mailbox, more);
    }
  }

  /** What another node has staged and not begun is younger than its claim. */
  private Duration age() {
    Duration claims = parts.config().settings().claimExpiry().multipliedBy(2);
    return claims.compareTo(AGE) > 0 ? claims : AGE;
  }

  /** Says whether there may be more to discard. */
  private boolean sweep(MailboxInfo mailbox, StagedTransport transport, Instant before)
      throws InterruptedException {
    Sender sender = new Mails(parts).sender(mailbox);
    List<Draft> drafts = transport.drafts(sender, before, MOST);
    int discarded = 0;
    Optional<Throwable> failure = Optional.empty();
    for (Draft draft : drafts) {
      // One that cannot be discarded must not hide those after it.
      try {
        if (isOrphaned(draft)) {
          transport.discard(sender, draft.reference());
          discarded++;
        }
      } catch (RuntimeException | Error e) {
        failure = Optional.of(e);
      }
    }
    if (discarded > 0) {
      LOG.info("discarded {} drafts of mailbox {} that nobody needs", discarded, mailbox.id());
    }
    failure.ifPresentOrElse(e -> failed(mailbox, e), () -> recovered(mailbox));
    return discarded > 0 && failure.isEmpty() && drafts.size() >= MOST;
  }

  /** One that this store's key made and no row refers to; others are none of our business. */
  private boolean isOrphaned(Draft draft) {
    Optional<MessageIds.Decoded> named = parts.ids().decode(draft.key());
    if (named.isEmpty()) {
      return false;
    }
    List<Subject> subjects = parts.store().subjects(List.of(named.get().enrollment()));
    return subjects.stream().map(Subject::work).noneMatch(row -> needs(row, named.get(), draft));
  }

  private static boolean needs(Work row, MessageIds.Decoded named, Draft draft) {
    boolean undecided =
        row.state().phase() != EnrollmentPhase.WAITING && row.cursor().step() == named.step();
    return undecided || names(row, draft.reference());
  }

  /**
   * Says whether a row may yet send a draft. One that was stopped while its mail was put off still
   * has the reference and does not.
   */
  static boolean names(Work row, String reference) {
    boolean goesOn =
        row.state().status() != EnrollmentStatus.ENDED
            || row.state().phase() != EnrollmentPhase.WAITING;
    return goesOn && row.attempt().stageReference().equals(Optional.of(reference));
  }

  private synchronized void failed(MailboxInfo mailbox, Throwable e) {
    String what = Sends.threw(mailbox.mailbox().transport(), e);
    if (failing.add(mailbox.id())) {
      LOG.warn(
          "drafts of mailbox {} that nobody needs could not be discarded ({}); it is tried again"
              + " every {}",
          mailbox.id(),
          what,
          EVERY);
    }
  }

  private synchronized void recovered(MailboxInfo mailbox) {
    if (failing.remove(mailbox.id())) {
      LOG.warn("drafts of mailbox {} that nobody needs can be discarded again", mailbox.id());
    }
  }
}
