package dev.sequencer.benchmarks;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Angus Mail used bare: a message with text and HTML each, over connections that are kept. */
final class BareAngus implements Contender {
  private final SmtpSink sink;
  private final String name;
  private final int connections;
  private final int mails;

  BareAngus(SmtpSink sink, String name, int connections, int mails) {
    this.sink = sink;
    this.name = name;
    this.connections = connections;
    this.mails = mails;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String what() {
    return "mails/s";
  }

  @Override
  public Measured run() throws Exception {
    long before = sink.mails();
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      Measured.Stopwatch watch = new Measured.Stopwatch();
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int first = mails * i / connections;
        int end = mails * (i + 1) / connections;
        running.add(
            threads.submit(
                () -> {
                  send(first, end);
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
      Measured measured = watch.stop(mails);
      if (sink.mails() - before != mails) {
        throw new IllegalStateException("the sink took " + (sink.mails() - before) + " mails");
      }
      return measured;
    } finally {
      threads.shutdownNow();
    }
  }

  private void send(int first, int end) throws MessagingException {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", sink.host());
    properties.setProperty("mail.smtp.port", Integer.toString(sink.port()));
    Session session = Session.getInstance(properties);
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect();
      for (int i = first; i < end; i++) {
        MimeMessage message = message(session, i);
        transport.sendMessage(message, message.getAllRecipients());
      }
    }
  }

  private static MimeMessage message(Session session, int number) throws MessagingException {
    MimeMessage message = new MimeMessage(session);
    message.setFrom(new InternetAddress("team0@sender.example"));
    message.setRecipient(
        Message.RecipientType.TO, new InternetAddress("kim" + number + "@customer.example"));
    message.setSubject("Kim, your Team plan", "UTF-8");
    message.setHeader(
        "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC)));
    MimeBodyPart text = new MimeBodyPart();
    text.setText(
        """
        Hello Kim,

        thank you for choosing Team. You have 12 seats.
        Here is how others in Graz begin: https://www.example.com/start?u=%d

        Yours, the team
        """
            .formatted(number),
        "UTF-8");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(
        """
        <html><body><p>Hello <b>Kim</b>,</p>
        <p>thank you for choosing Team. You have 12 seats.
        Here is <a href="https://www.example.com/start?u=%d">how others in Graz
        begin</a>.</p><p>Yours, the team</p></body></html>
        """
            .formatted(number),
        "UTF-8",
        "html");
    message.setContent(new MimeMultipart("alternative", text, html));
    message.saveChanges();
    return message;
  }
}
