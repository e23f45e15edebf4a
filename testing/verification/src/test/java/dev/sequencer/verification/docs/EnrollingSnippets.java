package dev.sequencer.verification.docs;

import dev.sequencer.Attributes;
import dev.sequencer.Contact;
import dev.sequencer.ContactInput;
import dev.sequencer.DeliveryId;
import dev.sequencer.EnrollRequest;
import dev.sequencer.EnrollResult;
import dev.sequencer.Reenroll;
import dev.sequencer.Send;
import dev.sequencer.Sequencer;
import dev.sequencer.jdbc.JdbcTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.stream.Stream;

/** The code of the page about enrolling. */
final class EnrollingSnippets {
  private EnrollingSnippets() {}

  static void enroll(Sequencer sequencer) {
    EnrollResult result =
        sequencer.enroll(
            "onboarding", Contact.of("bo@example.com").id("user-7").zone("Asia/Tokyo"));

    if (result instanceof EnrollResult.Suppressed suppressed) {
      System.out.println("not enrolled: " + suppressed.reason());
    }
  }

  static void request(Sequencer sequencer) {
    sequencer.enroll(
        EnrollRequest.of("onboarding", Contact.of("bo@example.com").id("user-7"))
            .runKey("trial-2027")
            .reenroll(Reenroll.AFTER_END)
            .data(Attributes.of(Map.of("plan", "pro")))
            .mailbox("ann@acme.example")
            .startingAt(LocalDateTime.parse("2027-01-04T09:00")));
  }

  static void many(Sequencer sequencer, Stream<ContactInput> everybody) {
    sequencer.enrollAll(
        "onboarding",
        everybody,
        result -> System.out.println(result.row() + " " + result.outcome() + result.reason()));
  }

  static void inTransaction(Sequencer sequencer, Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    saveUser(connection);
    sequencer
        .inTransaction(JdbcTransaction.of(connection))
        .enroll("onboarding", Contact.of("bo@example.com").id("user-7"));
    connection.commit();
  }

  private static void saveUser(Connection connection) throws SQLException {
    connection.createStatement().execute("insert into users (id) values ('user-7')");
  }

  static void saveContact(Sequencer sequencer) {
    sequencer.contacts().save(Contact.of("bo@new.example").id("user-7").zone("Europe/Lisbon"));
  }

  static void sendLater(Sequencer sequencer, Contact contact) {
    DeliveryId id =
        sequencer.send(
            Send.to(contact)
                .mail(mail -> mail.template("trial-ends").transactional())
                .at(LocalDateTime.parse("2026-12-01T10:00"))
                .mailbox("ann@acme.example")
                .key("trial-ends:user-42"));

    sequencer.deliveries().cancel(id);
  }
}
