package dev.sequencer.cli.host;

import dev.sequencer.Sequencer;
import dev.sequencer.files.Configuration;
import dev.sequencer.files.StoreSettings;
import dev.sequencer.files.TransportSettings;
import dev.sequencer.jdbc.JdbcStore;
import dev.sequencer.mime.EmlFolderTransport;
import dev.sequencer.smtp.SmtpAuth;
import dev.sequencer.smtp.SmtpTransport;
import dev.sequencer.spi.Credential;
import dev.sequencer.spi.CredentialStore;
import dev.sequencer.spi.MailTransport;
import dev.sequencer.spi.store.Store;
import java.time.InstantSource;
import java.util.Optional;

/** Turns what a configuration names into stores, transports and engines. */
public final class Wiring {
  private Wiring() {}

  /** Describes an engine with everything that the configuration says. */
  public static Sequencer.Builder builder(Configuration configuration, InstantSource clock) {
    Sequencer.Builder builder = Sequencer.builder().clock(clock);
    store(configuration).ifPresent(builder::store);
    configuration
        .transports()
        .forEach((name, settings) -> builder.transport(name, transport(settings)));
    configuration.applyTo(builder);
    return builder;
  }

  /** Gives the store; empty for one in memory, which is the engine's own default. */
  private static Optional<Store> store(Configuration configuration) {
    StoreSettings settings = configuration.store();
    if (settings instanceof StoreSettings.Sqlite sqlite) {
      return Optional.of(JdbcStore.sqlite(sqlite.file()));
    }
    return settings instanceof StoreSettings.Postgres postgres
        ? Optional.of(postgres(postgres, configuration.credentials()))
        : Optional.empty();
  }

  private static Store postgres(StoreSettings.Postgres settings, CredentialStore credentials) {
    Credential.Password login =
        credentials
            .find("", settings.credentials())
            .filter(Credential.Password.class::isInstance)
            .map(Credential.Password.class::cast)
            .filter(found -> !found.user().isEmpty())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the store needs user and password, but there are none under '"
                            + settings.credentials()
                            + "': set the variables SEQUENCER_..._USER and SEQUENCER_..._PASSWORD"));
    return JdbcStore.postgres(settings.url(), login.user(), login.secret())
        .schema(settings.schema())
        .tablePrefix(settings.tablePrefix())
        .migrate(settings.migrate())
        .connections(settings.connections())
        .listen(settings.listen());
  }

  /** Names the store of a configuration in a few words. */
  public static String storeName(StoreSettings settings) {
    if (settings instanceof StoreSettings.Sqlite sqlite) {
      return sqlite.file().toString();
    }
    return settings instanceof StoreSettings.Postgres postgres
        ? postgres.url() + ", schema " + postgres.schema()
        : "in memory";
  }

  /** Gives a transport; it connects when the first mail is sent. */
  public static MailTransport transport(TransportSettings settings) {
    if (settings instanceof TransportSettings.Smtp smtp) {
      return smtp(smtp);
    }
    if (settings instanceof TransportSettings.Eml eml) {
      return EmlFolderTransport.into(eml.folder());
    }
    throw new IllegalArgumentException(
        "this command line has no transport for " + settings.getClass().getSimpleName());
  }

  private static MailTransport smtp(TransportSettings.Smtp settings) {
    SmtpTransport transport = SmtpTransport.to(settings.host(), settings.port());
    transport =
        switch (settings.security()) {
          case STARTTLS -> transport.starttls();
          case TLS -> transport.tls();
          case NONE -> transport.plaintext();
        };
    transport = settings.auth().map(Wiring::auth).map(transport::auth).orElse(transport);
    transport = settings.localName().map(transport::localName).orElse(transport);
    TransportSettings.Waits waits = settings.waits();
    transport = waits.handOver().map(transport::handOver).orElse(transport);
    transport = waits.answer().map(transport::answer).orElse(transport);
    transport = waits.connect().map(transport::connectTimeout).orElse(transport);
    transport = waits.read().map(transport::readTimeout).orElse(transport);
    transport = waits.idle().map(transport::idle).orElse(transport);
    return settings.mailsPerConnection().isPresent()
        ? transport.maxMailsPerConnection(settings.mailsPerConnection().getAsInt())
        : transport;
  }

  private static SmtpAuth auth(TransportSettings.Auth auth) {
    return switch (auth) {
      case PLAIN -> SmtpAuth.PLAIN;
      case LOGIN -> SmtpAuth.LOGIN;
      case XOAUTH2 -> SmtpAuth.XOAUTH2;
    };
  }
}
