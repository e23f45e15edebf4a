package dev.sequencer.jdbc.internal;

/**
 * Every statement of the calls, each with what it guarantees. {@code sequencer_} is the prefix of
 * the tables, <code>{name}</code> the elements of the list parameter {@code :name}; a dialect may
 * have another wording for one.
 */
public enum Sql {
  /** What was made once with the store. */
  STORE_IDENTITY(
      """
      select message_key from sequencer_store
      """),

  /** How far the store is. */
  STORE_PROGRESS(
      """
      select timeline, definitions, newest_begun from sequencer_store
      """),

  /** The newest begin only moves forward. */
  STORE_BEGUN(
      """
      update sequencer_store set newest_begun = :now
      where newest_begun is null or newest_begun < :now
      """),

  /** Whoever decided by older definitions is refused by begin from this commit on. */
  STORE_DEFINITIONS(
      """
      update sequencer_store set definitions = definitions + 1
      """),

  /** Takes the write lock of a host's transaction before anything is read in it. */
  STORE_TOUCH(
      """
      update sequencer_store set definitions = definitions
      """),

  DOCUMENTS(
      Columns.DOCUMENT
          + """
      where kind = :kind order by id
      """),

  DOCUMENT_BY_ID(
      Columns.DOCUMENT
          + """
      where id = :id
      """),

  DOCUMENT_BY_NAME(
      Columns.DOCUMENT
          + """
      where kind = :kind and tenant = :tenant and name = :name
      """),

  /** A name is given once; whoever comes second makes nothing and uses up no number. */
  DOCUMENT_INSERT(
      """
      insert into sequencer_document (kind, tenant, name, revision, body)
      select :kind, :tenant, :name, 1, :body
      where not exists (select 1 from sequencer_document
        where kind = :kind and tenant = :tenant and name = :name)
      on conflict (kind, tenant, name) do nothing
      """),

  /** Compare-and-set: saved only over the revision that the caller saw. */
  DOCUMENT_UPDATE(
      """
      update sequencer_document set revision = revision + 1, body = :body
      where kind = :kind and tenant = :tenant and name = :name and revision = :revision
      """),

  NUMBER(
      """
      select last from sequencer_number where name = :name
      """),

  NUMBER_KEEP(
      """
      update sequencer_number set last = :last where name = :name
      """),

  LANES_BY_NAME(
      """
      select name, id from sequencer_lane where name in {names}
      """),

  LANE_INSERT(
      """
      insert into sequencer_lane (name, owner, sequence, calendar, priority, bound)
      values (:name, :owner, :sequence, :calendar, :priority, :bound)
      on conflict (name) do nothing
      """),

  OWNER_INSERT(
      """
      insert into sequencer_owner (id, wake_at) values (:id, :far)
      on conflict (id) do nothing
      """),

  /** A wake-up is only ever lowered here, so none is lost. */
  OWNER_LOWER(
      """
      update sequencer_owner set wake_at = :at where id = :id and wake_at > :at
      """),

  OWNERS_LOWER(
      """
      update sequencer_owner set wake_at = :at where wake_at > :at
      """),

  /** Owners whose wake-up has come. */
  OWNERS_AWAKE(
      """
      select id from sequencer_owner where wake_at <= :now order by wake_at, id limit :limit
      """),

  OWNERS_OLDEST(
      """
      select id from sequencer_owner order by wake_at, id limit :limit
      """),

  /** Only a claim raises a wake-up, and only of owners that it has just looked at. */
  OWNER_NEXT(
      """
      update sequencer_owner set wake_at = :at where id = :id
      """),

  /** The earliest wake-up of an owner or end of a claim. */
  NEXT_WAKE(
      """
      select min(at) from (select min(wake_at) as at from sequencer_owner
        union all select min(until) from sequencer_claim) as wakes
      """),

  /** Lanes of owners with their first row that nobody holds: a look at the index for each lane. */
  HEADS(
      Columns.HEAD
          + """
      where l.owner in {owners}
      order by l.owner, l.priority, l.bound desc, l.id
      """),

  /** The same for some lanes, after rows of them were taken. */
  HEADS_OF_LANES(
      Columns.HEAD
          + """
      where l.id in {lanes}
      """),

  /**
   * The next rows of a lane behind a row, in order; reads no more than it gives and skips held
   * ones. Its values go by place, for it is prepared once and asked for many lanes: lane, due, now,
   * due, enrollment, now, limit.
   */
  LANE_ROWS(
      """
      select w.due, w.enrollment from sequencer_work w
      where w.lane = ? and w.status = 'A' and w.phase = 'W'
        and w.due >= ? and w.due <= ?
        and (w.due > ? or w.enrollment > ?)
        and not exists (select 1 from sequencer_claim c
          where c.enrollment = w.enrollment and c.until > ?)
      order by w.due, w.enrollment limit ?
      """),

  /** The first rows of a lane that nobody holds, due or not. */
  FIRST_OF_LANE(
      Columns.WORK
          + """
      from sequencer_work w cross join sequencer_enrollment e cross join sequencer_lane l
      where w.lane = :lane and w.status = 'A' and w.phase = 'W'
        and e.id = w.enrollment and l.id = w.lane
        and not exists (select 1 from sequencer_claim c
          where c.enrollment = w.enrollment and c.until > :now)
      order by w.due, w.enrollment limit :limit
      """),

  /** A claim writes nothing but that it is one and how long. */
  CLAIM(
      """
      insert into sequencer_claim (enrollment, until)
      select value, :until from {ids} where true
      on conflict (enrollment) do update set until = excluded.until
      """),

  /** Whatever changes a row ends the claim on it. */
  UNCLAIM(
      """
      delete from sequencer_claim where enrollment in {ids}
      """),

  /** Ends the claims whose time is over and says of which rows. */
  EXPIRE(
      """
      delete from sequencer_claim where until <= :now returning enrollment
      """),

  /** The earliest due of each owner among rows that may be claimed, for its wake-up. */
  WAKES(
      """
      select l.owner, min(w.due) from sequencer_work w join sequencer_lane l on l.id = w.lane
      where w.enrollment in {ids} and w.status = 'A' and w.phase = 'W' group by l.owner
      """),

  /** Gives back a claim, if it is still the one that the caller was given. */
  RELEASE(
      """
      delete from sequencer_claim where enrollment = :enrollment and until = :until
      """),

  /** Moving rows by number; a cross join is one in the order in which it is written. */
  WORKS(
      Columns.WORK
          + """
      from sequencer_work w cross join sequencer_enrollment e cross join sequencer_lane l
      where w.enrollment in {ids} and e.id = w.enrollment and l.id = w.lane
      """),

  /** Moving rows with the rest that decisions read, but for deliveries. */
  SUBJECTS(
      Columns.WORK
          + """
      , e.data, c.id, c.tenant, c.host_id, c.address, c.normalized, c.zone, c.locale, c.attributes
      from sequencer_work w cross join sequencer_enrollment e cross join sequencer_lane l
        cross join sequencer_contact c
      where w.enrollment in {ids} and e.id = w.enrollment and l.id = w.lane and c.id = e.contact
      """),

  /** What tells whether moving rows are as a caller saw them; locked where several write. */
  WORKS_TO_BEGIN(
      """
      select enrollment, rev, attempt, status, phase from sequencer_work where enrollment in {ids}
      """),

  /** The same whose deadline has passed. */
  UNDECIDED(
      Columns.WORK
          + """
      from sequencer_work w cross join sequencer_enrollment e cross join sequencer_lane l
      where e.id = w.enrollment and l.id = w.lane and w.phase = 'S' and w.decide_at < :before
      order by w.decide_at, w.enrollment limit :limit
      """),

  WORK_INSERT(
      """
      insert into sequencer_work (enrollment, rev, lane, due, status, phase, step, after_step,
        base_at, attempt, tries, strikes, mailbox, begun_at, not_after, decide_at, message_id,
        stage_reference, ending, reason)
      values (:enrollment, :rev, :lane, :due, :status, :phase, :step, :after,
        :baseAt, :attempt, :tries, :strikes, :mailbox, :begunAt, :notAfter, :decideAt, :messageId,
        :stageReference, :ending, :reason)
      """),

  /**
   * Of the writes of a moving row, all compare-and-set, the one that carries what a begin changes.
   */
  WORK_BEGIN(
      """
      update sequencer_work set lane = :lane, phase = :phase, attempt = :attempt,
        mailbox = :mailbox, begun_at = :begunAt, not_after = :notAfter, decide_at = :decideAt,
        message_id = :messageId, stage_reference = :stageReference
      where enrollment = :enrollment and rev = :seenRev and attempt = :seenAttempt
        and phase = :seenPhase
      """),

  /** The one that carries all but what a begin alone changes. */
  WORK_MOVE(
      """
      update sequencer_work set rev = :rev, lane = :lane, due = :due, status = :status,
        phase = :phase, step = :step, after_step = :after, base_at = :baseAt, tries = :tries,
        strikes = :strikes, mailbox = :mailbox, stage_reference = :stageReference,
        ending = :ending, reason = :reason
      where enrollment = :enrollment and rev = :seenRev and attempt = :seenAttempt
        and phase = :seenPhase
      """),

  /** The one that carries everything. */
  WORK_UPDATE(
      """
      update sequencer_work set rev = :rev, lane = :lane, due = :due, status = :status,
        phase = :phase, step = :step, after_step = :after, base_at = :baseAt,
        attempt = :attempt, tries = :tries, strikes = :strikes, mailbox = :mailbox,
        begun_at = :begunAt, not_after = :notAfter, decide_at = :decideAt,
        message_id = :messageId, stage_reference = :stageReference, ending = :ending,
        reason = :reason
      where enrollment = :enrollment and rev = :seenRev and attempt = :seenAttempt
        and phase = :seenPhase
      """),

  /** Moves an enrollment to another version of its sequence. */
  ENROLLMENT_VERSION(
      """
      update sequencer_enrollment set version = :version where id = :enrollment
      """),

  /** What was prepared for an old address or zone does not begin. */
  WORK_OUTDATE(
      """
      update sequencer_work set rev = rev + :by
      where enrollment in {ids} and status <> 'E'
      """),

  ENROLLMENT_INSERT(
      """
      insert into sequencer_enrollment
        (id, tenant, sequence, version, contact, run, keyed, enrolled_at, data)
      values (:id, :tenant, :sequence, :version, :contact, :run, :keyed, :enrolledAt, :data)
      """),

  /** All runs of contacts in one sequence. */
  RUNS_OF_CONTACTS(
      """
      select e.contact, e.run, e.id, w.status from sequencer_enrollment e
      join sequencer_work w on w.enrollment = e.id
      where e.contact in {contacts} and e.sequence = :sequence
      """),

  /** The runs of one sequence that have one of some keys, whoever they are. */
  RUNS_BY_KEY(
      """
      select 0, e.run, e.id, w.status from sequencer_enrollment e
      join sequencer_work w on w.enrollment = e.id
      where e.keyed = 1 and e.sequence = :sequence and e.run in {runs}
      """),

  ENROLLMENTS_OF_CONTACTS(
      """
      select e.id from sequencer_enrollment e join sequencer_work w on w.enrollment = e.id
      where e.contact in {contacts} and w.status <> 'E' order by e.id
      """),

  ENROLLMENTS_OF_SEQUENCE(
      """
      select e.id from sequencer_enrollment e join sequencer_work w on w.enrollment = e.id
      where e.sequence = :sequence and e.tenant = :tenant and e.id > :after and w.status <> 'E'
      order by e.id limit :limit
      """),

  ENROLLMENTS_OF_MAILBOX(
      """
      select w.enrollment from sequencer_work w
      join sequencer_enrollment e on e.id = w.enrollment
      where w.enrollment > :after and w.status <> 'E' and e.tenant = :tenant
        and (w.mailbox = :mailbox
          or w.lane in (select id from sequencer_lane where owner = :mailbox))
      order by w.enrollment limit :limit
      """),

  CONTACTS(
      Columns.CONTACT
          + """
      where id in {ids} order by id
      """),

  CONTACTS_BY_HOST_ID(
      Columns.CONTACT
          + """
      where tenant = :tenant and host_id in {keys} order by id
      """),

  CONTACTS_BY_ADDRESS(
      Columns.CONTACT
          + """
      where tenant = :tenant and normalized in {keys} order by id
      """),

  CONTACT_INSERT(
      """
      insert into sequencer_contact
        (id, tenant, host_id, address, normalized, zone, locale, attributes)
      values (:id, :tenant, :hostId, :address, :normalized, :zone, :locale, :attributes)
      """),

  CONTACT_UPDATE(
      """
      update sequencer_contact set host_id = :hostId, address = :address,
        normalized = :normalized, zone = :zone, locale = :locale, attributes = :attributes
      where id = :id
      """),

  SUPPRESSIONS(
      Columns.SUPPRESSION
          + """
      where tenant = :tenant and target in {targets} order by target, sequence
      """),

  /** Replaced only by one that blocks more. */
  SUPPRESS(
      """
      insert into sequencer_suppression (tenant, target, sequence, blocks, reason, at)
      values (:tenant, :target, :sequence, :blocks, :reason, :at)
      on conflict (tenant, target, sequence) do update
        set blocks = excluded.blocks, reason = excluded.reason, at = excluded.at
        where sequencer_suppression.blocks = 'M' and excluded.blocks = 'A'
      """),

  UNSUPPRESS(
      """
      delete from sequencer_suppression
      where tenant = :tenant and target = :target and sequence = :sequence
      """),

  /** A second act with the same key inserts nothing. */
  ACT(
      """
      insert into sequencer_act (tenant, key, at) values (:tenant, :key, :at)
      on conflict (tenant, key) do nothing
      """),

  EVENT(
      """
      insert into sequencer_event (tenant, at, enrollment, step, kind, detail)
      values (:tenant, :at, :enrollment, :step, :kind, :detail)
      """),

  DELIVERIES(
      Columns.DELIVERY
          + """
      from sequencer_delivery d where d.key in {keys}
      """),

  DELIVERIES_OF(
      Columns.DELIVERY
          + """
      from {ids} i cross join sequencer_delivery d
      where d.key between i.value * 65536 and i.value * 65536 + 65535 order by d.key
      """),

  /** An outcome is replaced only when it is in doubt or of a smaller attempt. */
  DELIVERY(
      """
      insert into sequencer_delivery (key, enrollment, step, status, attempt, mailbox, at,
        begun_at, left_at, requested, actual, provider, thread, detail)
      values (:key, :enrollment, :step, :status, :attempt, :mailbox, :at,
        :begunAt, :leftAt, :requested, :actual, :provider, :thread, :detail)
      on conflict (key) do update set status = excluded.status, attempt = excluded.attempt,
        mailbox = excluded.mailbox, at = excluded.at, begun_at = excluded.begun_at,
        left_at = excluded.left_at, requested = excluded.requested, actual = excluded.actual,
        provider = excluded.provider, thread = excluded.thread, detail = excluded.detail
        where sequencer_delivery.status = 'D' or sequencer_delivery.attempt < excluded.attempt
      """),

  /** A step that is tried again loses its outcome, unless its mail was sent or may have been. */
  DELIVERY_REVIVE(
      """
      delete from sequencer_delivery where key = :key and status in ('F', 'K')
      """),

  /** A mail that left or may have, and was sent again. */
  DEPARTURE(
      """
      insert into sequencer_departure (mailbox, at, key, attempt)
      values (:mailbox, :at, :key, :attempt) on conflict do nothing
      """),

  /** Mails that were sent again and that no rolling quota looks back to. */
  DEPARTURES_OVER(
      """
      delete from sequencer_departure where mailbox = :mailbox and at < :before
      """),

  LEDGERS(
      Columns.LEDGER
          + """
      where kind = :kind and id in {ids}
      """),

  /** Makes a ledger, unless somebody else has. */
  LEDGER_MAKE(
      """
      insert into sequencer_ledger (kind, id, day, day_used, hour, hour_used, last_begun, last_left,
        in_flight_until, rest_since, rest_until, rest_reason, rest_level, ramp_days, ramp_last,
        full_until)
      values (:kind, :id, :day, :dayUsed, :hour, :hourUsed, :lastBegun, :lastLeft,
        :inFlightUntil, :restSince, :restUntil, :restReason, :restLevel, :rampDays, :rampLast,
        :fullUntil)
      on conflict (kind, id) do nothing
      """),

  LEDGER(
      """
      insert into sequencer_ledger (kind, id, day, day_used, hour, hour_used, last_begun, last_left,
        in_flight_until, rest_since, rest_until, rest_reason, rest_level, ramp_days, ramp_last,
        full_until)
      values (:kind, :id, :day, :dayUsed, :hour, :hourUsed, :lastBegun, :lastLeft,
        :inFlightUntil, :restSince, :restUntil, :restReason, :restLevel, :rampDays, :rampLast,
        :fullUntil)
      on conflict (kind, id) do update set day = excluded.day, day_used = excluded.day_used,
        hour = excluded.hour, hour_used = excluded.hour_used, last_begun = excluded.last_begun,
        last_left = excluded.last_left, in_flight_until = excluded.in_flight_until,
        rest_since = excluded.rest_since, rest_until = excluded.rest_until,
        rest_reason = excluded.rest_reason, rest_level = excluded.rest_level,
        ramp_days = excluded.ramp_days, ramp_last = excluded.ramp_last,
        full_until = excluded.full_until
      """),

  /** Attempts in flight of a mailbox, by the index of those in flight. */
  IN_FLIGHT_OF(
      """
      select begun_at from sequencer_work
      where phase = 'S' and mailbox = :mailbox order by begun_at desc
      """),

  /** Mails of a mailbox that count, the newest first. */
  COUNTED(
      """
      select coalesce(left_at, begun_at) from sequencer_delivery
      where mailbox = :mailbox and status in ('S', 'D') and coalesce(left_at, begun_at) is not null
      union all
      select at from sequencer_departure where mailbox = :mailbox
      order by 1 desc limit :limit offset :offset
      """),

  /** All attempts in flight, to which the conditions of a view are added. */
  IN_FLIGHT(
      """
      select count(*) from sequencer_work w
      join sequencer_enrollment e on e.id = w.enrollment
      where w.phase = 'S'
      """),

  DELIVERY_BY_ACTUAL(
      Columns.DELIVERY
          + """
      from sequencer_delivery d where d.actual = :id collate nocase
      order by d.key desc limit 1
      """),

  EVENTS(
      Columns.EVENT
          + """
      where tenant = :tenant and position > :after order by position limit :limit
      """),

  EVENTS_OF_ENROLLMENT(
      Columns.EVENT
          + """
      where enrollment = :enrollment and tenant = :tenant and position > :after
      order by position limit :limit
      """),

  /** Lines in the order of their commits, which with one writer is that of their positions. */
  FOLLOW(
      Columns.EVENT
          + """
      where position > :after order by position limit :limit
      """),

  SUPPRESSIONS_AFTER(
      Columns.SUPPRESSION
          + """
      where tenant = :tenant and target > :after order by target, sequence limit :limit
      """),

  /** What is left of the target at which a page was cut. */
  SUPPRESSIONS_REST(
      Columns.SUPPRESSION
          + """
      where tenant = :tenant and target = :target and sequence > :sequence order by sequence
      """),

  ALL_HEADS(
      Columns.HEAD
          + """
      order by l.id
      """),

  STATES(
      """
      select w.status, w.phase, w.ending, count(*) from sequencer_enrollment e
      join sequencer_work w on w.enrollment = e.id
      where e.sequence = :sequence
      group by w.status, w.phase, w.ending order by w.status, w.phase, w.ending
      """),

  OUTCOMES(
      """
      select d.step, d.status, count(*)
      from sequencer_enrollment e cross join sequencer_delivery d
      where e.sequence = :sequence and d.key between e.id * 65536 and e.id * 65536 + 65535
      group by d.step, d.status order by d.step, d.status
      """);

  private final String text;

  Sql(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
