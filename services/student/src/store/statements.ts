/**
 * Days are counted from here in rules, and are dates in tables. What a row is looked up by is never an expression: row-level security keeps
 * all but leakproof operators away from an index, and adding to a date is not leakproof.
 */
const epoch = `date '1970-01-01'`

/**
 * A named statement is planned once a connection, perhaps while the tables are small, and would read them whole from then on (50 times
 * slower, measured); planned each time it costs as much again as it does. Every row here is looked up by a key, so all plans go along indexes.
 */
export const plansAlongKeys = `
select set_config(name, value, true) from (values ('plan_cache_mode', 'force_generic_plan'), ('enable_seqscan', 'off'),
  ('enable_bitmapscan', 'off'), ('enable_hashjoin', 'off'), ('enable_mergejoin', 'off')) as s (name, value)`

/** One transaction at a time changes a lesson, whose students may differ in each version. Keys are locked in one order, against deadlocks. */
export const lockLessons = `
select pg_advisory_xact_lock(key) from (
  select distinct hashtextextended(id::text, 8008) as key from unnest($1::uuid[]) as l (id) order by key
) as keys`

export const holdersOf = `
select lesson_id, student_id, school_id, version, day - ${epoch} as day from lesson_fact where lesson_id = any($1::uuid[])`

const studentColumns = `student_id, school_id, zones, registered_at, game_on, total_xp, level, lessons, minutes,
  subjects, milestone, close_at, risk_at`
/** Against deadlocks both go in one order for all transactions, and new rows are inserted before any row is locked. */
export const addStudents = `
insert into student (student_id, school_id)
select * from unnest($1::uuid[], $2::uuid[]) as s (student_id, school_id) order by student_id on conflict do nothing`
export const lockStudents = `select ${studentColumns} from student where student_id = any($1::uuid[]) order by student_id for update`
export const selectStudent = `select ${studentColumns} from student`
export const isStudent = `exists (select from person where user_id = student_id and role = 'student')`

/** The role is read here and not with the lock: a statement that waits for a lock does not see what was committed meanwhile, the next one does. */
export const histories = `
select s.student_id, (select p.role from person p where p.user_id = s.student_id) as role,
  (select coalesce(json_agg(m.days order by m.month), '[]') from streak_month m where m.student_id = s.student_id) as months,
  (select coalesce(json_agg(json_build_array(p.from_day - ${epoch}, p.until_day - ${epoch})), '[]')
     from pause p where p.student_id = s.student_id) as pauses,
  (select coalesce(json_agg(a.code), '[]') from achievement a where a.student_id = s.student_id) as earned
from unnest($1::uuid[]) as s (student_id)`

const factColumns = `f.student_id, f.lesson_id, f.version, f.held, f.held_at, f.day - ${epoch} as day, f.type, f.subject, f.minutes,
  f.attendance, f.grade_percent, f.rate, f.daily_cap_xp, f.settings_generation, f.xp, f.ledger_rows, f.cut, f.event_id`
export const factsOfDays = `
select ${factColumns} from unnest($1::uuid[], $2::date[]) as t (student_id, day)
  join lesson_fact f on f.student_id = t.student_id and f.day = t.day
union all
select ${factColumns} from lesson_fact f where f.student_id = any($3::uuid[]) and f.day is null`

export const saveStudents = `
update student s set zones = r.zones, registered_at = r.registered_at, game_on = r.game_on,
  total_xp = r.total_xp, level = r.level, lessons = r.lessons, minutes = r.minutes, subjects = r.subjects, milestone = r.milestone,
  close_at = r.close_at, risk_at = r.risk_at
from jsonb_to_recordset($1) as r (student_id uuid, zones jsonb, registered_at timestamptz, game_on boolean,
  total_xp bigint, level int, lessons int, minutes int, subjects jsonb, milestone int, close_at timestamptz,
  risk_at timestamptz)
where s.student_id = r.student_id`

export const saveFacts = `
insert into lesson_fact (student_id, lesson_id, school_id, version, held, held_at, day, type, subject, minutes, attendance, grade_percent,
  rate, daily_cap_xp, settings_generation, xp, ledger_rows, cut, event_id)
select student_id, lesson_id, school_id, version, held, held_at, ${epoch} + day, type, subject, minutes, attendance, grade_percent,
  rate, daily_cap_xp, settings_generation, xp, ledger_rows, cut, event_id
from jsonb_to_recordset($1) as r (student_id uuid, lesson_id uuid, school_id uuid, version int, held boolean, held_at timestamptz, day int,
  type text, subject text, minutes int, attendance text, grade_percent int, rate int, daily_cap_xp int, settings_generation int, xp int,
  ledger_rows int, cut text, event_id uuid)
on conflict (student_id, lesson_id) do update set version = excluded.version, held = excluded.held, held_at = excluded.held_at,
  day = excluded.day, type = excluded.type, subject = excluded.subject, minutes = excluded.minutes, attendance = excluded.attendance,
  grade_percent = excluded.grade_percent, rate = excluded.rate, daily_cap_xp = excluded.daily_cap_xp,
  settings_generation = excluded.settings_generation, xp = excluded.xp, ledger_rows = excluded.ledger_rows, cut = excluded.cut,
  event_id = excluded.event_id`

/** There is no `on conflict` here, because a row written twice is a bug that must be seen. */
export const writeLedger = `
insert into xp_ledger (id, student_id, school_id, kind, source_type, source_id, seq, delta, reason, rule_version, settings_generation,
  held_at, event_id)
select id, student_id, school_id, kind, kind, source_id, seq, delta, reason, $2, generation, held_at, event_id
from jsonb_to_recordset($1) as r (id uuid, student_id uuid, school_id uuid, kind text, source_id text, seq int, delta int, reason text,
  generation int, held_at timestamptz, event_id uuid)`

export const saveMonths = `
insert into streak_month (student_id, month, school_id, days)
select student_id, month, school_id, days from jsonb_to_recordset($1) as r (student_id uuid, month date, school_id uuid, days jsonb)
on conflict (student_id, month) do update set days = excluded.days`

export const giveAchievements = `
insert into achievement (student_id, code, school_id, reward_xp, earned_at)
select student_id, code, school_id, reward_xp, earned_at
from jsonb_to_recordset($1) as r (student_id uuid, code text, school_id uuid, reward_xp int, earned_at timestamptz)`

export const addSchools = 'insert into school (school_id) select distinct unnest($1::uuid[]) on conflict do nothing'
export const schoolsAfter = 'select school_id from school where $1::uuid is null or school_id > $1 order by school_id limit $2'
export const dueToClose = `
select student_id, school_id from student where close_at <= $1 order by close_at limit $2`
/** A student studied lately has a day that closes; how long it still has is roughly the hour of the student's zone; the rule checks it exactly. */
export const inTheEvening = `
select student_id, school_id from student
where close_at > $1 and close_at <= $2 and (risk_at is null or risk_at <= $3) and ($4::uuid is null or student_id > $4)
order by student_id limit $5`
