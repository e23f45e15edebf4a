package dev.sequencer.internal.catalog;

import dev.sequencer.DefinitionException;
import dev.sequencer.EmailAddress;
import dev.sequencer.Mailbox;
import dev.sequencer.MailboxLimits.Counting;
import dev.sequencer.Problem;
import dev.sequencer.internal.catalog.CatalogCodec.MailboxBody;
import dev.sequencer.internal.definition.Definitions;
import dev.sequencer.internal.text.DidYouMean;
import dev.sequencer.internal.time.Openings;
import dev.sequencer.spi.store.Completion;
import dev.sequencer.spi.store.Document;
import dev.sequencer.spi.store.Document.Kind;
import dev.sequencer.spi.store.LedgerKey;
import dev.sequencer.spi.store.StoreHandle;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks and keeps mailboxes. */
public final class MailboxKeeper {
  private static final int MOST_TRIES = 20;

  private final Catalog catalog;
  private final StoreHandle store;
  private final Set<String> transports;

  /**
   * Makes a keeper.
   *
   * @param transports the names of this node's transports; with none at all nothing is checked
   *     against them, since a node that only enrolls has none
   */
  public MailboxKeeper(Catalog catalog, StoreHandle store, Set<String> transports) {
    this.catalog = catalog;
    this.store = store;
    this.transports = Set.copyOf(transports);
  }

  /** Gives what is wrong with a mailbox. */
  public List<Problem> check(Mailbox mailbox) {
    List<Problem> faults = new ArrayList<>();
    String place = "mailboxes." + mailbox.address().address();
    String name = mailbox.transport();
    if (!transports.isEmpty() && name.isEmpty() && transports.size() > 1) {
      faults.add(
          Problem.fault(
              place + ".via", "with several transports " + transports + " a mailbox names one"));
    }
    if (!transports.isEmpty() && !name.isEmpty() && !transports.contains(name)) {
      faults.add(
          Problem.fault(
              place + ".via",
              "there is no transport '"
                  + name
                  + "'"
                  + DidYouMean.among(name, transports)
                      .map(known -> ": did you mean '" + known + "'?")
                      .orElse(": there are " + transports)));
    }
    checkTime(mailbox, place, faults);
    return faults;
  }

  private void checkTime(Mailbox mailbox, String place, List<Problem> faults) {
    Optional<ZoneId> zone = mailbox.zone().or(catalog::engineZone);
    boolean local =
        mailbox.hours().isPresent()
            || mailbox.limits().rampUp().isPresent()
            || (mailbox.limits().perDay().isPresent()
                && mailbox.limits().day() == Counting.CALENDAR);
    if (local && zone.isEmpty()) {
      faults.add(
          Problem.fault(
              place + ".zone",
              "a quota by calendar days, a ramp-up and hours need a zone: give the mailbox or the"
                  + " engine one"));
    }
    if (mailbox.limits().evenly()
        && mailbox.limits().perDay().isEmpty()
        && mailbox.limits().rampUp().isEmpty()) {
      faults.add(
          Problem.fault(
              place + ".spread", "even spreading needs a quota a day to spread: set perDay"));
    }
    boolean neverOpens =
        zone.isPresent()
            && mailbox
                .hours()
                .filter(window -> Openings.of(window, zone.get()).opensAt(store.now()).isEmpty())
                .isPresent();
    if (neverOpens) {
      faults.add(
          Problem.fault(
              place + ".hours",
              "hours must open within a year, but these never do: check holidays"));
    }
  }

  /**
   * Saves a mailbox.
   *
   * @throws DefinitionException with everything that is wrong
   */
  public void save(String tenant, Mailbox mailbox) {
    refuse(mailbox);
    write(tenant, mailbox, Optional.empty());
  }

  /**
   * Saves a mailbox that a builder declares, unless the same declaration was saved before: what was
   * changed at run time since outlives a restart.
   *
   * @throws DefinitionException with everything that is wrong
   */
  public void declare(Mailbox mailbox) {
    refuse(mailbox);
    write("", mailbox, Optional.of(Definitions.toJson(mailbox)));
  }

  private void refuse(Mailbox mailbox) {
    List<Problem> faults = check(mailbox);
    if (!faults.isEmpty()) {
      throw new DefinitionException("mailbox '" + mailbox.address().address() + "'", faults);
    }
  }

  private void write(String tenant, Mailbox mailbox, Optional<String> declaration) {
    String name = mailbox.address().normalized();
    for (int i = 0; i < MOST_TRIES; i++) {
      Optional<Document> stored = store.document(Kind.MAILBOX, tenant, name);
      String declaredAs =
          declaration.orElse(stored.map(d -> CatalogCodec.mailbox(d).declaredAs()).orElse(""));
      if (declaration.isPresent()
          && stored.isPresent()
          && CatalogCodec.mailbox(stored.get()).declaredAs().equals(declaredAs)) {
        return;
      }
      String body = CatalogCodec.write(new MailboxBody(mailbox, false, declaredAs));
      Document next =
          stored
              .map(d -> d.body(body))
              .orElseGet(() -> Document.fresh(Kind.MAILBOX, tenant, name, body));
      if (stored.map(d -> d.body().equals(body)).orElse(false)) {
        return;
      }
      StoreHandle.Saved saved = store.save(next);
      if (saved.saved()) {
        forgetFull(saved.current().id());
        catalog.refresh();
        return;
      }
    }
    throw new IllegalStateException(
        "a mailbox was changed by others " + MOST_TRIES + " times meanwhile: try again");
  }

  /** What a ledger remembers of a full rolling quota was worked out with the limits of before. */
  private void forgetFull(int mailbox) {
    LedgerKey key = new LedgerKey(LedgerKey.Kind.MAILBOX, mailbox);
    store.change(
        List.of(new Completion.LedgerChange(key, ledger -> ledger.fullUntil(Optional.empty()))));
  }

  /** Marks a mailbox as gone; its document stays, since deliveries name it. */
  public void remove(MailboxInfo info) {
    EmailAddress address = info.mailbox().address();
    for (int i = 0; i < MOST_TRIES; i++) {
      Optional<Document> stored = store.document(Kind.MAILBOX, info.tenant(), address.normalized());
      if (stored.isEmpty()) {
        return;
      }
      MailboxBody body = CatalogCodec.mailbox(stored.get());
      String gone = CatalogCodec.write(new MailboxBody(body.mailbox(), true, body.declaredAs()));
      if (store.save(stored.get().body(gone)).saved()) {
        catalog.refresh();
        return;
      }
    }
    throw new IllegalStateException(
        "a mailbox was changed by others " + MOST_TRIES + " times meanwhile: try again");
  }
}
