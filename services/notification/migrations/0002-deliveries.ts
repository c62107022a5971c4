import { type Migration, tenant } from '@repitbot/kit/migrations'

/**
 * Messages that are sent. A delivery is one notice by one channel; the channel is chosen when it is due, so it is null first. `sending` is the
 * time between the call of the provider and marking its answer: a process that dies in it leaves the row to the sweep, which marks it uncertain.
 * The functions read all schools, for jobs of the clock, which belong to none.
 */
export const deliveries: Migration = {
  name: '0002-deliveries',
  up: `
create table delivery (
  id uuid primary key,
  school_id uuid not null,
  recipient_id uuid not null,
  notice_id uuid not null,
  channel text,
  state text not null check (state in ('waiting', 'sending', 'sent', 'uncertain', 'failed', 'blocked', 'expired')),
  attempts int not null default 0,
  digest boolean not null default false,
  due_at timestamptz not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  correlation_id text not null,
  foreign key (recipient_id, notice_id) references notice on delete cascade
);
create unique index delivery_once on delivery (recipient_id, notice_id, channel) nulls not distinct;
create index delivery_open on delivery (due_at) where state in ('waiting', 'sending');
create index delivery_digest on delivery (recipient_id) where digest;
${tenant('delivery')}

create table channel_state (
  user_id uuid not null,
  channel text not null,
  school_id uuid not null,
  blocked boolean not null,
  changed_at timestamptz not null,
  primary key (user_id, channel)
);
${tenant('channel_state')}

create table preference (
  user_id uuid primary key,
  school_id uuid not null,
  agenda_at text,
  evening_at text,
  streak_risk boolean not null,
  digest_at text not null
);
${tenant('preference')}

create table letter (
  id uuid primary key,
  school_id uuid not null,
  sealed text not null,
  state text not null check (state in ('waiting', 'sent', 'failed', 'expired')),
  attempts int not null default 0,
  expires_at timestamptz not null,
  changed_at timestamptz not null,
  correlation_id text not null
);
create index letter_open on letter (changed_at) where state = 'waiting';
${tenant('letter')}

create table broadcast (
  id uuid primary key,
  school_id uuid not null,
  by_id uuid not null,
  text text not null,
  roles text[] not null,
  recipients int not null,
  created_at timestamptz not null
);
create index broadcast_of_school on broadcast (school_id, id);
create index notice_of_broadcast on notice (link_id) where link_kind = 'broadcast';
${tenant('broadcast')}

alter table lesson add column tutor_id uuid, add column reported boolean not null default false;
create index lesson_of_tutor on lesson (tutor_id, starts_at) where scheduled;

create function stuck_deliveries(due_before timestamptz, sending_before timestamptz, most int)
  returns table (id uuid, school_id uuid, what text)
  language sql stable security definer set search_path from current
  as $$ (select id, school_id, state from delivery where state = 'waiting' and due_at < due_before order by due_at limit most)
    union all (select id, school_id, state from delivery where state = 'sending' and changed_at < sending_before limit most)
    union all (select id, school_id, 'letter' from letter where state = 'waiting' and changed_at < due_before limit most) $$;

create function days_to_tell(at timestamptz, late interval)
  returns table (school_id uuid, user_id uuid, code text, day date)
  language sql stable security definer set search_path from current
  as $$ select c.school_id, c.user_id, t.code, (at at time zone c.zone)::date
    from card c left join preference p on p.user_id = c.user_id
    cross join lateral (values
      ('agenda', case when p.user_id is null then '08:00' else p.agenda_at end),
      ('evening_report', case when p.user_id is null then '20:30' else p.evening_at end)) as t (code, told_at)
    where c.active and c.role in ('tutor', 'admin') and t.told_at is not null
      and (at at time zone c.zone)::time >= t.told_at::time and (at at time zone c.zone) < (at at time zone c.zone)::date + t.told_at::time + late
      and not exists (select from notice n where n.dedupe_key = t.code || ':' || c.user_id || ':' || (at at time zone c.zone)::date) $$;

create function tidy_deliveries(ended_before timestamptz, most int) returns int
  language sql security definer set search_path from current
  as $$ with old_letter as (
      delete from letter where id in (select id from letter where expires_at < ended_before limit most) returning 1
    ) select count(*)::int from old_letter $$;
revoke execute on function stuck_deliveries, days_to_tell, tidy_deliveries from public;
grant execute on function stuck_deliveries, days_to_tell, tidy_deliveries to repitbot_notification;
`,
}
