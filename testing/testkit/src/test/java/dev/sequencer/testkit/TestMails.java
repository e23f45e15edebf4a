package dev.sequencer.testkit;

import dev.sequencer.EmailAddress;
import dev.sequencer.spi.OutgoingMail;
import dev.sequencer.spi.Permit;
import dev.sequencer.spi.SendKey;
import dev.sequencer.spi.Sender;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Mails and permits by number. */
final class TestMails {
  static final Instant MONDAY = Instant.parse("2026-06-01T08:00:00Z");
  static final Sender ANN = Sender.of(EmailAddress.of("ann@acme.example"));
  static final Sender BEN = Sender.of(EmailAddress.of("ben@acme.example"));

  private TestMails() {}

  static OutgoingMail mail(int number) {
    return mail(number, ANN);
  }

  static OutgoingMail mail(int number, Sender sender) {
    return new OutgoingMail(
        new SendKey("key-" + number, "<" + number + "@acme.example>", MONDAY),
        sender,
        MONDAY,
        EmailAddress.of("bo" + number + "@example.com"),
        OutgoingMail.Addresses.NONE,
        OutgoingMail.Content.ofText("Subject " + number, "Text"),
        OutgoingMail.Thread.NONE,
        Optional.empty());
  }

  /** Counts how often it is asked. */
  static final class CountingPermit implements Permit {
    private final AtomicInteger asked = new AtomicInteger();
    private final boolean given;

    private CountingPermit(boolean given) {
      this.given = given;
    }

    static CountingPermit given() {
      return new CountingPermit(true);
    }

    static CountingPermit expired() {
      return new CountingPermit(false);
    }

    @Override
    public boolean check() {
      asked.incrementAndGet();
      return given;
    }

    @Override
    public Duration remaining() {
      return given ? Duration.ofMinutes(1) : Duration.ZERO;
    }

    int asked() {
      return asked.get();
    }
  }
}
