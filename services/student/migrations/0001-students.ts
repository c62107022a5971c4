import { type Migration, tenant } from '@repitbot/kit/migrations'

/**
 * Days are dates in the student's own zone, kept as they were when the fact was first counted; a month of them is one row, because computing
 * XP reads them all. The table school lists the schools whose days are to be closed.
 */
export const students: Migration = {
  name: '0001-students',
  up: `
create table school (school_id uuid primary key);

create table student (
  student_id uuid primary key,
  school_id uuid not null,
  zones jsonb not null default '[]',
  registered_at timestamptz,
  game_on boolean not null default true,
  total_xp bigint not null default 0 check (total_xp between 0 and 9007199254740991),
  level int not null default 1 check (level >= 1),
  lessons int not null default 0 check (lessons >= 0),
  minutes int not null default 0 check (minutes >= 0),
  subjects jsonb not null default '{}',
  milestone int not null default 0,
  close_at timestamptz
) with (fillfactor = 80);
create index student_closing on student (close_at) where close_at is not null;
${tenant('student')}

create table lesson_fact (
  student_id uuid not null,
  lesson_id uuid not null,
  school_id uuid not null,
  version int not null,
  held boolean not null,
  held_at timestamptz not null,
  day date,
  type text not null,
  subject text not null,
  minutes int not null,
  attendance text,
  grade_percent int,
  rate int,
  daily_cap_xp int,
  settings_generation int,
  xp int not null default 0,
  ledger_rows int not null default 0,
  cut text,
  event_id uuid not null,
  primary key (student_id, lesson_id)
) with (fillfactor = 90);
create index lesson_fact_lesson on lesson_fact (lesson_id);
create index lesson_fact_day on lesson_fact (student_id, day);
${tenant('lesson_fact')}

create table xp_ledger (
  id uuid primary key,
  student_id uuid not null,
  school_id uuid not null,
  kind text not null check (kind in ('lesson', 'achievement')),
  source_type text not null,
  source_id text not null,
  seq int not null,
  delta int not null,
  reason text not null,
  rule_version int not null,
  settings_generation int not null,
  held_at timestamptz not null,
  event_id uuid,
  written_at timestamptz not null default now(),
  unique (student_id, kind, source_type, source_id, seq)
);
create index xp_ledger_history on xp_ledger (student_id, id);
${tenant('xp_ledger')}
revoke update, delete, truncate on xp_ledger from repitbot_student;

create table streak_month (
  student_id uuid not null,
  month date not null,
  school_id uuid not null,
  days jsonb not null,
  primary key (student_id, month)
) with (fillfactor = 80);
${tenant('streak_month')}

create table pause (
  id uuid primary key,
  student_id uuid not null,
  school_id uuid not null,
  from_day date not null,
  until_day date not null check (until_day between from_day and from_day + 29),
  set_by uuid not null,
  set_at timestamptz not null
);
create index pause_student on pause (student_id);
${tenant('pause')}

create table achievement (
  student_id uuid not null,
  code text not null,
  school_id uuid not null,
  reward_xp int not null,
  earned_at timestamptz not null,
  primary key (student_id, code)
);
${tenant('achievement')}
`,
}
