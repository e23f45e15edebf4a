-- What a next version may do while nodes of this one run: columns that may be null or have a default, tables, indexes.

alter table sequencer_work add column sort integer;
alter table sequencer_document add column author text;
alter table sequencer_owner add column served_by text;
alter table sequencer_lane add column label text;
alter table sequencer_ledger add column week_used integer not null default 0;
alter table sequencer_contact add column salutation text;
alter table sequencer_enrollment add column campaign bigint;
alter table sequencer_flight add column node text;
alter table sequencer_delivery add column opened_at bigint;
alter table sequencer_suppression add column note text;
alter table sequencer_event add column source text;
alter table sequencer_act add column actor text;
alter table sequencer_store add column region text;
create table sequencer_campaign (id bigint generated always as identity primary key, name text not null);
create index @event_kind on sequencer_event (kind, position);
