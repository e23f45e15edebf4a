package dev.sequencer.jdbc.internal;

import dev.sequencer.spi.store.ClaimCall.LaneHead;
import dev.sequencer.spi.store.Delivery;
import dev.sequencer.spi.store.Lane;
import dev.sequencer.spi.store.Ledger;
import dev.sequencer.spi.store.LedgerKey;
import dev.sequencer.spi.store.LogEntry;
import dev.sequencer.spi.store.State;
import dev.sequencer.spi.store.StoreViews;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Suppression;
import dev.sequencer.spi.store.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What people look at; each read is a transaction of its own. */
final class JdbcViews implements StoreViews {
  private final Reads reads;
  private final Supplier<Instant> now;

  /** How a view reads: on a connection of the store, or on the host's. */
  @FunctionalInterface
  interface Reads {
    <T> T read(Function<Tx, T> work);
  }

  JdbcViews(Reads reads, Supplier<Instant> now) {
    this.reads = reads;
    this.now = now;
  }

  @Override
  public List<Work> enrollments(EnrollmentFilter filter, long after, int limit) {
    Filter conditions = new Filter().origin(filter).state(filter);
    String text =
        Columns.WORK
            + """
            from sequencer_enrollment e
            join sequencer_work w on w.enrollment = e.id
            join sequencer_lane l on l.id = w.lane
            where e.id > :after
            """
            + conditions.text()
            + " order by e.id limit :limit";
    return reads.read(
        tx ->
            conditions
                .bind(tx.query(text))
                .bind("after", after)
                .bind("limit", limit)
                .map(Readers.WORK)
                .list());
  }

  @Override
  public List<Delivery> deliveries(
      DeliveryFilter filter, long afterEnrollment, int afterStep, int limit) {
    EnrollmentFilter of = filter.enrollments();
    Filter conditions = new Filter().origin(of).delivery(filter);
    boolean narrow = of.sequence().isPresent() || of.contact().isPresent();
    String text = Columns.DELIVERY + (narrow ? OF_ENROLLMENTS : OF_ALL) + conditions.text() + PAGE;
    return reads.read(
        tx ->
            conditions
                .bind(tx.query(text))
                .bind("after", Deliveries.key(afterEnrollment, afterStep))
                .bind("limit", limit)
                .map(Readers.DELIVERY)
                .list());
  }

  /** Enrollments first: few of them are asked for. A cross join keeps that order. */
  private static final String OF_ENROLLMENTS =
      """
      from sequencer_enrollment e cross join sequencer_delivery d
      where d.key between e.id * 65536 and e.id * 65536 + 65535 and d.key > :after
      """;

  /** Deliveries first, in their order. */
  private static final String OF_ALL =
      """
      from sequencer_delivery d cross join sequencer_enrollment e
      where e.id = d.enrollment and d.key > :after
      """;

  private static final String PAGE = " order by d.key limit :limit";

  @Override
  public Optional<Delivery> byActualMessageId(String messageId) {
    return reads.read(
        tx ->
            tx.query(Sql.DELIVERY_BY_ACTUAL)
                .bind("id", Texts.clean(messageId))
                .map(Readers.DELIVERY)
                .findOne());
  }

  @Override
  public List<LogEntry> log(String tenant, long enrollment, long after, int limit) {
    return reads.read(
        tx ->
            (enrollment > 0
                    ? tx.query(Sql.EVENTS_OF_ENROLLMENT).bind("enrollment", enrollment)
                    : tx.query(Sql.EVENTS))
                .bind("tenant", tenant)
                .bind("after", after)
                .bind("limit", limit)
                .map(Readers.EVENT)
                .list());
  }

  @Override
  public List<LogEntry> follow(long after, int limit) {
    return reads.read(
        tx ->
            tx.query(Sql.FOLLOW)
                .bind("after", after)
                .bind("limit", limit)
                .map(Readers.EVENT)
                .list());
  }

  @Override
  public Optional<StoredContact> contactById(String tenant, String id) {
    return reads.read(tx -> Contacts.byHostId(tx, tenant, List.of(id)).stream().findFirst());
  }

  @Override
  public List<StoredContact> contactsByAddress(String tenant, String normalized) {
    return reads.read(tx -> Contacts.byAddress(tx, tenant, List.of(normalized)));
  }

  @Override
  public List<StoredContact> contacts(Collection<Long> numbers) {
    Map<Long, StoredContact> byNumber = new HashMap<>();
    reads
        .read(tx -> tx.listed(Sql.CONTACTS, "ids", numbers, Readers.CONTACT))
        .forEach(contact -> byNumber.put(contact.number(), contact));
    return numbers.stream().filter(byNumber::containsKey).map(byNumber::get).toList();
  }

  @Override
  public List<Suppression> suppressions(String tenant, String afterTarget, int limit) {
    return reads.read(
        tx -> {
          List<Suppression> page =
              new ArrayList<>(
                  tx.query(Sql.SUPPRESSIONS_AFTER)
                      .bind("tenant", tenant)
                      .bind("after", Texts.clean(afterTarget))
                      .bind("limit", limit)
                      .map(Readers.SUPPRESSION)
                      .list());
          if (!page.isEmpty() && page.size() >= limit) {
            Suppression last = page.get(page.size() - 1);
            page.addAll(
                tx.query(Sql.SUPPRESSIONS_REST)
                    .bind("tenant", tenant)
                    .bind("target", last.target())
                    .bind("sequence", last.sequence())
                    .map(Readers.SUPPRESSION)
                    .list());
          }
          return page;
        });
  }

  @Override
  public List<Suppression> suppressionsOf(String tenant, String normalized) {
    String address = Texts.clean(normalized);
    String domain = Suppressions.domain(normalized);
    return reads.read(
        tx -> {
          List<Suppression> found = new ArrayList<>(Suppressions.of(tx, tenant, List.of(address)));
          if (!domain.equals(address)) {
            found.addAll(Suppressions.of(tx, tenant, List.of(domain)));
          }
          return found;
        });
  }

  @Override
  public Ledger ledger(LedgerKey key) {
    return reads.read(tx -> new Ledgers(tx).read(key));
  }

  @Override
  public Optional<Instant> nthNewest(int mailbox, int n) {
    return reads.read(tx -> new RollingCount(tx).nthNewest(mailbox, n));
  }

  @Override
  public List<StateCount> states(int sequence) {
    return reads.read(
        tx ->
            tx.query(Sql.STATES)
                .bind("sequence", sequence)
                .map(
                    (row, context) ->
                        new StateCount(
                            new State(
                                Codes.status(row.getString(1)),
                                Codes.phase(row.getString(2)),
                                Codes.ending(row.getString(3)),
                                ""),
                            row.getLong(4)))
                .list());
  }

  @Override
  public List<OutcomeCount> outcomes(int sequence) {
    return reads.read(
        tx ->
            tx.query(Sql.OUTCOMES)
                .bind("sequence", sequence)
                .map(
                    (row, context) ->
                        new OutcomeCount(
                            row.getInt(1), Codes.delivery(row.getString(2)), row.getLong(3)))
                .list());
  }

  @Override
  public List<LaneHead> heads() {
    return reads.read(
        tx ->
            tx
                .heads(tx.query(Sql.ALL_HEADS), true)
                .bind("now", Millis.of(now.get()))
                .map(LaneMerge.SOURCE)
                .stream()
                .flatMap(Optional::stream)
                .map(lane -> new LaneHead(lane.lane(), lane.head()))
                .toList());
  }

  @Override
  public List<Work> firstOf(Lane lane, int limit) {
    return reads.read(
        tx -> {
          Optional<Long> number = Lanes.find(tx, lane);
          return number.isEmpty()
              ? List.of()
              : tx.query(Sql.FIRST_OF_LANE)
                  .bind("lane", number.get())
                  .bind("now", Millis.of(now.get()))
                  .bind("limit", limit)
                  .map(Readers.WORK)
                  .list();
        });
  }

  @Override
  public int inFlight(EnrollmentFilter filter) {
    Filter conditions = new Filter().origin(filter).state(filter);
    return reads.read(
        tx ->
            conditions.bind(tx.query(Sql.IN_FLIGHT, conditions.text())).mapTo(Integer.class).one());
  }
}
