package dev.sequencer.smtp;

import static dev.sequencer.tck.smtp.SmtpAction.accept;
import static dev.sequencer.tck.smtp.SmtpAction.dribble;
import static dev.sequencer.tck.smtp.SmtpAction.drop;
import static dev.sequencer.tck.smtp.SmtpAction.hang;
import static dev.sequencer.tck.smtp.SmtpAction.raw;
import static dev.sequencer.tck.smtp.SmtpAction.reply;
import static dev.sequencer.tck.smtp.SmtpAction.reset;

import dev.sequencer.spi.SendResult.Kind;
import dev.sequencer.spi.SendResult.Outcome;
import dev.sequencer.tck.smtp.ScriptedSmtpServer;
import dev.sequencer.tck.smtp.SmtpAction;
import dev.sequencer.tck.smtp.SmtpMoment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Every point at which a server can fail a mail, with what the transport must say. Each refusal,
 * cut and nonsense comes at each moment of a session.
 *
 * @param name what the server does
 * @param arm makes it do so for the next mail
 * @param slow whether a wait has to run out
 * @param outcomes what the transport may say
 * @param kind the kind of mailbox trouble, if it must be that
 * @param accepted how many mails the server has afterwards
 */
record SmtpFaults(
    String name,
    Consumer<ScriptedSmtpServer> arm,
    boolean slow,
    Set<Outcome> outcomes,
    Optional<Kind> kind,
    int accepted) {
  private static final Set<Outcome> IN_DOUBT = EnumSet.of(Outcome.IN_DOUBT);

  /** All of them. */
  static List<SmtpFaults> all() {
    List<SmtpFaults> faults = new ArrayList<>();
    beforeLoginOrMail(faults);
    refusals(faults);
    breaksBeforeTheDot(faults);
    bodies(faults);
    afterTheDot(faults);
    return faults;
  }

  private static void beforeLoginOrMail(List<SmtpFaults> faults) {
    for (int code : List.of(421, 450)) {
      faults.add(
          trouble("greeting " + code, SmtpMoment.GREETING, reply(code, "busy"), Kind.THROTTLED));
    }
    faults.add(trouble("greeting 554", SmtpMoment.GREETING, reply(554, "no"), Kind.POLICY));
    faults.add(
        trouble("EHLO 421", SmtpMoment.EHLO, reply(421, "4.3.2 bye"), Kind.THROTTLED)
            .withHello(reply(421, "4.3.2 bye")));
    faults.add(
        trouble("EHLO 550", SmtpMoment.EHLO, reply(550, "no"), Kind.POLICY)
            .withHello(reply(550, "no")));
    for (SmtpMoment moment : List.of(SmtpMoment.GREETING, SmtpMoment.EHLO)) {
      for (Map.Entry<String, SmtpAction> one : breaks().entrySet()) {
        faults.add(
            new SmtpFaults(
                one.getKey() + " at " + moment,
                server -> server.next(moment, one.getValue()),
                isSlow(one.getKey()),
                EnumSet.of(Outcome.NOT_HANDED_OVER),
                Optional.empty(),
                0));
      }
    }
  }

  private static void refusals(List<SmtpFaults> faults) {
    faults.add(said("MAIL 451", SmtpMoment.MAIL, reply(451, "4.3.0 later"), Outcome.DEFERRED));
    faults.add(
        trouble("MAIL 421", SmtpMoment.MAIL, reply(421, "bye").then(drop()), Kind.THROTTLED));
    faults.add(trouble("MAIL 550", SmtpMoment.MAIL, reply(550, "5.7.1 no"), Kind.POLICY));
    faults.add(
        trouble("MAIL 550 5.4.5", SmtpMoment.MAIL, reply(550, "5.4.5 quota"), Kind.DAILY_LIMIT));
    faults.add(said("MAIL 552", SmtpMoment.MAIL, reply(552, "big"), Outcome.REFUSED_MESSAGE));
    for (int code : List.of(450, 451, 452, 471, 552)) {
      faults.add(said("RCPT " + code, SmtpMoment.RCPT, reply(code, "x"), Outcome.DEFERRED));
    }
    for (int code : List.of(500, 501, 503, 550, 551, 553, 554)) {
      faults.add(said("RCPT " + code, SmtpMoment.RCPT, reply(code, "x"), Outcome.REFUSED_MESSAGE));
    }
    faults.add(
        said("RCPT 550 5.1.1", SmtpMoment.RCPT, reply(550, "5.1.1 x"), Outcome.REFUSED_RECIPIENT));
    faults.add(
        trouble("RCPT 421", SmtpMoment.RCPT, reply(421, "bye").then(drop()), Kind.THROTTLED));
    faults.add(said("DATA 451", SmtpMoment.DATA, reply(451, "x"), Outcome.DEFERRED));
    faults.add(said("DATA 554", SmtpMoment.DATA, reply(554, "x"), Outcome.REFUSED_MESSAGE));
    faults.add(said("DATA 250", SmtpMoment.DATA, reply(250, "what?"), Outcome.DEFERRED));
    faults.add(said("dot 451", SmtpMoment.DOT, reply(451, "x"), Outcome.DEFERRED));
    faults.add(said("dot 552", SmtpMoment.DOT, reply(552, "x"), Outcome.REFUSED_MESSAGE));
    faults.add(said("dot 554", SmtpMoment.DOT, reply(554, "x"), Outcome.REFUSED_MESSAGE));
    faults.add(trouble("dot 554 5.7.1", SmtpMoment.DOT, reply(554, "5.7.1 x"), Kind.POLICY));
    faults.add(
        trouble("dot 421 and close", SmtpMoment.DOT, reply(421, "x").then(drop()), Kind.THROTTLED));
  }

  private static void breaksBeforeTheDot(List<SmtpFaults> faults) {
    for (SmtpMoment moment : List.of(SmtpMoment.MAIL, SmtpMoment.RCPT, SmtpMoment.DATA)) {
      Outcome outcome = moment == SmtpMoment.MAIL ? Outcome.NOT_HANDED_OVER : Outcome.DEFERRED;
      for (Map.Entry<String, SmtpAction> one : breaks().entrySet()) {
        faults.add(
            new SmtpFaults(
                one.getKey() + " at " + moment,
                server -> server.next(moment, one.getValue()),
                isSlow(one.getKey()),
                // on a busy machine the short wait may run out at an earlier reply
                isSlow(one.getKey())
                    ? EnumSet.of(Outcome.NOT_HANDED_OVER, outcome)
                    : EnumSet.of(outcome),
                Optional.empty(),
                0));
      }
    }
  }

  private static void bodies(List<SmtpFaults> faults) {
    // a small body may be on its way with the dot behind it when the cut is noticed
    for (int bytes : List.of(0, 40)) {
      for (SmtpAction action : List.of(drop(), reset(), reply(421, "4.4.2 slow").then(drop()))) {
        faults.add(
            new SmtpFaults(
                "body cut after " + bytes + " bytes, " + action,
                server -> server.cutNextBody(bytes, action),
                false,
                EnumSet.of(Outcome.DEFERRED, Outcome.IN_DOUBT, Outcome.MAILBOX_TROUBLE),
                Optional.empty(),
                0));
      }
    }
  }

  private static void afterTheDot(List<SmtpFaults> faults) {
    for (Map.Entry<String, SmtpAction> one : breaks().entrySet()) {
      for (boolean hasIt : new boolean[] {true, false}) {
        SmtpAction action = hasIt ? accept().then(one.getValue()) : one.getValue();
        faults.add(
            new SmtpFaults(
                one.getKey() + " after the dot" + (hasIt ? ", mail taken" : ""),
                server -> server.next(SmtpMoment.DOT, action),
                isSlow(one.getKey()),
                IN_DOUBT,
                Optional.empty(),
                hasIt ? 1 : 0));
      }
    }
    faults.add(
        new SmtpFaults(
            "a reply of another kind after the dot, mail taken",
            server -> server.next(SmtpMoment.DOT, accept().then(reply(354, "go on"))),
            false,
            IN_DOUBT,
            Optional.empty(),
            1));
    faults.add(
        new SmtpFaults(
            "250 after the dot, then the connection is reset",
            server -> server.next(SmtpMoment.DOT, reply(250, "ok").then(drop())),
            false,
            EnumSet.of(Outcome.SENT),
            Optional.empty(),
            1));
    faults.add(
        new SmtpFaults(
            "251 after the dot",
            server -> server.next(SmtpMoment.DOT, reply(251, "ok")),
            false,
            EnumSet.of(Outcome.SENT),
            Optional.empty(),
            1));
  }

  /** What can happen at any moment instead of a reply. */
  private static Map<String, SmtpAction> breaks() {
    Map<String, SmtpAction> breaks = new LinkedHashMap<>();
    breaks.put("drop", drop());
    breaks.put("reset", reset());
    breaks.put("garbage", raw("what? no!\r\n").then(drop()));
    breaks.put("a code that is none", raw("999 hi\r\n").then(drop()));
    breaks.put("a signed code", raw("+50 hi\r\n").then(drop()));
    breaks.put("half a reply", raw("250-first line\r\n").then(drop()));
    breaks.put("an endless reply", raw("250-" + "x".repeat(2_000_000)).then(drop()));
    breaks.put("hang", hang());
    breaks.put("dribble", dribble(250, Duration.ofMillis(10), 500).then(drop()));
    return breaks;
  }

  private static boolean isSlow(String name) {
    return name.equals("hang") || name.equals("dribble");
  }

  private static SmtpFaults said(
      String name, SmtpMoment moment, SmtpAction action, Outcome outcome) {
    return new SmtpFaults(
        name,
        server -> server.next(moment, action),
        false,
        EnumSet.of(outcome),
        Optional.empty(),
        0);
  }

  private static SmtpFaults trouble(String name, SmtpMoment moment, SmtpAction action, Kind kind) {
    return new SmtpFaults(
        name,
        server -> server.next(moment, action),
        false,
        EnumSet.of(Outcome.MAILBOX_TROUBLE),
        Optional.of(kind),
        0);
  }

  /** A client whose EHLO was refused says HELO: that is refused as well. */
  private SmtpFaults withHello(SmtpAction action) {
    return new SmtpFaults(
        name,
        server -> {
          arm.accept(server);
          server.next(SmtpMoment.HELO, action);
        },
        slow,
        outcomes,
        kind,
        accepted);
  }
}
