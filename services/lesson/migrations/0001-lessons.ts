import { type Migration, tenant } from '@repitbot/kit/migrations'

/**
 * A hold is a span in which a lesson occupies a person, tutor or student alike; the exclusion constraint alone refuses two at once.
 * It needs btree_gist, a trusted extension: the owner role may create it where it may create in the database.
 */
export const lessons: Migration = {
  name: '0001-lessons',
  up: `
create extension if not exists btree_gist schema public;

create table series (
  id uuid primary key,
  school_id uuid not null,
  tutor_id uuid not null,
  type text not null,
  subject text not null,
  minutes int not null check (minutes between 5 and 480),
  video_url text,
  freq text not null check (freq in ('daily', 'weekly')),
  step int not null check (step between 1 and 12),
  weekdays int[] not null,
  wall_time text not null,
  zone text not null,
  from_on date not null,
  until_on date,
  occurrences int,
  students jsonb not null,
  version int not null
);
create index series_tutor on series (tutor_id);
create index series_school on series (school_id, id);
${tenant('series')}

create table lesson (
  id uuid primary key,
  school_id uuid not null,
  tutor_id uuid not null,
  type text not null,
  subject text not null,
  topic text,
  starts_at timestamptz not null,
  minutes int not null check (minutes between 5 and 480),
  zone text not null,
  video_url text,
  series_id uuid references series,
  series_on date,
  moved_from timestamptz,
  note text,
  private_note text,
  status text not null check (status in ('scheduled', 'completed', 'cancelled_free', 'cancelled_chargeable')),
  cancellation jsonb,
  version int not null,
  constraint lesson_once_a_day unique (series_id, series_on) deferrable initially immediate
) with (fillfactor = 85);
create index lesson_tutor on lesson (tutor_id, starts_at);
create index lesson_school on lesson (school_id, starts_at, id);
${tenant('lesson')}

create table lesson_seat (
  lesson_id uuid not null references lesson on delete cascade,
  student_id uuid not null,
  school_id uuid not null,
  place int not null,
  price_minor bigint not null check (price_minor >= 0),
  currency text not null,
  attendance text check (attendance in ('attended', 'excused', 'unexcused')),
  minutes int,
  grade jsonb,
  primary key (lesson_id, student_id)
) with (fillfactor = 85);
create index lesson_seat_student on lesson_seat (student_id);
${tenant('lesson_seat')}

create table hold (
  lesson_id uuid not null references lesson on delete cascade,
  person_id uuid not null,
  school_id uuid not null,
  during tstzrange not null,
  primary key (lesson_id, person_id),
  constraint hold_one_at_a_time exclude using gist (person_id with =, during with &&)
);
${tenant('hold')}

create table lesson_policy (
  school_id uuid primary key,
  notice_hours int not null check (notice_hours between 0 and 336),
  late_charge_percent int not null check (late_charge_percent in (0, 50, 100))
);
${tenant('lesson_policy')}

create function schools_with_series() returns setof uuid language sql stable security definer set search_path from current
  as $$ select distinct school_id from series $$;
`,
}
