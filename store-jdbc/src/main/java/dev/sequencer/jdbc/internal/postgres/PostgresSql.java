package dev.sequencer.jdbc.internal.postgres;

import dev.sequencer.jdbc.internal.Columns;
import dev.sequencer.jdbc.internal.Sql;
import java.util.EnumMap;
import java.util.Map;

/**
 * The statements that PostgreSQL words in its own way: rows go as sets, claims end with the
 * revision that they were made in, and attempts in flight have a table of their own.
 */
final class PostgresSql {
  /**
   * A lane with its first row that nobody holds: one look at the index of lanes, past the entries
   * of rows that have left it and that an old snapshot keeps there (KERNEL 3.1). Whoever puts a row
   * below the floor lowers the wake-up of the owner to its due.
   */
  static final String HEAD =
      """
      select l.id, l.owner, l.sequence, l.calendar, l.priority, l.bound,
        (select w.due from sequencer_work w
         where w.lane = l.id and w.status = 'A' and w.phase = 'W'
           and w.due >= case when :all then -9223372036854775808
             else least(l.floor, o.wake_at) end
           and not exists (select 1 from sequencer_claim c
             where c.enrollment = w.enrollment and c.until > :now and c.rev = w.rev)
         order by w.due limit 1) as head, l.floor
      from sequencer_lane l join sequencer_owner o on o.id = l.owner
      """;

  private static final String WORK_ROWS =
      """
      {rows enrollment bigint, rev bigint, lane bigint, due bigint, status text, phase text,
        step bigint, after bigint, baseAt bigint, ending text, reason text, tries bigint,
        strikes bigint, mailbox bigint, stageReference text, attempt bigint, begunAt bigint,
        notAfter bigint, decideAt bigint, messageId text""";

  private static final String LEDGER_INSERT =
      """
      insert into sequencer_ledger as l (kind, id, day, day_used, hour, hour_used, last_begun,
        last_left, in_flight_until, rest_since, rest_until, rest_reason, rest_level, ramp_days,
        ramp_last, full_until)
      select kind, id, day, dayUsed, hour, hourUsed, lastBegun, lastLeft, inFlightUntil, restSince,
        restUntil, restReason, restLevel, rampDays, rampLast, fullUntil
      from {rows kind text, id bigint, day text, dayUsed bigint, hour text, hourUsed bigint,
        lastBegun bigint, lastLeft bigint, inFlightUntil bigint, restSince bigint,
        restUntil bigint, restReason text, restLevel bigint, rampDays bigint, rampLast text,
        fullUntil bigint} order by kind, id
      """;

  private static final String SUPPRESSION =
      """
      select distinct on (target, sequence) tenant, target, sequence, blocks, reason, at
      from sequencer_suppression
      """;

  private static final String SUPPRESSION_ORDER = " order by target, sequence, blocks, draft";

  private PostgresSql() {}

  /**
   * Gives the statements.
   *
   * @param shard the row in which this engine keeps its newest begin
   * @param walTimeline whether the database tells its timeline
   */
  static Map<Sql, String> own(int shard, boolean walTimeline) {
    Map<Sql, String> own = new EnumMap<>(Sql.class);
    store(own, shard, walTimeline);
    owners(own);
    claims(own);
    rows(own);
    people(own);
    outcomes(own);
    own.put(Sql.LEDGER_MAKE, LEDGER_INSERT + " on conflict (kind, id) do nothing");
    own.put(
        Sql.LEDGER,
        LEDGER_INSERT
            + """
            on conflict (kind, id) do update set day = excluded.day, day_used = excluded.day_used,
              hour = excluded.hour, hour_used = excluded.hour_used,
              last_begun = excluded.last_begun, last_left = excluded.last_left,
              in_flight_until = excluded.in_flight_until, rest_since = excluded.rest_since,
              rest_until = excluded.rest_until, rest_reason = excluded.rest_reason,
              rest_level = excluded.rest_level, ramp_days = excluded.ramp_days,
              ramp_last = excluded.ramp_last, full_until = excluded.full_until
            """);
    return own;
  }

  private static void store(Map<Sql, String> own, int shard, boolean walTimeline) {
    String timeline =
        walTimeline
            ? """
              || case when pg_is_in_recovery() then ''
                else '/' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) end
              """
            : "";
    own.put(
        Sql.STORE_PROGRESS,
        "select timeline "
            + timeline
            + ", definitions, (select max(at) from sequencer_begun) from sequencer_store");
    own.put(
        Sql.STORE_BEGUN,
        "insert into sequencer_begun as b (shard, at) values ("
            + shard
            + ", :now) on conflict (shard) do update set at = excluded.at where b.at < excluded.at");
  }

  private static void owners(Map<Sql, String> own) {
    own.put(
        Sql.LANE_INSERT,
        """
        insert into sequencer_lane (name, owner, sequence, calendar, priority, bound)
        select name, owner, sequence, calendar, priority, bound
        from {rows name text, owner bigint, sequence bigint, calendar text, priority bigint,
          bound bigint}
        order by name on conflict (name) do nothing
        """);
    own.put(
        Sql.OWNER_INSERT,
        """
        insert into sequencer_owner (id, wake_at)
        select id, far from {rows id bigint, far bigint} order by id on conflict (id) do nothing
        """);
    own.put(
        Sql.OWNERS_AWAKE,
        """
        select id from sequencer_owner where wake_at <= :now order by wake_at, id limit :limit
        for update skip locked
        """);
    own.put(
        Sql.OWNERS_OLDEST,
        """
        select id from sequencer_owner order by wake_at, id limit :limit for update skip locked
        """);
    // Without a condition on wake_at: a claim that is about to raise it is waited for, not missed.
    own.put(
        Sql.OWNER_LOWER,
        """
        update sequencer_owner o set wake_at = least(o.wake_at, r.at)
        from {rows id bigint, at bigint}
        where o.id = r.id and set_config('synchronous_commit', 'off', true) = 'off'
        """);
    own.put(
        Sql.OWNERS_LOWER,
        """
        update sequencer_owner o set wake_at = least(o.wake_at, :at)
        from (select id from sequencer_owner order by id for update) locked where o.id = locked.id
        """);
    own.put(
        Sql.OWNER_NEXT,
        """
        update sequencer_owner o set wake_at = r.at from {rows id bigint, at bigint}
        where o.id = r.id and o.wake_at <> r.at
        """);
    own.put(Sql.HEADS, HEAD + " where l.owner in {owners}");
    own.put(Sql.HEADS_OF_LANES, HEAD + " where l.id in {lanes}");
    own.put(Sql.ALL_HEADS, HEAD + " order by l.id");
  }

  private static void claims(Map<Sql, String> own) {
    own.put(
        Sql.LANE_ROWS,
        """
        select w.due, w.enrollment, w.rev from sequencer_work w
        where w.lane = ? and w.status = 'A' and w.phase = 'W'
          and w.due >= ? and w.due <= ? and (w.due, w.enrollment) > (?, ?)
          and not exists (select 1 from sequencer_claim c
            where c.enrollment = w.enrollment and c.until > ? and c.rev = w.rev)
        order by w.due, w.enrollment limit ?
        """);
    own.put(
        Sql.FIRST_OF_LANE,
        Columns.WORK
            + """
            from sequencer_work w
            join sequencer_enrollment e on e.id = w.enrollment
            join sequencer_lane l on l.id = w.lane
            where w.lane = :lane and w.status = 'A' and w.phase = 'W'
              and not exists (select 1 from sequencer_claim c
                where c.enrollment = w.enrollment and c.until > :now and c.rev = w.rev)
            order by w.due, w.enrollment limit :limit
            """);
    own.put(
        Sql.CLAIM,
        """
        insert into sequencer_claim (enrollment, until, rev)
        select enrollment, until, rev from {rows enrollment bigint, until bigint, rev bigint}
        order by enrollment
        on conflict (enrollment) do update set until = excluded.until, rev = excluded.rev
        """);
    own.put(
        Sql.EXPIRE,
        """
        delete from sequencer_claim where enrollment in (
          select enrollment from sequencer_claim where until <= :now for update skip locked)
        returning enrollment
        """);
    own.put(
        Sql.RELEASE,
        """
        delete from sequencer_claim c using {rows enrollment bigint, until bigint}
        where c.enrollment = r.enrollment and c.until = r.until returning c.enrollment
        """);
    own.put(
        Sql.UNDECIDED,
        Columns.WORK
            + """
            from sequencer_flight f
            join sequencer_work w on w.enrollment = f.enrollment
            join sequencer_enrollment e on e.id = w.enrollment
            join sequencer_lane l on l.id = w.lane
            where f.decide_at < :before and w.phase = 'S' and w.decide_at < :before
            order by w.decide_at, w.enrollment limit :limit
            """);
    own.put(
        Sql.IN_FLIGHT_OF,
        """
        select begun_at from sequencer_flight where mailbox = :mailbox order by begun_at desc
        """);
    own.put(
        Sql.IN_FLIGHT,
        """
        select count(*) from sequencer_flight f
        join sequencer_work w on w.enrollment = f.enrollment
        join sequencer_enrollment e on e.id = w.enrollment
        where w.phase = 'S'
        """);
  }

  private static void rows(Map<Sql, String> own) {
    own.put(
        Sql.WORK_INSERT,
        """
        insert into sequencer_work (enrollment, rev, lane, due, status, phase, step, after_step,
          base_at, attempt, tries, strikes, mailbox, begun_at, not_after, decide_at, message_id,
          stage_reference, ending, reason)
        select enrollment, rev, lane, due, status, phase, step, after, baseAt, attempt, tries,
          strikes, mailbox, begunAt, notAfter, decideAt, messageId, stageReference, ending, reason
        from
        """
            + WORK_ROWS
            + "} order by n");
    own.put(
        Sql.WORK_BEGIN,
        """
        update sequencer_work w set lane = r.lane, phase = r.phase, attempt = r.attempt,
          mailbox = r.mailbox, begun_at = r.begunAt, not_after = r.notAfter,
          decide_at = r.decideAt, message_id = r.messageId, stage_reference = r.stageReference
        from {rows enrollment bigint, lane bigint, phase text, mailbox bigint, stageReference text,
          attempt bigint, begunAt bigint, notAfter bigint, decideAt bigint, messageId text,
          seenRev bigint, seenAttempt bigint, seenPhase text}
        where w.enrollment = r.enrollment and w.rev = r.seenRev and w.attempt = r.seenAttempt
          and w.phase = r.seenPhase
        """);
    own.put(
        Sql.WORK_MOVE,
        """
        update sequencer_work w set rev = r.rev, lane = r.lane, due = r.due, status = r.status,
          phase = r.phase, step = r.step, after_step = r.after, base_at = r.baseAt,
          tries = r.tries, strikes = r.strikes, mailbox = r.mailbox,
          stage_reference = r.stageReference, ending = r.ending, reason = r.reason
        from {rows enrollment bigint, rev bigint, lane bigint, due bigint, status text, phase text,
          step bigint, after bigint, baseAt bigint, ending text, reason text, tries bigint,
          strikes bigint, mailbox bigint, stageReference text, seenRev bigint, seenAttempt bigint,
          seenPhase text}
        where w.enrollment = r.enrollment and w.rev = r.seenRev and w.attempt = r.seenAttempt
          and w.phase = r.seenPhase
        """);
    own.put(
        Sql.WORK_UPDATE,
        """
        update sequencer_work w set rev = r.rev, lane = r.lane, due = r.due, status = r.status,
          phase = r.phase, step = r.step, after_step = r.after, base_at = r.baseAt,
          attempt = r.attempt, tries = r.tries, strikes = r.strikes, mailbox = r.mailbox,
          begun_at = r.begunAt, not_after = r.notAfter, decide_at = r.decideAt,
          message_id = r.messageId, stage_reference = r.stageReference, ending = r.ending,
          reason = r.reason
        from
        """
            + WORK_ROWS
            + """
            , seenRev bigint, seenAttempt bigint, seenPhase text}
            where w.enrollment = r.enrollment and w.rev = r.seenRev and w.attempt = r.seenAttempt
              and w.phase = r.seenPhase
            """);
    own.put(
        Sql.ENROLLMENT_VERSION,
        """
        update sequencer_enrollment e set version = r.version
        from {rows enrollment bigint, version bigint} where e.id = r.enrollment
        """);
    own.put(
        Sql.ENROLLMENT_INSERT,
        """
        insert into sequencer_enrollment
          (id, tenant, sequence, version, contact, run, keyed, enrolled_at, data)
        select id, tenant, sequence, version, contact, run, keyed, enrolledAt, data
        from {rows id bigint, tenant text, sequence bigint, version bigint, contact bigint,
          run text, keyed bigint, enrolledAt bigint, data text}
        order by contact, sequence, run on conflict do nothing
        """);
    own.put(
        Sql.EVENT,
        """
        insert into sequencer_event (tenant, at, enrollment, step, kind, detail)
        select tenant, at, enrollment, step, kind, detail
        from {rows tenant text, at bigint, enrollment bigint, step bigint, kind text, detail text}
        order by n
        """);
  }

  private static void people(Map<Sql, String> own) {
    own.put(
        Sql.CONTACTS_BY_ADDRESS,
        Columns.CONTACT
            + " where tenant = :tenant and normalized in {keys} and host_id is null union all "
            + Columns.CONTACT
            + " where tenant = :tenant and normalized in {keys} and host_id is not null order by id");
    own.put(
        Sql.CONTACT_INSERT,
        """
        insert into sequencer_contact
          (id, tenant, host_id, address, normalized, zone, locale, attributes)
        select id, tenant, hostId, address, normalized, zone, locale, attributes
        from {rows id bigint, tenant text, hostId text, address text, normalized text, zone text,
          locale text, attributes text}
        order by tenant, normalized, hostId on conflict do nothing
        """);
    own.put(
        Sql.CONTACT_UPDATE,
        """
        update sequencer_contact c set host_id = r.hostId, address = r.address,
          normalized = r.normalized, zone = r.zone, locale = r.locale, attributes = r.attributes
        from {rows id bigint, hostId text, address text, normalized text, zone text, locale text,
          attributes text}
        where c.id = r.id
        """);
    own.put(
        Sql.WORKS_TO_BEGIN,
        """
        select enrollment, rev, attempt, status, phase from sequencer_work where enrollment in {ids}
        order by enrollment for update skip locked
        """);
    own.put(
        Sql.SUPPRESS,
        """
        insert into sequencer_suppression as s (tenant, target, sequence, blocks, reason, at, draft)
        select distinct on (tenant, target, sequence) tenant, target, sequence, blocks, reason, at,
          0
        from {rows tenant text, target text, sequence bigint, blocks text, reason text, at bigint}
        order by tenant, target, sequence, blocks collate "C", n
        on conflict (tenant, target, sequence, draft) do update
          set blocks = excluded.blocks, reason = excluded.reason, at = excluded.at
          where s.blocks = 'M' and excluded.blocks = 'A'
        """);
    // The same target twice, as long as an entry of the inbox is not carried out, is told once.
    own.put(
        Sql.SUPPRESSIONS,
        SUPPRESSION + " where tenant = :tenant and target in {targets}" + SUPPRESSION_ORDER);
    own.put(
        Sql.SUPPRESSIONS_AFTER,
        SUPPRESSION
            + " where tenant = :tenant and target > :after"
            + SUPPRESSION_ORDER
            + " limit :limit");
    own.put(
        Sql.SUPPRESSIONS_REST,
        SUPPRESSION
            + " where tenant = :tenant and target = :target and sequence > :sequence"
            + SUPPRESSION_ORDER);
    own.put(
        Sql.UNSUPPRESS,
        """
        delete from sequencer_suppression s using {rows tenant text, target text, sequence bigint}
        where s.tenant = r.tenant and s.target = r.target and s.sequence = r.sequence
        """);
  }

  private static void outcomes(Map<Sql, String> own) {
    // The offset keeps the planner from reading all deliveries and looking for their enrollments.
    own.put(
        Sql.DELIVERIES_OF,
        """
        select d.* from {ids} i cross join lateral (
        """
            + Columns.DELIVERY
            + """
            from sequencer_delivery d
            where d.key between i.value * 65536 and i.value * 65536 + 65535 order by d.key offset 0
            ) d
            """);
    own.put(
        Sql.OUTCOMES,
        """
        select d.step, d.status, count(*)
        from sequencer_enrollment e cross join lateral (
          select step, status from sequencer_delivery
          where key between e.id * 65536 and e.id * 65536 + 65535 offset 0) d
        where e.sequence = :sequence
        group by d.step, d.status order by d.step, d.status
        """);
    own.put(
        Sql.DELIVERY,
        """
        insert into sequencer_delivery as d (key, enrollment, step, status, attempt, mailbox, at,
          begun_at, left_at, requested, actual, provider, thread, detail)
        select key, enrollment, step, status, attempt, mailbox, at, begunAt, leftAt, requested,
          actual, provider, thread, detail
        from {rows key bigint, enrollment bigint, step bigint, status text, attempt bigint,
          mailbox bigint, at bigint, begunAt bigint, leftAt bigint, requested text, actual text,
          provider text, thread text, detail text}
        order by key
        on conflict (key) do update set status = excluded.status, attempt = excluded.attempt,
          mailbox = excluded.mailbox, at = excluded.at, begun_at = excluded.begun_at,
          left_at = excluded.left_at, requested = excluded.requested, actual = excluded.actual,
          provider = excluded.provider, thread = excluded.thread, detail = excluded.detail
          where d.status = 'D' or d.attempt < excluded.attempt
        """);
    own.put(
        Sql.DELIVERY_REVIVE,
        """
        delete from sequencer_delivery d using {rows key bigint}
        where d.key = r.key and d.status in ('F', 'K')
        """);
    // What an older transaction may yet commit would come before: it is waited for (KERNEL K22).
    own.put(
        Sql.FOLLOW,
        Columns.EVENT
            + """
            where xid < pg_snapshot_xmin(pg_current_snapshot())
              and (xid, position) > (
                coalesce((select xid from sequencer_event where position = :after), '0'), :after)
            order by xid, position limit :limit
            """);
    own.put(
        Sql.DEPARTURE,
        """
        insert into sequencer_departure (mailbox, at, key, attempt)
        select mailbox, at, key, attempt
        from {rows mailbox bigint, at bigint, key bigint, attempt bigint}
        order by mailbox, at, key, attempt
        on conflict do nothing
        """);
    own.put(
        Sql.DELIVERY_BY_ACTUAL,
        Columns.DELIVERY
            + """
            from sequencer_delivery d where d.actual is not null and lower(d.actual) = lower(:id)
            order by d.key desc limit 1
            """);
  }
}
