package dev.sequencer.tck.smtp;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does an action on one connection. */
final class SmtpPerformer {
  /** Records a mail as accepted; may fail to store it. */
  @FunctionalInterface
  interface Acceptance {
    void accept() throws IOException;
  }

  /** The connection is over. */
  static final int CLOSED = -1;

  private final SmtpWire wire;
  private final CountDownLatch serverClosed;

  SmtpPerformer(SmtpWire wire, CountDownLatch serverClosed) {
    this.wire = wire;
    this.serverClosed = serverClosed;
  }

  /**
   * Does the steps in order and gives the code of the last reply, or {@link #CLOSED}.
   *
   * @param standard what "as without a script" is at this moment
   */
  int perform(SmtpAction action, SmtpAction standard, Acceptance acceptance)
      throws IOException, InterruptedException {
    int code = action.code();
    for (SmtpAction.Step step : action.steps()) {
      if (step instanceof SmtpAction.Step.Standard) {
        code = perform(standard, standard, acceptance);
      } else if (!one(step, acceptance)) {
        return CLOSED;
      }
      if (code == CLOSED) {
        return CLOSED;
      }
    }
    return code;
  }

  private boolean one(SmtpAction.Step step, Acceptance acceptance)
      throws IOException, InterruptedException {
    if (step instanceof SmtpAction.Step.Accept) {
      acceptance.accept();
    } else if (step instanceof SmtpAction.Step.Write write) {
      wire.write(write.bytes());
    } else if (step instanceof SmtpAction.Step.Dribble dribble) {
      dribble(dribble);
    } else if (step instanceof SmtpAction.Step.Await await) {
      await(await.latch());
    } else {
      end(step);
      return false;
    }
    return true;
  }

  private void end(SmtpAction.Step step) throws IOException {
    if (step instanceof SmtpAction.Step.Hang) {
      wire.drain();
      wire.close();
    } else if (step instanceof SmtpAction.Step.Reset) {
      wire.reset();
    } else {
      wire.close();
    }
  }

  private void dribble(SmtpAction.Step.Dribble dribble) throws IOException, InterruptedException {
    for (int i = 0; i < dribble.times(); i++) {
      if (serverClosed.await(dribble.gap().toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
      wire.write(dribble.line());
    }
  }

  /** Waits for a latch; the server's close interrupts it. */
  private static void await(CountDownLatch latch) throws InterruptedException {
    latch.await();
  }
}
