package dev.sequencer.tck.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * An SMTP server inside the test's JVM that accepts every mail unless told to misbehave: on
 * loopback, on a free port, bounded in everything, without a wait that a latch does not end.
 *
 * <pre>{@code
 * try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
 *   server.next(SmtpMoment.DOT, SmtpAction.accept().then(SmtpAction.drop()));
 *   ... // hand a mail to the transport under test: it must be in doubt
 *   assertThat(server.acceptedCount()).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>{@link #next} queues what happens once, over all connections; {@link #always} holds whenever
 * nothing is queued. Safe for use by several threads. Close it: that ends every session and thread.
 */
public final class ScriptedSmtpServer implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(5);

  /** How long a session that still answers a command is waited for before it counts as busy. */
  private static final Duration BETWEEN_COMMANDS = Duration.ofMillis(500);

  private final ServerSocket listener;
  private final SmtpSettings settings;
  private final MailSink sink;
  private final SmtpScript script = new SmtpScript();
  private final SmtpRecord record;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<SmtpConversation, Thread> sessions = new ConcurrentHashMap<>();
  private final Thread acceptor;

  private ScriptedSmtpServer(ServerSocket listener, Builder builder) {
    this.listener = listener;
    this.settings = builder.settings();
    this.sink = builder.sink;
    this.record = new SmtpRecord(builder.kept);
    this.acceptor = new Thread(this::acceptAll, "test-smtp-acceptor");
    acceptor.setDaemon(true);
  }

  /** Starts a server in clear, without login, that accepts everything. */
  public static ScriptedSmtpServer start() {
    return builder().start();
  }

  /** Gives a builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Gives the port. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Gives the host to connect to: the name that its certificate has. */
  public String host() {
    return "localhost";
  }

  /**
   * Gives a context for clients that trusts the server's certificate.
   *
   * @throws IllegalStateException when the server has no TLS
   */
  public SSLContext trust() {
    return settings
        .certificate()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "this server has no certificate: build it with startTls() or implicitTls()"))
        .client();
  }

  /** Queues what happens at that moment, once each, in order, on whatever connection comes. */
  public void next(SmtpMoment moment, SmtpAction... actions) {
    for (SmtpAction action : actions) {
      script.next(moment, action);
    }
  }

  /** Sets what happens at that moment whenever nothing is queued. */
  public void always(SmtpMoment moment, SmtpAction action) {
    script.always(moment, line -> action);
  }

  /** Sets what happens at that moment by the client's line, whenever nothing is queued. */
  public void always(SmtpMoment moment, Function<String, SmtpAction> rule) {
    script.always(moment, rule);
  }

  /** Queues a fault in the middle of the next body, after so many of its bytes were read. */
  public void cutNextBody(int afterBytes, SmtpAction action) {
    script.cutBody(new SmtpScript.BodyCut(afterBytes, action));
  }

  /** Forgets the script: accepts everything again. */
  public void behave() {
    script.clear();
  }

  /** Closes the connections that wait for a command, without a word. */
  public void closeIdleConnections() {
    endIdle(Optional.empty());
  }

  /** Says something, such as 421, on the connections that wait for a command, and closes them. */
  public void closeIdleConnections(SmtpAction farewell) {
    endIdle(Optional.of(farewell));
  }

  private void endIdle(Optional<SmtpAction> farewell) {
    for (SmtpConversation session : sessions.keySet()) {
      try {
        record.await(session::isIdle, BETWEEN_COMMANDS);
        session.endIfIdle(farewell);
      } catch (IOException alreadyGone) {
        session.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Gives the mails that the server has, in the order of acceptance. */
  public List<AcceptedMail> accepted() {
    return record.mails();
  }

  /** Gives how many mails the server has taken. */
  public int acceptedCount() {
    return record.acceptedCount();
  }

  /** Gives every command of every connection, in the order of arrival. */
  public List<SmtpCommand> commands() {
    return record.commands();
  }

  /** Gives every login that was tried and could be read. */
  public List<SmtpLogin> logins() {
    return record.logins();
  }

  /** Gives how many connections were made. */
  public int connectionCount() {
    return record.openedCount();
  }

  /** Gives how many connections are open now. */
  public int openConnections() {
    return record.openCount();
  }

  /** Waits until the server has taken so many mails; false when it took too long. */
  public boolean awaitAccepted(int count, Duration timeout) throws InterruptedException {
    return record.await(() -> record.acceptedCount() >= count, timeout);
  }

  /** Waits until so many commands of that kind have come; false when it took too long. */
  public boolean awaitCommands(SmtpMoment moment, int count, Duration timeout)
      throws InterruptedException {
    return record.await(() -> record.commandCount(moment) >= count, timeout);
  }

  /** Waits until so many connections were made; false when it took too long. */
  public boolean awaitConnections(int count, Duration timeout) throws InterruptedException {
    return record.await(() -> record.openedCount() >= count, timeout);
  }

  /** Waits until no connection is open; false when it took too long. */
  public boolean awaitNoConnections(Duration timeout) throws InterruptedException {
    return record.await(() -> record.openCount() == 0, timeout);
  }

  private void acceptAll() {
    while (closed.getCount() > 0) {
      try {
        serve(listener.accept());
      } catch (IOException e) {
        if (listener.isClosed()) {
          return;
        }
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    if (sessions.size() >= SmtpSettings.MOST_CONNECTIONS) {
      socket.close();
      return;
    }
    SmtpWire wire = new SmtpWire(socket);
    int number = record.connectionOpened();
    SmtpConversation session =
        new SmtpConversation(number, wire, settings, script, record, sink, closed);
    Thread thread =
        new Thread(
            () -> {
              try {
                session.run();
              } finally {
                sessions.remove(session);
              }
            },
            "test-smtp-" + number);
    thread.setDaemon(true);
    sessions.put(session, thread);
    thread.start();
    if (closed.getCount() == 0) {
      session.close();
    }
  }

  /** Ends every session and waits for the threads. */
  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
    } catch (IOException ignored) {
      // it is closed either way
    }
    List<Thread> threads = new ArrayList<>(sessions.values());
    threads.forEach(Thread::interrupt);
    Set.copyOf(sessions.keySet()).forEach(SmtpConversation::close);
    threads.add(acceptor);
    try {
      for (Thread thread : threads) {
        thread.join(CLOSING.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says what the server offers. Not thread-safe. */
  public static final class Builder {
    private final List<String> extensions = new ArrayList<>();
    private List<String> mechanisms = List.of();
    private final Map<String, String> users = new LinkedHashMap<>();
    private boolean requiresLogin;
    private Optional<String> xoauth2Refusal = Optional.empty();
    private boolean startTls;
    private boolean implicitTls;
    private Optional<String> certificateHost = Optional.empty();
    private int mailsPerConnection = Integer.MAX_VALUE;
    private int longestLine = SmtpSettings.LONGEST_AUTH_LINE;
    private int kept = 100_000;
    private int port;
    private MailSink sink = mail -> {};

    private Builder() {}

    /**
     * Offers an extension line in the reply to EHLO, such as {@code SIZE 1000} or {@code SMTPUTF8}.
     */
    public Builder extension(String line) {
      extensions.add(line);
      return this;
    }

    /** Offers AUTH with these mechanisms; any login is accepted until {@link #user} names one. */
    public Builder auth(String... offered) {
      mechanisms = List.of(offered);
      return this;
    }

    /** Accepts this login, and no other that was not named. */
    public Builder user(String name, String secret) {
      users.put(name, secret);
      return this;
    }

    /** Refuses MAIL before a login (530). */
    public Builder requiresLogin() {
      requiresLogin = true;
      return this;
    }

    /** Refuses a token by a 334 challenge with this JSON, then 535, as Gmail does. */
    public Builder xoauth2Refusal(String json) {
      xoauth2Refusal = Optional.of(json);
      return this;
    }

    /** Offers STARTTLS with a fresh certificate for {@code localhost}. */
    public Builder startTls() {
      startTls = true;
      return this;
    }

    /** Speaks TLS from the first byte, with a fresh certificate for {@code localhost}. */
    public Builder implicitTls() {
      implicitTls = true;
      return this;
    }

    /** Shows a certificate for another host name than {@code localhost}. */
    public Builder certificateFor(String host) {
      certificateHost = Optional.of(host);
      return this;
    }

    /** Closes a connection after so many mails. */
    public Builder mailsPerConnection(int most) {
      mailsPerConnection = most;
      return this;
    }

    /** Answers 555 to a command line longer than this and closes, as Gmail does. */
    public Builder longestLine(int characters) {
      longestLine = characters;
      return this;
    }

    /** Listens on this port instead of a free one. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** Hands each mail to the sink before the reply. */
    public Builder sink(MailSink mailSink) {
      sink = mailSink;
      return this;
    }

    /** Keeps only so many mails, commands and logins in memory. */
    public Builder keepingAtMost(int most) {
      kept = most;
      return this;
    }

    /** Starts the server. */
    public ScriptedSmtpServer start() {
      try {
        ServerSocket listener = new ServerSocket(port, 128, InetAddress.getLoopbackAddress());
        ScriptedSmtpServer server = new ScriptedSmtpServer(listener, this);
        server.acceptor.start();
        return server;
      } catch (IOException e) {
        throw new IllegalStateException(
            "a test server must listen on loopback port " + port + ", but cannot: " + e, e);
      }
    }

    private SmtpSettings settings() {
      Optional<SelfSignedCertificate> certificate =
          startTls || implicitTls
              ? Optional.of(SelfSignedCertificate.forHost(certificateHost.orElse("localhost")))
              : Optional.empty();
      return new SmtpSettings(
          extensions,
          mechanisms,
          users,
          requiresLogin,
          xoauth2Refusal,
          startTls,
          implicitTls,
          certificate,
          mailsPerConnection,
          longestLine);
    }
  }
}
