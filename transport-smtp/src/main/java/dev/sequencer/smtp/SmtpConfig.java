package dev.sequencer.smtp;

import dev.sequencer.spi.TransportLimits;
import java.net.IDN;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * All that an {@link SmtpTransport} was told. Immutable.
 *
 * @param server where it connects to
 * @param encryption how the connection is kept secret
 * @param auth the only mechanism to use; empty: what the credential and the server allow
 * @param trust whom to trust; empty: the JVM's default
 * @param localName what to say in EHLO; empty: the address of the socket
 * @param limits the hand-over and the answer
 * @param waits how long single waits may take
 * @param reuse how connections are reused
 */
record SmtpConfig(
    Server server,
    Encryption encryption,
    Optional<SmtpAuth> auth,
    Optional<SSLContext> trust,
    Optional<String> localName,
    TransportLimits limits,
    Waits waits,
    Reuse reuse) {

  /** How a connection is kept secret. */
  enum Encryption {
    /** TLS after STARTTLS, which the server must offer (RFC 3207). */
    STARTTLS,
    /** TLS from the first byte (RFC 8314). */
    TLS,
    /** None. */
    NONE
  }

  /** Where to connect to. */
  record Server(String host, int port) {
    /** The port of SMTP over TLS (RFC 8314 section 7.3). */
    static final int TLS_PORT = 465;

    Server {
      if (host.isBlank() || host.chars().anyMatch(c -> c <= ' ' || c == 127)) {
        throw new IllegalArgumentException(
            "an SMTP host must be a host name or an address, but is blank or has blanks");
      }
      host = asciiHost(host);
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException(
            "an SMTP port must be between 1 and 65535, but is " + port + ": 587 is usual");
      }
    }

    private static String asciiHost(String host) {
      // an IPv6 address is no name
      return host.indexOf(':') >= 0 ? host : IDN.toASCII(host);
    }

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /** How long single waits may take. */
  record Waits(Duration connect, Duration read) {
    Waits {
      positive("connectTimeout", connect);
      positive("readTimeout", read);
    }
  }

  /** How connections are reused. */
  record Reuse(int maxMails, Duration idle) {
    Reuse {
      if (maxMails < 1) {
        throw new IllegalArgumentException(
            "maxMailsPerConnection must be at least 1, but is " + maxMails);
      }
      if (idle.isNegative() || idle.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException("idle must be between 0 and 1 hour, but is " + idle);
      }
    }
  }

  static SmtpConfig to(String host, int port) {
    return new SmtpConfig(
        new Server(host, port),
        port == Server.TLS_PORT ? Encryption.TLS : Encryption.STARTTLS,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        TransportLimits.of(Duration.ofMinutes(2), Duration.ofMinutes(10)),
        new Waits(Duration.ofSeconds(20), Duration.ofSeconds(60)),
        new Reuse(100, Duration.ofSeconds(30)));
  }

  SmtpConfig with(Encryption other) {
    return new SmtpConfig(server, other, auth, trust, localName, limits, waits, reuse);
  }

  SmtpConfig with(SmtpAuth other) {
    return new SmtpConfig(
        server, encryption, Optional.of(other), trust, localName, limits, waits, reuse);
  }

  SmtpConfig with(SSLContext other) {
    return new SmtpConfig(
        server, encryption, auth, Optional.of(other), localName, limits, waits, reuse);
  }

  SmtpConfig withLocalName(String other) {
    if (!other.matches("[A-Za-z0-9.:\\[\\]-]{1,255}")) {
      throw new IllegalArgumentException(
          "localName must be a host name or an address in brackets, as EHLO takes it");
    }
    return new SmtpConfig(
        server, encryption, auth, trust, Optional.of(other), limits, waits, reuse);
  }

  SmtpConfig with(TransportLimits other) {
    return new SmtpConfig(server, encryption, auth, trust, localName, other, waits, reuse);
  }

  SmtpConfig with(Waits other) {
    return new SmtpConfig(server, encryption, auth, trust, localName, limits, other, reuse);
  }

  SmtpConfig with(Reuse other) {
    return new SmtpConfig(server, encryption, auth, trust, localName, limits, waits, other);
  }

  private static void positive(String what, Duration value) {
    if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          what + " must be between 1 ms and 1 hour, but is " + value);
    }
  }
}
