-- The tables of one store in a PostgreSQL database. Instants are milliseconds since 1970-01-01T00:00:00Z, codes are
-- the letters beside them, JSON is opaque text. Texts are compared byte by byte, as in every store.

-- What the store knows about itself: one row.
create table sequencer_store (
  id          smallint primary key check (id = 1),
  message_key bytea    not null,
  timeline    text     not null,
  definitions bigint   not null
);

insert into sequencer_store values (1,
  substring(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')) from 1 for 16),
  replace(gen_random_uuid()::text, '-', ''), 0);

-- The newest begin, by which an engine notices a store that went back. Engines share it by shards, so that none waits
-- for another one's commit.
create table sequencer_begun (
  shard smallint primary key,
  at    bigint   not null
) with (fillfactor = 30);

-- Definitions, mailboxes, switches, nodes: saved by compare-and-set on revision.
create table sequencer_document (
  id       integer generated always as identity primary key,
  kind     text    not null collate "C",
  tenant   text    not null collate "C",
  name     text    not null collate "C",
  revision bigint  not null,
  body     text    not null,
  unique (kind, tenant, name)
);

-- Mailboxes, pools and (0) the control owner; wake_at is the earliest instant at which a claim can succeed.
create table sequencer_owner (
  id      integer primary key,
  wake_at bigint  not null
) with (fillfactor = 60);

create index @owner_wake on sequencer_owner (wake_at, id);

-- Wake-ups that transactions of the host leave, for the next claim to take along.
create table sequencer_wake (
  id    bigint  generated always as identity primary key,
  owner integer not null,
  at    bigint  not null
);

-- What decides together. name holds all of it, so that a lane is found by one look. floor: below this due no claim has
-- left a row; whoever puts one there lowers wake_at of the owner to its due.
create table sequencer_lane (
  id       bigint   generated always as identity primary key,
  name     text     not null unique collate "C",
  owner    integer  not null,
  sequence integer  not null,
  calendar text     not null collate "C",
  priority smallint not null,
  bound    smallint not null,
  floor    bigint   not null default 0
) with (fillfactor = 50);

create index @lane_owner on sequencer_lane (owner, priority, bound);

-- Capacity used. kind: M mailbox, Q sequence.
create table sequencer_ledger (
  kind            text    not null collate "C",
  id              integer not null,
  day             text    not null,
  day_used        integer not null,
  hour            text    not null,
  hour_used       integer not null,
  last_begun      bigint,
  last_left       bigint,
  in_flight_until bigint,
  rest_since      bigint,
  rest_until      bigint,
  rest_reason     text    not null,
  rest_level      integer not null,
  ramp_days       integer not null,
  ramp_last       text    not null,
  full_until      bigint,
  primary key (kind, id)
) with (fillfactor = 30);

create sequence sequencer_contact_number;
create sequence sequencer_enrollment_number;

create table sequencer_contact (
  id         bigint primary key,
  tenant     text   not null collate "C",
  host_id    text   collate "C",
  address    text   not null,
  normalized text   not null collate "C",
  zone       text,
  locale     text,
  attributes text   not null
);

-- The tenant comes last: led by it, a plan that was made for a small table would read all of a tenant.
create unique index @contact_host on sequencer_contact (host_id, tenant) where host_id is not null;
create unique index @contact_nameless on sequencer_contact (normalized, tenant) where host_id is null;
create index @contact_address on sequencer_contact (normalized, tenant) where host_id is not null;

-- Cold: who runs through what, with what data. keyed: 1 where the run key is unique in the sequence, whoever it is.
create table sequencer_enrollment (
  id          bigint   primary key,
  tenant      text     not null collate "C",
  sequence    integer  not null,
  version     integer  not null,
  contact     bigint   not null,
  run         text     not null collate "C",
  keyed       smallint not null,
  enrolled_at bigint   not null,
  data        text     not null
);

create unique index @enrollment_run on sequencer_enrollment (contact, sequence, run);
create unique index @enrollment_key on sequencer_enrollment (sequence, run) where keyed = 1;
create index @enrollment_sequence on sequencer_enrollment (sequence, id);

-- Hot: the row that moves. Two indexes and no more: every write of the row that is not heap-only feeds them. A begin
-- touches neither, for a row stays in the index of lanes while its mail is in flight.
-- status: A active, P paused, H held, E ended. phase: W waiting, S sending, D in doubt.
-- ending: C completed, S stopped, X cancelled, F failed.
create table sequencer_work (
  enrollment      bigint  primary key,
  rev             bigint  not null,
  lane            bigint  not null,
  due             bigint  not null,
  base_at         bigint  not null,
  begun_at        bigint,
  not_after       bigint,
  decide_at       bigint,
  step            integer not null,
  after_step      integer not null,
  attempt         integer not null,
  tries           integer not null,
  strikes         integer not null,
  mailbox         integer not null,
  status          text    not null collate "C",
  phase           text    not null collate "C",
  ending          text    collate "C",
  reason          text    not null,
  message_id      text    not null,
  stage_reference text
) with (fillfactor = 45, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0,
  autovacuum_analyze_scale_factor = 0.02);

create index @work_lane on sequencer_work (lane, due, enrollment) where status = 'A';

-- Attempts in flight: as many rows as there are workers, and what a rolling quota counts of them.
create table sequencer_flight (
  enrollment bigint  primary key,
  mailbox    integer not null,
  begun_at   bigint  not null,
  decide_at  bigint  not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

-- Who is held by a claim, until when, and in which revision: a claim ends with whatever changes the row. Not logged,
-- since a claim is a hint: after a crash of the server there is none.
create unlogged table sequencer_claim (
  enrollment bigint primary key,
  until      bigint not null,
  rev        bigint not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

create index @claim_until on sequencer_claim (until);

-- One row per settled or doubtful step. key = enrollment * 65536 + step, so the row is its own index.
-- status: S sent, K skipped, F failed, D in doubt.
create table sequencer_delivery (
  key        bigint  primary key,
  enrollment bigint  not null,
  at         bigint  not null,
  begun_at   bigint,
  left_at    bigint,
  step       integer not null check (step between 0 and 65535),
  attempt    integer not null,
  mailbox    integer not null,
  status     text    not null collate "C",
  requested  text    not null,
  actual     text,
  provider   text,
  thread     text,
  detail     text    not null
);

-- What a rolling quota counts.
create index @delivery_counted on sequencer_delivery (mailbox, (coalesce(left_at, begun_at)))
  where status in ('S', 'D');
create index @delivery_actual on sequencer_delivery (lower(actual)) where actual is not null;
create index @delivery_doubtful on sequencer_delivery (key) where status = 'D';

-- Mails that left or may have before they were sent again, by the outcome that took their place: a rolling quota counts
-- both. key names the delivery.
create table sequencer_departure (
  at      bigint  not null,
  key     bigint  not null,
  mailbox integer not null,
  attempt integer not null,
  primary key (mailbox, at, key, attempt)
);

-- Addresses and domains that must not be mailed. sequence 0 is all. blocks: A everything, M all but transactional.
-- draft: the entry of the inbox by whose commit it holds until that is carried out, so that nobody waits for a
-- transaction of the host; else 0.
create table sequencer_suppression (
  tenant   text    not null collate "C",
  target   text    not null collate "C",
  sequence integer not null,
  blocks   text    not null collate "C",
  reason   text    not null,
  at       bigint  not null,
  draft    bigint  not null,
  primary key (tenant, target, sequence, draft)
);

create index @suppression_draft on sequencer_suppression (draft) where draft > 0;

-- Acts and events that transactions of the host have left: carried out by any engine, in the order of id, after the
-- commit. Mails of the enrollment, of the contact with host_id and of those with the address normalized do not begin
-- before. address to attributes: a contact to be saved.
create table sequencer_inbox (
  id         bigint generated always as identity primary key,
  tenant     text   not null collate "C",
  kind       text   not null,
  body       text   not null,
  enrollment bigint,
  host_id    text   collate "C",
  normalized text   collate "C",
  address    text,
  zone       text,
  locale     text,
  attributes text
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);

create index @inbox_enrollment on sequencer_inbox (enrollment) where enrollment is not null;
create index @inbox_host on sequencer_inbox (tenant, host_id) where host_id is not null;
create index @inbox_address on sequencer_inbox (tenant, normalized) where normalized is not null;

-- The log of what happened; append-only. Lines with a smaller position may be committed later: whoever follows the log
-- reads what is older than pg_snapshot_xmin(pg_current_snapshot()), in the order of (xid, position).
create table sequencer_event (
  position   bigint  generated always as identity primary key,
  xid        xid8    not null default pg_current_xact_id(),
  at         bigint  not null,
  enrollment bigint  not null,
  step       integer not null,
  tenant     text    not null collate "C",
  kind       text    not null collate "C",
  detail     text    not null
);

create index @event_order on sequencer_event (xid, position);
create index @event_enrollment on sequencer_event (enrollment, position);

-- Keys of acts and events that have been carried out.
create table sequencer_act (
  tenant text   not null collate "C",
  key    text   not null collate "C",
  at     bigint not null,
  primary key (tenant, key)
);
