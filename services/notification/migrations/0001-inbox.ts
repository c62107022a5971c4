import { type Migration, tenant } from '@repitbot/kit/migrations'

/**
 * A card is a person as the kit keeps them, with the contacts that only this service keeps. The view runs with the rights of its reader, so
 * that row-level security of both tables applies.
 * Dedupe keys are compared byte by byte (collation C), so that all notices of one kind about one thing are a range of their index.
 * The functions read all schools, for jobs of the clock, which belong to none.
 */
export const inbox: Migration = {
  name: '0001-inbox',
  up: `
create table contact (
  user_id uuid primary key,
  school_id uuid not null,
  quiet_hours jsonb,
  channels text[] not null,
  birth_year int,
  email text,
  telegram_chat_id text,
  version int not null
);
${tenant('contact')}
create view card with (security_invoker = true) as
  select user_id, p.school_id, role, name, language, zone, quiet_hours, channels, birth_year, email, telegram_chat_id, active, p.version
  from person p join contact c using (user_id);

create table lesson (
  id uuid primary key,
  school_id uuid not null,
  version int not null,
  subject text not null,
  starts_at timestamptz not null,
  minutes int not null,
  zone text not null,
  video_url text,
  students uuid[] not null,
  scheduled boolean not null,
  correlation_id text not null,
  reminded_for timestamptz
);
create index lesson_ahead on lesson (starts_at) where scheduled;
${tenant('lesson')}

create table lesson_xp (
  lesson_id uuid not null,
  student_id uuid not null,
  school_id uuid not null,
  xp int not null,
  held_at timestamptz not null,
  primary key (lesson_id, student_id)
);
create index lesson_xp_held on lesson_xp using brin (held_at);
${tenant('lesson_xp')}

create table notice (
  recipient_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  audience text not null check (audience in ('student', 'parent', 'tutor')),
  about_id uuid,
  code text not null,
  params jsonb not null,
  dedupe_key text collate "C" not null unique,
  correlation_id text not null,
  link_kind text not null,
  link_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  read_at timestamptz,
  primary key (recipient_id, id)
);
create index notice_unread on notice (recipient_id, id) where read_at is null;
create index notice_expired on notice using brin (expires_at);
${tenant('notice')}

create function schools_to_remind(after timestamptz, before timestamptz) returns setof uuid
  language sql stable security definer set search_path from current
  as $$ select distinct school_id from lesson
    where scheduled and starts_at > after and starts_at <= before and reminded_for is distinct from starts_at $$;

create function tidy_inbox(ended_before timestamptz, held_before timestamptz, most int) returns int
  language sql security definer set search_path from current
  as $$ with old_notice as (
      delete from notice where (recipient_id, id) in (select recipient_id, id from notice where expires_at < ended_before limit most) returning 1
    ), old_lesson as (
      delete from lesson where id in (select id from lesson where starts_at < ended_before limit most) returning 1
    ), old_xp as (
      delete from lesson_xp where (lesson_id, student_id) in (select lesson_id, student_id from lesson_xp where held_at < held_before limit most) returning 1
    ) select (select count(*)::int from old_notice) + (select count(*)::int from old_lesson) + (select count(*)::int from old_xp) $$;
revoke execute on function schools_to_remind, tidy_inbox from public;
grant execute on function schools_to_remind, tidy_inbox to repitbot_notification;
`,
}
