package dev.sequencer.tck.smtp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** One session with one client (RFC 5321), by the script where it says something. */
final class SmtpConversation implements Runnable {
  private static final int CLOSED = SmtpPerformer.CLOSED;
  private static final String REFUSED = "5.7.8 username and password not accepted";
  private static final SmtpPerformer.Acceptance NOTHING = () -> {};

  /** The sink could not store a mail. */
  private static final class NotStored extends IOException {
    private static final long serialVersionUID = 1L;

    NotStored(IOException cause) {
      super(cause);
    }
  }

  private final int number;
  private final SmtpWire wire;
  private final SmtpSettings settings;
  private final SmtpScript script;
  private final SmtpRecord record;
  private final MailSink sink;
  private final SmtpPerformer performer;

  private boolean loggedIn;
  private String sender = "";
  private String parameters = "";
  private boolean mailGiven;
  private final List<String> recipients = new ArrayList<>();
  private int mailsTaken;
  private volatile boolean waiting;
  private volatile boolean ended;

  SmtpConversation(
      int number,
      SmtpWire wire,
      SmtpSettings settings,
      SmtpScript script,
      SmtpRecord record,
      MailSink sink,
      CountDownLatch serverClosed) {
    this.number = number;
    this.wire = wire;
    this.settings = settings;
    this.script = script;
    this.record = record;
    this.sink = sink;
    this.performer = new SmtpPerformer(wire, serverClosed);
  }

  @Override
  public void run() {
    try {
      converse();
    } catch (IOException clientLeft) {
      // the end of a session like any other
    } catch (InterruptedException serverCloses) {
      Thread.currentThread().interrupt();
    } finally {
      wire.close();
      ended = true;
      record.connectionClosed();
    }
  }

  /** Ends the session if it waits for a command, after a farewell when there is one. */
  void endIfIdle(Optional<SmtpAction> farewell) throws IOException, InterruptedException {
    if (waiting) {
      if (farewell.isPresent()) {
        performer.perform(farewell.get(), farewell.get(), NOTHING);
      }
      wire.close();
    }
  }

  private void waitForCommand(boolean now) {
    waiting = now;
    record.changed();
  }

  /** Says whether the session waits for a command; true also once it is over. */
  boolean isIdle() {
    return waiting || ended;
  }

  void close() {
    wire.close();
  }

  private void converse() throws IOException, InterruptedException {
    if (settings.implicitTls()) {
      wire.upgrade(settings.certificate().orElseThrow().server());
    }
    int greeting = answer(SmtpMoment.GREETING, "", SmtpAction.reply(220, "localhost ESMTP test"));
    boolean open = greeting != CLOSED;
    while (open) {
      try {
        waitForCommand(true);
        Optional<String> line = wire.readLine(settings.longestLine());
        waitForCommand(false);
        open = line.isPresent() && handle(line.get());
      } catch (SmtpWire.LineTooLong e) {
        wire.write("555-5.5.2 Syntax error, command line too long\r\n555 5.5.2 goodbye - test\r\n");
        open = false;
      }
    }
  }

  private boolean handle(String line) throws IOException, InterruptedException {
    SmtpMoment moment = moment(line);
    record.command(new SmtpCommand(number, moment, line));
    return switch (moment) {
      case EHLO -> answer(moment, line, ehlo()) != CLOSED;
      case HELO -> answer(moment, line, SmtpAction.reply(250, "localhost")) != CLOSED;
      case STARTTLS -> startTls(line);
      case AUTH -> auth(line);
      case MAIL -> mail(line);
      case RCPT -> recipient(line);
      case DATA -> data(line);
      case RSET -> {
        forget();
        yield answer(moment, line, SmtpAction.reply(250, "2.0.0 flushed")) != CLOSED;
      }
      case QUIT -> {
        answer(moment, line, SmtpAction.reply(221, "2.0.0 bye"));
        yield false;
      }
      case NOOP -> answer(moment, line, SmtpAction.reply(250, "2.0.0 ok")) != CLOSED;
      default -> answer(moment, line, SmtpAction.reply(500, "5.5.1 unknown command")) != CLOSED;
    };
  }

  private static SmtpMoment moment(String line) {
    String upper = line.toUpperCase(Locale.ROOT);
    if (upper.startsWith("MAIL FROM:")) {
      return SmtpMoment.MAIL;
    }
    if (upper.startsWith("RCPT TO:")) {
      return SmtpMoment.RCPT;
    }
    return switch (upper.split(" ", 2)[0]) {
      case "EHLO" -> SmtpMoment.EHLO;
      case "HELO" -> SmtpMoment.HELO;
      case "STARTTLS" -> SmtpMoment.STARTTLS;
      case "AUTH" -> SmtpMoment.AUTH;
      case "DATA" -> SmtpMoment.DATA;
      case "RSET" -> SmtpMoment.RSET;
      case "NOOP" -> SmtpMoment.NOOP;
      case "QUIT" -> SmtpMoment.QUIT;
      default -> SmtpMoment.OTHER;
    };
  }

  private int answer(SmtpMoment moment, String line, SmtpAction standard)
      throws IOException, InterruptedException {
    return performer.perform(script.take(moment, line), standard, NOTHING);
  }

  private SmtpAction ehlo() {
    List<String> lines = new ArrayList<>();
    lines.add("localhost greets you");
    lines.addAll(settings.extensions());
    if (settings.startTls() && !wire.isTls()) {
      lines.add("STARTTLS");
    }
    if (!settings.mechanisms().isEmpty()) {
      lines.add("AUTH " + String.join(" ", settings.mechanisms()));
    }
    return SmtpAction.reply(250, lines.toArray(new String[0]));
  }

  private boolean startTls(String line) throws IOException, InterruptedException {
    SmtpAction standard =
        settings.startTls()
            ? SmtpAction.reply(220, "2.0.0 ready to start TLS")
            : SmtpAction.reply(502, "5.5.1 not offered");
    int code = answer(SmtpMoment.STARTTLS, line, standard);
    if (code == 220 && settings.certificate().isPresent()) {
      wire.upgrade(settings.certificate().get().server());
      forget();
    }
    return code != CLOSED;
  }

  private boolean auth(String line) throws IOException, InterruptedException {
    SmtpAction scripted = script.take(SmtpMoment.AUTH, line);
    int code = scripted.isStandard() ? standardAuth(line) : scriptedAuth(scripted);
    loggedIn |= code == 235;
    return code != CLOSED;
  }

  /** A script that challenges by 334 gets an answer, which it refuses unless it says more. */
  private int scriptedAuth(SmtpAction scripted) throws IOException, InterruptedException {
    int code = performer.perform(scripted, SmtpAction.reply(502, "5.5.1 not offered"), NOTHING);
    if (code != 334) {
      return code;
    }
    Optional<String> answer = readAuthAnswer();
    return answer.isEmpty()
        ? CLOSED
        : answer(SmtpMoment.AUTH_ANSWER, answer.get(), SmtpAction.reply(535, REFUSED));
  }

  private int standardAuth(String line) throws IOException, InterruptedException {
    if (!settings.mechanisms().contains(SmtpAuthentication.mechanism(line))) {
      return answerWith(SmtpAction.reply(504, "5.5.4 mechanism not offered"));
    }
    int[] ended = {0};
    Optional<SmtpLogin> login = SmtpAuthentication.read(line, challenge -> ask(challenge, ended));
    if (ended[0] != 0) {
      return ended[0];
    }
    login.ifPresent(record::login);
    if (login.isPresent() && settings.accepts(login.get())) {
      return answerWith(SmtpAction.reply(235, "2.7.0 welcome"));
    }
    boolean token = login.isPresent() && login.get().mechanism().equals("XOAUTH2");
    if (token && settings.xoauth2Refusal().isPresent()) {
      String json = SmtpAuthentication.encode(settings.xoauth2Refusal().get());
      return scriptedAuth(SmtpAction.reply(334, json));
    }
    return answerWith(SmtpAction.reply(535, REFUSED));
  }

  /** Asks by 334; a script for the answer ends the exchange and leaves its code. */
  private Optional<String> ask(String challenge, int[] ended)
      throws IOException, InterruptedException {
    answerWith(SmtpAction.reply(334, SmtpAuthentication.encode(challenge)));
    Optional<String> answer = readAuthAnswer();
    if (answer.isEmpty()) {
      ended[0] = CLOSED;
      return Optional.empty();
    }
    SmtpAction scripted = script.take(SmtpMoment.AUTH_ANSWER, answer.get());
    if (!scripted.isStandard()) {
      ended[0] = performer.perform(scripted, SmtpAction.reply(535, REFUSED), NOTHING);
      return Optional.empty();
    }
    return answer;
  }

  private Optional<String> readAuthAnswer() throws IOException {
    Optional<String> answer = wire.readLine(SmtpSettings.LONGEST_AUTH_LINE);
    answer.ifPresent(text -> record.command(new SmtpCommand(number, SmtpMoment.AUTH_ANSWER, text)));
    return answer;
  }

  private int answerWith(SmtpAction action) throws IOException, InterruptedException {
    return performer.perform(action, action, NOTHING);
  }

  private boolean mail(String line) throws IOException, InterruptedException {
    SmtpAction standard =
        settings.requiresLogin() && !loggedIn
            ? SmtpAction.reply(530, "5.7.0 authentication required")
            : SmtpAction.reply(250, "2.1.0 ok");
    int code = answer(SmtpMoment.MAIL, line, standard);
    if (code / 100 == 2) {
      forget();
      mailGiven = true;
      sender = address(line);
      parameters = line.substring(line.indexOf('>') + 1).strip();
    }
    return code != CLOSED;
  }

  private boolean recipient(String line) throws IOException, InterruptedException {
    SmtpAction standard =
        mailGiven ? SmtpAction.reply(250, "2.1.5 ok") : SmtpAction.reply(503, "5.5.1 MAIL first");
    int code = answer(SmtpMoment.RCPT, line, standard);
    if (code / 100 == 2) {
      recipients.add(address(line));
    }
    return code != CLOSED;
  }

  private boolean data(String line) throws IOException, InterruptedException {
    SmtpAction standard =
        recipients.isEmpty()
            ? SmtpAction.reply(503, "5.5.1 RCPT first")
            : SmtpAction.reply(354, "go ahead");
    int code = answer(SmtpMoment.DATA, line, standard);
    return code == 354 ? body() : code != CLOSED;
  }

  private boolean body() throws IOException, InterruptedException {
    Optional<SmtpScript.BodyCut> cut = script.takeBodyCut();
    SmtpBody body = new SmtpBody();
    SmtpBody.End end = body.read(wire, cut.map(SmtpScript.BodyCut::afterBytes));
    if (end == SmtpBody.End.EOF) {
      return false;
    }
    if (end == SmtpBody.End.CUT) {
      SmtpAction action = cut.orElseThrow().action();
      return performer.perform(action, action, NOTHING) != CLOSED;
    }
    AcceptedMail mail = new AcceptedMail(number, sender, parameters, recipients, body.content());
    forget();
    return dot(mail, body.tooLong()) != CLOSED && mailsTaken < settings.mailsPerConnection();
  }

  private int dot(AcceptedMail mail, boolean tooLong) throws IOException, InterruptedException {
    record.command(new SmtpCommand(number, SmtpMoment.DOT, "."));
    SmtpAction standard =
        tooLong
            ? SmtpAction.reply(552, "5.3.4 message too big")
            : SmtpAction.reply(250, "2.0.0 ok queued as test-" + number + "-" + (mailsTaken + 1));
    SmtpAction action = script.take(SmtpMoment.DOT, ".");
    try {
      return performer.perform(
          action.acceptingOnSuccess(), standard.acceptingOnSuccess(), () -> take(mail));
    } catch (NotStored e) {
      return answerWith(SmtpAction.reply(451, "4.3.0 cannot store"));
    }
  }

  private void take(AcceptedMail mail) throws NotStored {
    try {
      sink.store(mail);
    } catch (IOException e) {
      throw new NotStored(e);
    }
    mailsTaken++;
    record.accepted(mail);
  }

  private void forget() {
    mailGiven = false;
    sender = "";
    parameters = "";
    recipients.clear();
  }

  private static String address(String line) {
    int open = line.indexOf('<');
    int close = line.indexOf('>', open + 1);
    return open < 0 || close < 0 ? "" : line.substring(open + 1, close);
  }
}
