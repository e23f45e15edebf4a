package dev.sequencer.jdbc.internal.postgres;

import dev.sequencer.jdbc.internal.Batch;
import dev.sequencer.jdbc.internal.Codes;
import dev.sequencer.jdbc.internal.Inbox;
import dev.sequencer.jdbc.internal.Millis;
import dev.sequencer.jdbc.internal.Texts;
import dev.sequencer.jdbc.internal.Tx;
import dev.sequencer.spi.store.InboxEntry;
import dev.sequencer.spi.store.InboxEntry.Concern;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Suppression;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The inbox as a table. Whoever leaves an entry only inserts rows that nobody else has a key of, so
 * that nobody waits for the transaction of a host.
 */
final class PostgresInbox implements Inbox {
  private static final String LEAVE =
      """
      insert into sequencer_inbox (tenant, kind, body, enrollment, host_id, normalized, address,
        zone, locale, attributes)
      values (:tenant, :kind, :body, :enrollment, :hostId, :normalized, :address, :zone, :locale,
        :attributes)
      returning id
      """;

  /** Each entry has rows of its own, also of what is suppressed already. */
  private static final String DRAFT =
      """
      insert into sequencer_suppression (tenant, target, sequence, blocks, reason, at, draft)
      select tenant, target, sequence, blocks, reason, at, draft
      from {rows tenant text, target text, sequence bigint, blocks text, reason text, at bigint,
        draft bigint}
      on conflict do nothing
      """;

  private static final String LIST =
      """
      select id, tenant, kind, body, enrollment, host_id, normalized, address, zone, locale,
        attributes
      from sequencer_inbox order by id limit :limit
      """;

  /** Whoever comes second waits for the first one's commit and finds it gone. */
  private static final String TAKE =
      """
      delete from sequencer_inbox where id = :id
      """;

  private static final String END_DRAFTS =
      """
      delete from sequencer_suppression where draft = :id and draft > 0
      """;

  private static final String HOLDS_SOME = "select exists (select 1 from sequencer_inbox)";

  private static final String CONCERNED =
      """
      select e.id from sequencer_enrollment e join sequencer_contact c on c.id = e.contact
      where e.id in {ids} and (
        exists (select 1 from sequencer_inbox i where i.enrollment = e.id)
        or exists (select 1 from sequencer_inbox i
          where i.tenant = e.tenant and i.host_id = c.host_id)
        or exists (select 1 from sequencer_inbox i
          where i.tenant = e.tenant and i.normalized = c.normalized))
      """;

  private final Tx tx;

  PostgresInbox(Tx tx) {
    this.tx = tx;
  }

  @Override
  public void leave(InboxEntry entry) {
    Concern concern = entry.concern();
    Optional<StoredContact> contact = entry.contact();
    long number =
        tx.query(LEAVE)
            .bind("tenant", Texts.clean(entry.tenant()))
            .bind("kind", entry.kind())
            .bind("body", Texts.clean(entry.body()))
            .bind("enrollment", concern.enrollment() == 0 ? null : concern.enrollment())
            .bind("hostId", Texts.clean(concern.contactId()))
            .bind("normalized", Texts.clean(concern.address()))
            .bind("address", Texts.clean(contact.map(StoredContact::address)))
            .bind("zone", Texts.clean(contact.flatMap(StoredContact::zone)))
            .bind("locale", Texts.clean(contact.flatMap(StoredContact::locale)))
            .bind("attributes", Texts.clean(contact.map(StoredContact::attributes)))
            .mapTo(Long.class)
            .one();
    if (!entry.suppress().isEmpty()) {
      draft(entry.suppress(), number);
    }
  }

  private void draft(List<Suppression> suppressions, long number) {
    Batch rows = tx.batch(DRAFT);
    for (Suppression suppression : suppressions) {
      rows.bind("tenant", Texts.clean(suppression.tenant()))
          .bind("target", Texts.clean(suppression.target()))
          .bind("sequence", suppression.sequence())
          .bind("blocks", Codes.of(suppression.blocks()))
          .bind("reason", Texts.clean(suppression.reason()))
          .bind("at", Millis.of(suppression.at()))
          .bind("draft", number)
          .add();
    }
    rows.execute();
  }

  @Override
  public List<InboxEntry> list(int limit) {
    return tx.query(LIST).bind("limit", limit).map((row, context) -> entry(row)).list();
  }

  private static InboxEntry entry(ResultSet row) throws SQLException {
    Optional<String> hostId = Optional.ofNullable(row.getString(6));
    Optional<String> normalized = Optional.ofNullable(row.getString(7));
    String address = row.getString(8);
    Optional<StoredContact> contact =
        address == null
            ? Optional.empty()
            : Optional.of(
                new StoredContact(
                    0,
                    row.getString(2),
                    hostId,
                    address,
                    normalized.orElseThrow(),
                    Optional.ofNullable(row.getString(9)),
                    Optional.ofNullable(row.getString(10)),
                    row.getString(11)));
    return new InboxEntry(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        new Concern(row.getLong(5), hostId, normalized),
        contact,
        List.of());
  }

  @Override
  public boolean take(long number) {
    boolean there = tx.update(TAKE).bind("id", number).execute() == 1;
    if (there) {
      tx.update(END_DRAFTS).bind("id", number).execute();
    }
    return there;
  }

  @Override
  public Collection<Long> concerned(Collection<Long> enrollments) {
    boolean some = !enrollments.isEmpty() && tx.query(HOLDS_SOME).mapTo(Boolean.class).one();
    return some
        ? tx.list(tx.query(CONCERNED), "ids", enrollments).mapTo(Long.class).list()
        : List.of();
  }
}
