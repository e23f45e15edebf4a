package dev.sequencer.tck.smtp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/**
 * What {@link ScriptedSmtpServer} does at one moment: a reply, a fault, or several in a row ({@link
 * #then}). Immutable.
 *
 * <p>At {@link SmtpMoment#DOT} a mail counts as accepted when the action says {@link #accept()}, or
 * when its reply is 2xx. So {@code accept().then(drop())} is the server that has the mail and never
 * says so.
 */
public final class SmtpAction {
  /** One thing that the server does. */
  sealed interface Step {
    /** Records the mail as accepted. */
    record Accept() implements Step {}

    /** Sends bytes as they are. */
    record Write(String bytes) implements Step {}

    /** Sends a line again and again, with a pause before each. */
    record Dribble(String line, Duration gap, int times) implements Step {}

    /** Waits until the latch opens or the server closes. */
    record Await(CountDownLatch latch) implements Step {}

    /** Says nothing until the client or the server closes. */
    record Hang() implements Step {}

    /** Closes the connection in order (FIN). */
    record Drop() implements Step {}

    /** Resets the connection (RST). */
    record Reset() implements Step {}

    /** Does what the server does without a script. */
    record Standard() implements Step {}
  }

  private final List<Step> steps;
  private final int code;

  private SmtpAction(List<Step> steps, int code) {
    this.steps = List.copyOf(steps);
    this.code = code;
  }

  /** Does what the server does without a script: accepts. */
  public static SmtpAction standard() {
    return new SmtpAction(List.of(new Step.Standard()), 0);
  }

  /**
   * Replies with a code and one line of text, or several for a multi-line reply.
   *
   * @throws IllegalArgumentException when the code is not between 200 and 599
   */
  public static SmtpAction reply(int code, String... lines) {
    if (code < 200 || code > 599) {
      throw new IllegalArgumentException(
          "a reply code must be between 200 and 599, but is " + code + ": use raw() for garbage");
    }
    List<String> texts = lines.length == 0 ? List.of("ok") : List.of(lines);
    StringBuilder reply = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      char separator = i == texts.size() - 1 ? ' ' : '-';
      reply.append(code).append(separator).append(texts.get(i)).append("\r\n");
    }
    return new SmtpAction(List.of(new Step.Write(reply.toString())), code);
  }

  /** Sends these characters, each as one byte (ISO 8859-1), as they are: garbage, half a reply. */
  public static SmtpAction raw(String bytes) {
    return new SmtpAction(List.of(new Step.Write(bytes)), 0);
  }

  /** Records the mail as accepted and says nothing yet; for {@link SmtpMoment#DOT}. */
  public static SmtpAction accept() {
    return new SmtpAction(List.of(new Step.Accept()), 0);
  }

  /** Closes the connection without a reply. */
  public static SmtpAction drop() {
    return new SmtpAction(List.of(new Step.Drop()), 0);
  }

  /** Resets the connection (RST) without a reply. */
  public static SmtpAction reset() {
    return new SmtpAction(List.of(new Step.Reset()), 0);
  }

  /** Says nothing until the client or the server closes. */
  public static SmtpAction hang() {
    return new SmtpAction(List.of(new Step.Hang()), 0);
  }

  /**
   * Sends the line {@code code-text} so many times with a pause before each, and never the last
   * line of the reply: the client that restarts its clock at every byte waits for all of it.
   */
  public static SmtpAction dribble(int code, Duration gap, int times) {
    return new SmtpAction(List.of(new Step.Dribble(code + "-wait\r\n", gap, times)), 0);
  }

  /** Waits until the latch opens, then does what follows. */
  public static SmtpAction after(CountDownLatch latch) {
    return new SmtpAction(List.of(new Step.Await(Objects.requireNonNull(latch, "latch"))), 0);
  }

  /** Does this, then the other. */
  public SmtpAction then(SmtpAction next) {
    List<Step> all = new ArrayList<>(steps);
    all.addAll(next.steps);
    return new SmtpAction(all, next.code == 0 ? code : next.code);
  }

  List<Step> steps() {
    return steps;
  }

  boolean isStandard() {
    return steps.equals(List.of(new Step.Standard()));
  }

  /** Gives the same action, which records the mail first when its reply is 2xx. */
  SmtpAction acceptingOnSuccess() {
    boolean silent = code / 100 != 2 || steps.contains(new Step.Accept());
    return silent ? this : accept().then(this);
  }

  /** Gives the code of the last reply; 0 when there is none. */
  int code() {
    return code;
  }

  @Override
  public String toString() {
    return "SmtpAction" + steps;
  }
}
