package dev.sequencer.tck.smtp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for {@code localhost} and 127.0.0.1, or for another name, made in this process with
 * a fresh key: no key lies in a repository. Valid from 2020 to 2120.
 */
final class SelfSignedCertificate {
  private static final char[] NO_PASSWORD = new char[0];

  private final SSLContext server;
  private final SSLContext client;

  private SelfSignedCertificate(SSLContext server, SSLContext client) {
    this.server = server;
    this.client = client;
  }

  static SelfSignedCertificate forHost(String host) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair keys = generator.generateKeyPair();
      Certificate certificate = certificate(host, keys);
      return new SelfSignedCertificate(serverContext(keys, certificate), trusting(certificate));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JVM cannot make an EC certificate: " + e, e);
    }
  }

  SSLContext server() {
    return server;
  }

  /** Gives a context for clients that trusts this certificate and no other. */
  SSLContext client() {
    return client;
  }

  private static Certificate certificate(String host, KeyPair keys)
      throws GeneralSecurityException {
    byte[] algorithm = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2)); // ecdsa-with-SHA256
    byte[] name =
        Der.sequence(Der.set(Der.sequence(Der.oid(2, 5, 4, 3), Der.utf8("test " + host))));
    byte[] validity =
        Der.sequence(
            Der.generalizedTime("20200101000000Z"), Der.generalizedTime("21200101000000Z"));
    byte[] tbs =
        Der.sequence(
            Der.tagged(0xA0, Der.integer(2)),
            Der.integer(1),
            algorithm,
            name,
            validity,
            name,
            keys.getPublic().getEncoded(),
            Der.tagged(0xA3, Der.sequence(names(host))));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(tbs);
    byte[] der = Der.sequence(tbs, algorithm, Der.bits(signature.sign()));
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(der));
  }

  /** Gives the extension subjectAltName (RFC 5280 section 4.2.1.6). */
  private static byte[] names(String host) {
    byte[] dns = Der.tagged(0x82, host.getBytes(StandardCharsets.US_ASCII));
    byte[] alternatives =
        host.equals("localhost")
            ? Der.sequence(dns, Der.tagged(0x87, new byte[] {127, 0, 0, 1}))
            : Der.sequence(dns);
    return Der.sequence(Der.oid(2, 5, 29, 17), Der.octets(alternatives));
  }

  private static SSLContext serverContext(KeyPair keys, Certificate certificate)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    store.setKeyEntry("smtp", keys.getPrivate(), NO_PASSWORD, new Certificate[] {certificate});
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, NO_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static SSLContext trusting(Certificate certificate)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    store.setCertificateEntry("smtp", certificate);
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
