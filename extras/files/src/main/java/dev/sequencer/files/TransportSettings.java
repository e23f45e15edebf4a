package dev.sequencer.files;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a configuration sends. Further kinds may come: a {@code switch} over them needs a default.
 */
public sealed interface TransportSettings {
  /**
   * Over SMTP.
   *
   * @param host name or address of the server
   * @param port its port, 1 to 65535
   * @param security how the connection is protected
   * @param auth the only way to log in; empty: any that fits the credential
   * @param localName the name to say in EHLO; empty: the transport's choice
   * @param waits how long it waits
   * @param mailsPerConnection after how many mails a connection is closed; empty: the transport's
   *     choice
   */
  record Smtp(
      String host,
      int port,
      Security security,
      Optional<Auth> auth,
      Optional<String> localName,
      Waits waits,
      OptionalInt mailsPerConnection)
      implements TransportSettings {
    /** Checks that nothing is missing. */
    public Smtp {
      Objects.requireNonNull(host, "host");
      Objects.requireNonNull(security, "security");
      Objects.requireNonNull(auth, "auth");
      Objects.requireNonNull(localName, "localName");
      Objects.requireNonNull(waits, "waits");
      Objects.requireNonNull(mailsPerConnection, "mailsPerConnection");
    }
  }

  /** How a connection is protected. */
  enum Security {
    /** By STARTTLS, without which nothing is sent; the default, but for port 465. */
    STARTTLS,
    /** By TLS from the first byte; the default for port 465. */
    TLS,
    /** Not at all: mails and passwords go in clear. */
    NONE
  }

  /** How a mailbox logs in. */
  enum Auth {
    /** User and password in one line. */
    PLAIN,
    /** User and password one after the other. */
    LOGIN,
    /** User and OAuth 2.0 access token. */
    XOAUTH2
  }

  /**
   * How long an SMTP transport waits; empty is the transport's own default.
   *
   * @param handOver the longest from the start of a send to its final dot
   * @param answer the longest for the reply to the final dot
   * @param connect the longest for a connection
   * @param read the longest for a reply before the final dot
   * @param idle how long a connection may rest before it is closed
   */
  record Waits(
      Optional<Duration> handOver,
      Optional<Duration> answer,
      Optional<Duration> connect,
      Optional<Duration> read,
      Optional<Duration> idle) {
    /** The transport's own defaults. */
    public static final Waits DEFAULT =
        new Waits(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Checks that nothing is missing. */
    public Waits {
      Objects.requireNonNull(handOver, "handOver");
      Objects.requireNonNull(answer, "answer");
      Objects.requireNonNull(connect, "connect");
      Objects.requireNonNull(read, "read");
      Objects.requireNonNull(idle, "idle");
    }
  }

  /**
   * Into a folder of {@code .eml} files: nothing is sent.
   *
   * @param folder the folder, resolved against the folder of the configuration
   */
  record Eml(Path folder) implements TransportSettings {
    /** Checks that it is there. */
    public Eml {
      Objects.requireNonNull(folder, "folder");
    }
  }
}
