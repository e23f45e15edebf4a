package dev.sequencer.internal.dispatch;

import dev.sequencer.internal.catalog.MailboxInfo;
import dev.sequencer.spi.Found;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.Receipt;
import dev.sequencer.spi.SendKey;
import dev.sequencer.spi.SendResult;
import dev.sequencer.spi.Sender;
import dev.sequencer.spi.StagedTransport;
import dev.sequencer.spi.store.Work;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Calls transports, on a worker's thread. Whatever they throw becomes a result: in doubt when the
 * permit had been given, not handed over when it had not.
 */
final class Sends {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sequencer");

  private final Mails mails;

  Sends(Mails mails) {
    this.mails = mails;
  }

  /** The answer of {@link #ready}. */
  record Readiness(Optional<SendResult> hindrance, Prepared mail) {}

  /** Connects, and stages where the transport does that. */
  Readiness ready(Prepared mail, boolean connect) {
    return inContext(
        mail.work(),
        mail.item(),
        () -> {
          try {
            Sender sender = mail.mail().sender();
            Optional<SendResult> trouble =
                connect ? mail.transport().connect(sender) : Optional.empty();
            if (trouble.isPresent()
                || !(mail.transport() instanceof StagedTransport staged)
                || mail.mail().stageReference().isPresent()) {
              return new Readiness(trouble, mail);
            }
            StagedTransport.Staged answer = staged.stage(mail.mail());
            return answer instanceof StagedTransport.Staged.Ready ready
                ? new Readiness(Optional.empty(), mail.mail(mail.mail().staged(ready.reference())))
                : new Readiness(
                    Optional.of(((StagedTransport.Staged.Failed) answer).result()), mail);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Readiness(Optional.of(SendResult.notHandedOver("interrupted")), mail);
          } catch (RuntimeException | Error e) {
            return new Readiness(
                Optional.of(SendResult.notHandedOver(threw(mail.transport(), e))), mail);
          }
        });
  }

  /** Hands a mail over; asks the transport at once when that left it in doubt. */
  SendResult send(Prepared prepared, OutgoingMail mail, TimedPermit permit) {
    return inContext(
        prepared.work(),
        prepared.item(),
        () -> {
          SendResult result = handOver(prepared.transport(), mail, permit);
          return result.outcome() == SendResult.Outcome.IN_DOUBT
              ? decided(find(prepared.transport(), mail.sender(), mail.key()), result)
              : result;
        });
  }

  private static SendResult handOver(
      MailTransport transport, OutgoingMail mail, TimedPermit permit) {
    try {
      SendResult result = transport.send(mail, permit);
      if (result.outcome() == SendResult.Outcome.SENT && permit.given().isEmpty()) {
        LOG.warn(
            "transport {} sent without asking its permit; it may send outside the rules: check it"
                + " with the transport contract",
            transport.getClass().getName());
      }
      return result;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unknown(permit, "interrupted");
    } catch (RuntimeException | Error e) {
      return unknown(permit, threw(transport, e));
    }
  }

  private static SendResult unknown(TimedPermit permit, String why) {
    return permit.given().isPresent() ? SendResult.inDoubt(why) : SendResult.notHandedOver(why);
  }

  /**
   * Notes what a transport threw. An error of the machine, such as no memory, is noted loudly; it
   * ends neither the worker nor the mailbox (KERNEL K9).
   */
  private static String threw(MailTransport transport, Throwable what) {
    return threw(transport.getClass().getName(), what);
  }

  /** Notes the same for what a transport of that name threw. */
  static String threw(String transport, Throwable what) {
    boolean ofMachine =
        what instanceof Error
            && !(what instanceof LinkageError)
            && !(what instanceof StackOverflowError);
    if (ofMachine) {
      LOG.error("the machine failed in transport {}", transport, what);
    } else {
      LOG.debug("transport {} threw", transport, what);
    }
    return "transport " + transport + " threw " + what.getClass().getName();
  }

  /** Asks a transport about an attempt that nobody knows the outcome of. */
  SendResult find(
      Optional<MailTransport> transport, MailboxInfo mailbox, Flight flight, SendKey key) {
    SendResult doubt = SendResult.inDoubt("no outcome came by its deadline");
    return inContext(
        flight.row(),
        flight.item(),
        () ->
            transport.map(t -> decided(find(t, mails.sender(mailbox), key), doubt)).orElse(doubt));
  }

  private static Found find(MailTransport transport, Sender sender, SendKey key) {
    try {
      return transport.find(sender, key);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Found.CANNOT_TELL;
    } catch (RuntimeException | Error e) {
      threw(transport, e);
      return Found.CANNOT_TELL;
    }
  }

  private static SendResult decided(Found found, SendResult doubt) {
    return switch (found.verdict()) {
      case SENT -> SendResult.sent(found.receipt().orElse(Receipt.PLAIN));
      case NOT_SENT -> SendResult.notHandedOver("the transport says it was not sent");
      case CANNOT_TELL -> doubt;
    };
  }

  /** Removes a staged mail that will not be sent; trying is enough. */
  void discard(MailTransport transport, Sender sender, String reference) {
    if (transport instanceof StagedTransport staged) {
      try {
        staged.discard(sender, reference);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException | Error e) {
        threw(transport, e);
      }
    }
  }

  private static <T> T inContext(Work row, Item item, Supplier<T> code) {
    MDC.put("sequencer.tenant", row.origin().tenant());
    MDC.put("sequencer.enrollment", Long.toString(row.enrollment()));
    MDC.put("sequencer.step", item.email().key());
    MDC.put("sequencer.attempt", Integer.toString(row.attempt().number()));
    try {
      return code.get();
    } finally {
      MDC.remove("sequencer.tenant");
      MDC.remove("sequencer.enrollment");
      MDC.remove("sequencer.step");
      MDC.remove("sequencer.attempt");
    }
  }
}
