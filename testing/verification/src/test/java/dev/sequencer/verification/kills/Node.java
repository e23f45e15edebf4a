package dev.sequencer.verification.kills;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sequencer.Mailbox;
import dev.sequencer.Sequence;
import dev.sequencer.Sequencer;
import dev.sequencer.SequencerEvent.MailSent;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.smtp.SmtpTransport;
import dev.sequencer.spi.Template;
import dev.sequencer.spi.TemplateSource;
import dev.sequencer.spi.store.Store;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A host as a process of its own, made to be killed. It says {@code sent;} for each mail that it
 * knows to be sent, and stops when its standard input is closed.
 */
public final class Node {
  static final String SENT = "sent;";
  static final int WORKERS = 8;
  static final String SEQUENCE = "hello";

  private static final int MAILBOXES = 4;

  private Node() {}

  /** Starts one. */
  static Process start(String store, int port, String name) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            Node.class.getName(),
            store,
            Integer.toString(port),
            name);
    return builder.directory(new File(".")).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    try (Sequencer engine =
        describe(store(arguments[0]), Integer.parseInt(arguments[1]))
            .node(arguments[2])
            .withoutOutcomeLog()
            .listener(
                event -> {
                  if (event instanceof MailSent) {
                    out.println(SENT);
                  }
                })
            .build()) {
      engine.start();
      end(System.in);
    }
  }

  private static void end(InputStream in) throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  /** Describes the engine of every node, with times so short that a test sees them end. */
  static Sequencer.Builder describe(Store store, int port) {
    Sequence.Builder sequence = Sequence.named(SEQUENCE);
    sequence.email("hello", mail -> mail.template("hello"));
    Sequencer.Builder builder =
        Sequencer.builder()
            .store(store)
            .transport(
                "smtp",
                SmtpTransport.to("127.0.0.1", port)
                    .plaintext()
                    .handOver(Duration.ofSeconds(2))
                    .answer(Duration.ofSeconds(3)))
            .templates(
                TemplateSource.of(Map.of("hello", Template.of("Hello", "For {{contact.email}}"))))
            .defaultZone("UTC")
            .workers(WORKERS)
            .timing(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1));
    for (int i = 0; i < MAILBOXES; i++) {
      String address = "m" + i + "@sender.example";
      builder.mailbox(Mailbox.of(address).via("smtp"));
      sequence.pool(address);
    }
    return builder.sequence(sequence.build());
  }

  /** Gives the store of a JDBC address of PostgreSQL, or of a file of SQLite. */
  static Store store(String named) {
    if (!named.startsWith("jdbc:postgresql:")) {
      return JdbcStore.sqlite(Path.of(named));
    }
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(named);
    pool.setUsername("postgres");
    pool.setMaximumPoolSize(3);
    return JdbcStore.postgres(new HikariDataSource(pool));
  }
}
