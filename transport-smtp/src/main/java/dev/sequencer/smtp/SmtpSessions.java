package dev.sequencer.smtp;

import dev.sequencer.smtp.internal.WireSocket;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Sets Angus Mail up: nothing of the host's JavaMail properties reaches us. */
final class SmtpSessions {
  /** The check of the server's name that Angus makes after STARTTLS; made for TLS as well. */
  private static final String NAME_CHECK = "LDAPS";

  private SmtpSessions() {}

  static Session session(SmtpConfig config, SSLSocketFactory tls) {
    Properties properties = new Properties();
    boolean startTls = config.encryption() == SmtpConfig.Encryption.STARTTLS;
    properties.setProperty("mail.smtp.starttls.enable", String.valueOf(startTls));
    properties.setProperty("mail.smtp.starttls.required", String.valueOf(startTls));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.auth", "false"); // the login is ours: SmtpLogin
    properties.setProperty("mail.smtp.quitwait", "false");
    properties.put("mail.smtp.ssl.socketFactory", tls);
    // Jakarta Mail looks its parts up through the class loader of the thread, which may be anyone's
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(SMTPTransport.class.getClassLoader());
    try {
      return Session.getInstance(properties);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  static SSLSocketFactory tls(SmtpConfig config) {
    SSLSocketFactory factory =
        config
            .trust()
            .map(SSLContext::getSocketFactory)
            .orElseGet(() -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    return new LayeringFactory(factory, config.server().host());
  }

  /** Lays TLS over a connected socket and checks certificate and name. */
  static SSLSocket layer(SSLSocketFactory factory, WireSocket wire, SmtpConfig.Server server)
      throws IOException {
    SSLSocket socket = (SSLSocket) factory.createSocket(wire, server.host(), server.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm(NAME_CHECK);
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** Lays TLS over existing sockets only, under the name that was configured. */
  private static final class LayeringFactory extends SSLSocketFactory {
    private final SSLSocketFactory factory;
    private final String host;

    LayeringFactory(SSLSocketFactory factory, String host) {
      this.factory = factory;
      this.host = host;
    }

    @Override
    public Socket createSocket(Socket socket, String name, int port, boolean autoClose)
        throws IOException {
      SSLSocket layered = (SSLSocket) factory.createSocket(socket, host, port, autoClose);
      if (socket instanceof WireSocket wire) {
        wire.layered(layered);
      }
      return layered;
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return factory.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String name, int port) throws IOException {
      throw onlyLayers();
    }

    @Override
    public Socket createSocket(String name, int port, InetAddress local, int localPort)
        throws IOException {
      throw onlyLayers();
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
      throw onlyLayers();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort)
        throws IOException {
      throw onlyLayers();
    }

    private static IOException onlyLayers() {
      return new IOException("this factory only lays TLS over a socket that is connected");
    }
  }
}
