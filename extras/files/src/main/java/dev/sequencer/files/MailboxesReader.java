package dev.sequencer.files;

import dev.sequencer.Mailbox;
import dev.sequencer.internal.definition.Faults;
import dev.sequencer.internal.definition.Fields;
import dev.sequencer.internal.definition.MailboxReader;
import dev.sequencer.internal.definition.Node;
import dev.sequencer.internal.definition.Place;
import dev.sequencer.internal.text.DidYouMean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the mailboxes of a configuration. */
final class MailboxesReader {
  private final Fields configuration;
  private final Set<String> transports;
  private final Logins logins;
  private final Faults faults;
  private final Map<String, Place> seen = new HashMap<>();

  MailboxesReader(Fields configuration, Set<String> transports, Logins logins, Faults faults) {
    this.configuration = configuration;
    this.transports = transports;
    this.logins = logins;
    this.faults = faults;
  }

  List<Mailbox> read() {
    List<Mailbox> mailboxes = new ArrayList<>();
    for (Node node : configuration.items("mailboxes")) {
      mailbox(node).ifPresent(mailboxes::add);
    }
    return mailboxes;
  }

  private Optional<Mailbox> mailbox(Node node) {
    Fields fields = Fields.of(node, "a mailbox", faults);
    Optional<Mailbox> read = MailboxReader.read(fields, faults);
    String reference = read.map(mailbox -> mailbox.address().normalized()).orElse("unknown");
    Optional<String> login = logins.read(fields, reference);
    if (login.isPresent() && fields.has("credentials")) {
      faults.add(
          fields.namePlace("credentials"),
          "a mailbox has a login of its own or 'credentials', but this has both: leave one out");
    }
    if (!fields.isBroken()) {
      checkTransport(fields);
    }
    fields.done();
    read.ifPresent(mailbox -> checkNew(mailbox, fields));
    return read.map(mailbox -> withLogin(mailbox, login));
  }

  private void checkTransport(Fields fields) {
    Optional<String> via = fields.word("via");
    if (via.isEmpty() && !fields.has("via") && transports.size() != 1) {
      faults.add(
          fields.place(),
          transports.isEmpty()
              ? "a mailbox needs a transport, but there is none: add one under 'transports'"
              : "a mailbox needs 'via' where there are several transports: name one of "
                  + String.join(", ", transports));
    }
    via.filter(name -> !transports.contains(name))
        .ifPresent(
            name ->
                faults.add(
                    fields.place("via"),
                    "'via' must name a transport of this file"
                        + (transports.isEmpty()
                            ? ", but there is none: add one under 'transports'"
                            : ", one of " + String.join(", ", transports) + ", but does not")
                        + DidYouMean.among(name, transports)
                            .map(near -> ": did you mean '" + near + "'?")
                            .orElse("")));
  }

  private void checkNew(Mailbox mailbox, Fields fields) {
    Place place = fields.place("address");
    Place before = seen.putIfAbsent(mailbox.address().normalized(), place);
    if (before != null) {
      faults.add(
          place,
          "each address is a mailbox once, but this one is at "
              + before.line()
              + ":"
              + before.column()
              + " already: remove one");
    }
  }

  /** A mailbox without a login of its own uses the one of its transport, where that has one. */
  private Mailbox withLogin(Mailbox mailbox, Optional<String> login) {
    if (mailbox.credentials().isPresent()) {
      return mailbox;
    }
    String transport =
        mailbox.transport().isEmpty() && transports.size() == 1
            ? transports.iterator().next()
            : mailbox.transport();
    return login
        .or(() -> logins.has(TransportReader.reference(transport)))
        .map(mailbox::credentials)
        .orElse(mailbox);
  }
}
