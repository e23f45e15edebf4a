-- The tables of one store in an SQLite file. Instants are milliseconds since 1970-01-01T00:00:00Z, codes are the
-- letters beside them, JSON is opaque text. All names begin with the prefix of the store.

-- What the store knows about itself: one row. newest_begun tells an engine whether the store went back.
create table sequencer_store (
  id           integer primary key check (id = 1),
  message_key  blob    not null,
  timeline     text    not null,
  definitions  integer not null,
  newest_begun integer
) strict;

insert into sequencer_store values (1, randomblob(16), lower(hex(randomblob(8))), 0, null);

-- Definitions, mailboxes, switches, nodes: saved by compare-and-set on revision.
create table sequencer_document (
  id       integer primary key autoincrement,
  kind     text    not null,
  tenant   text    not null,
  name     text    not null,
  revision integer not null,
  body     text    not null,
  unique (kind, tenant, name)
) strict;

-- Mailboxes, pools and (0) the control owner; wake_at is the earliest instant at which a claim can succeed.
create table sequencer_owner (
  id      integer primary key,
  wake_at integer not null
) strict;

create index sequencer_owner_wake on sequencer_owner (wake_at);

-- What decides together. name holds all of it, so that a lane is found by one look.
create table sequencer_lane (
  id       integer primary key,
  name     text    not null unique,
  owner    integer not null,
  sequence integer not null,
  calendar text    not null,
  priority integer not null,
  bound    integer not null
) strict;

create index sequencer_lane_owner on sequencer_lane (owner, priority, bound);

-- Capacity used. kind: M mailbox, Q sequence.
create table sequencer_ledger (
  kind            text    not null,
  id              integer not null,
  day             text    not null,
  day_used        integer not null,
  hour            text    not null,
  hour_used       integer not null,
  last_begun      integer,
  last_left       integer,
  in_flight_until integer,
  rest_since      integer,
  rest_until      integer,
  rest_reason     text    not null,
  rest_level      integer not null,
  ramp_days       integer not null,
  ramp_last       text    not null,
  full_until      integer,
  primary key (kind, id)
) strict, without rowid;

-- The last number that was given to a contact and to an enrollment. None is given twice, also when rows are deleted.
create table sequencer_number (
  name text    primary key,
  last integer not null
) strict, without rowid;

insert into sequencer_number values ('contact', 0), ('enrollment', 0);

create table sequencer_contact (
  id         integer primary key,
  tenant     text not null,
  host_id    text,
  address    text not null,
  normalized text not null,
  zone       text,
  locale     text,
  attributes text not null
) strict;

create unique index sequencer_contact_host on sequencer_contact (tenant, host_id) where host_id is not null;
create index sequencer_contact_address on sequencer_contact (tenant, normalized);

-- Cold: who runs through what, with what data. keyed: 1 where the run key is unique in the sequence, whoever it is.
create table sequencer_enrollment (
  id          integer primary key,
  tenant      text    not null,
  sequence    integer not null,
  version     integer not null,
  contact     integer not null,
  run         text    not null,
  keyed       integer not null,
  enrolled_at integer not null,
  data        text    not null
) strict;

create unique index sequencer_enrollment_run on sequencer_enrollment (contact, sequence, run);
create unique index sequencer_enrollment_key on sequencer_enrollment (sequence, run) where keyed = 1;
create index sequencer_enrollment_sequence on sequencer_enrollment (sequence);

-- Hot: the row that moves. Two indexes and no more: every write of the row feeds them.
-- status: A active, P paused, H held, E ended. phase: W waiting, S sending, D in doubt.
-- ending: C completed, S stopped, X cancelled, F failed.
create table sequencer_work (
  enrollment      integer primary key,
  rev             integer not null,
  lane            integer not null,
  due             integer not null,
  status          text    not null,
  phase           text    not null,
  step            integer not null,
  after_step      integer not null,
  base_at         integer not null,
  attempt         integer not null,
  tries           integer not null,
  strikes         integer not null,
  mailbox         integer not null,
  begun_at        integer,
  not_after       integer,
  decide_at       integer,
  message_id      text    not null,
  stage_reference text,
  ending          text,
  reason          text    not null
) strict;

-- What may be claimed, in the order of its lane.
create index sequencer_work_lane on sequencer_work (lane, due) where status = 'A' and phase = 'W';
-- Attempts in flight: as many entries as there are workers.
create index sequencer_work_undecided on sequencer_work (decide_at) where phase = 'S';

-- Who is held by a claim, and until when: a few hundred rows on a few pages. A mark on the moving rows would write a
-- page for nearly each of them.
create table sequencer_claim (
  enrollment integer primary key,
  until      integer not null
) strict;

-- One row per settled or doubtful step. key = enrollment * 65536 + step, so the row is its own index.
-- status: S sent, K skipped, F failed, D in doubt.
create table sequencer_delivery (
  key        integer primary key,
  enrollment integer not null,
  step       integer not null check (step between 0 and 65535),
  status     text    not null,
  attempt    integer not null,
  mailbox    integer not null,
  at         integer not null,
  begun_at   integer,
  left_at    integer,
  requested  text    not null,
  actual     text,
  provider   text,
  thread     text,
  detail     text    not null
) strict;

-- What a rolling quota counts.
create index sequencer_delivery_counted on sequencer_delivery (mailbox, coalesce(left_at, begun_at))
  where status in ('S', 'D');
create index sequencer_delivery_actual on sequencer_delivery (actual collate nocase) where actual is not null;
create index sequencer_delivery_doubtful on sequencer_delivery (key) where status = 'D';

-- Mails that left or may have before they were sent again, by the outcome that took their place: a rolling quota counts
-- both. key names the delivery.
create table sequencer_departure (
  mailbox integer not null,
  at      integer not null,
  key     integer not null,
  attempt integer not null,
  primary key (mailbox, at, key, attempt)
) strict, without rowid;

-- Addresses and domains that must not be mailed. sequence 0 is all. blocks: A everything, M all but transactional.
create table sequencer_suppression (
  tenant   text    not null,
  target   text    not null,
  sequence integer not null,
  blocks   text    not null,
  reason   text    not null,
  at       integer not null,
  primary key (tenant, target, sequence)
) strict, without rowid;

-- The log of what happened; append-only.
create table sequencer_event (
  position   integer primary key,
  tenant     text    not null,
  at         integer not null,
  enrollment integer not null,
  step       integer not null,
  kind       text    not null,
  detail     text    not null
) strict;

create index sequencer_event_enrollment on sequencer_event (enrollment);

-- Keys of acts and events that have been carried out.
create table sequencer_act (
  tenant text    not null,
  key    text    not null,
  at     integer not null,
  primary key (tenant, key)
) strict, without rowid;
