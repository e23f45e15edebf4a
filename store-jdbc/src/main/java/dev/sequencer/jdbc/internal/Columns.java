package dev.sequencer.jdbc.internal;

/** What the readers of {@link Readers} read, in their order. */
public final class Columns {
  /** A moving row with its lane and origin. */
  public static final String WORK =
      """
      select w.enrollment, w.rev, w.due, w.status, w.phase, w.step, w.after_step, w.base_at,
        w.attempt, w.tries, w.strikes, w.mailbox, w.begun_at, w.not_after, w.decide_at,
        w.message_id, w.stage_reference, w.ending, w.reason,
        l.owner, l.sequence, l.calendar, l.priority, l.bound,
        e.tenant, e.sequence, e.version, e.contact, e.run, e.enrolled_at
      """;

  public static final String DELIVERY =
      """
      select d.enrollment, d.step, d.status, d.attempt, d.mailbox, d.at, d.begun_at, d.left_at,
        d.requested, d.actual, d.provider, d.thread, d.detail
      """;

  public static final String CONTACT =
      """
      select id, tenant, host_id, address, normalized, zone, locale, attributes
      from sequencer_contact
      """;

  public static final String DOCUMENT =
      """
      select kind, tenant, name, id, revision, body from sequencer_document
      """;

  public static final String SUPPRESSION =
      """
      select tenant, target, sequence, blocks, reason, at from sequencer_suppression
      """;

  public static final String LEDGER =
      """
      select kind, id, day, day_used, hour, hour_used, last_begun, last_left, in_flight_until,
        rest_since, rest_until, rest_reason, rest_level, ramp_days, ramp_last, full_until
      from sequencer_ledger
      """;

  public static final String EVENT =
      """
      select position, tenant, at, enrollment, step, kind, detail from sequencer_event
      """;

  /** A lane with its first row that nobody holds: one look at the index of lanes. */
  public static final String HEAD =
      """
      select l.id, l.owner, l.sequence, l.calendar, l.priority, l.bound,
        (select w.due from sequencer_work w
         where w.lane = l.id and w.status = 'A' and w.phase = 'W'
           and not exists (select 1 from sequencer_claim c
             where c.enrollment = w.enrollment and c.until > :now)
         order by w.due limit 1) as head, 0 as floor
      from sequencer_lane l
      """;

  private Columns() {}
}
