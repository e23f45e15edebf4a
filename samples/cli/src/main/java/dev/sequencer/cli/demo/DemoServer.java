package dev.sequencer.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * An SMTP server on a free port of the loopback interface, in clear. It knows nothing of the
 * engine: what it gives to its mailroom is what really arrived.
 */
final class DemoServer implements AutoCloseable {
  private final Mailroom mailroom;
  private final Set<String> unknown;
  private final SMTPServer server;

  /**
   * Starts a server.
   *
   * @param mailroom where the mails go, before their 250
   * @param unknown the addresses that it refuses with 550 5.1.1
   */
  static DemoServer start(Mailroom mailroom, Set<String> unknown) {
    DemoServer server = new DemoServer(mailroom, unknown);
    server.server.start();
    return server;
  }

  private DemoServer(Mailroom mailroom, Set<String> unknown) {
    this.mailroom = mailroom;
    this.unknown = Set.copyOf(unknown);
    server =
        SMTPServer.port(0)
            .bindAddress(InetAddress.getLoopbackAddress())
            .hostName("demo.invalid")
            .softwareName("demo")
            .hideTLS()
            .insertReceivedHeaders(false)
            .messageHandlerFactory(context -> new Transaction())
            .build();
  }

  int port() {
    return server.getPortAllocated();
  }

  @Override
  public void close() {
    server.stop();
  }

  /** One mail's way through the server. */
  private final class Transaction implements MessageHandler {
    private final List<String> recipients = new ArrayList<>();

    @Override
    public void from(String address) {
      recipients.clear();
    }

    @Override
    public void recipient(String address) throws RejectException {
      if (unknown.contains(address.toLowerCase(Locale.ROOT))) {
        throw new RejectException(550, "5.1.1 no such mailbox here");
      }
      recipients.add(address);
    }

    @Override
    public String data(InputStream body) throws IOException {
      byte[] bytes = body.readAllBytes();
      for (String recipient : recipients) {
        mailroom.keep(bytes, recipient);
      }
      return "kept";
    }

    @Override
    public void done() {
      recipients.clear();
    }
  }
}
