package dev.sequencer.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** The demo's server for tests of other packages; tells when it has some mails. */
public final class RecordingServer implements AutoCloseable {
  private final CountDownLatch awaited;
  private final Mailroom mailroom;
  private final DemoServer server;

  private RecordingServer(Path folder, int awaitedMails) {
    awaited = new CountDownLatch(awaitedMails);
    FolderMailroom files = new FolderMailroom(folder, InstantSource.system());
    mailroom =
        new Mailroom() {
          @Override
          public void keep(byte[] bytes, String recipient) throws IOException {
            files.keep(bytes, recipient);
            awaited.countDown();
          }

          @Override
          public List<ArrivedMail> arrived() {
            return files.arrived();
          }
        };
    server = DemoServer.start(mailroom, Set.of());
  }

  public static RecordingServer start(Path folder, int awaitedMails) {
    return new RecordingServer(folder, awaitedMails);
  }

  public int port() {
    return server.port();
  }

  public CountDownLatch awaited() {
    return awaited;
  }

  public List<String> recipients() {
    return mailroom.arrived().stream().map(ArrivedMail::recipient).sorted().toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
