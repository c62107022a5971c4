import type { ConsumedEvent } from '@repitbot/contracts/events'
import type { Transaction } from '@repitbot/kit/database'
import { jobTypes } from '../rules/jobs.ts'
import type { Asked, evesAsked, Lesson, Reminder } from '../rules/reminders.ts'

const columns = `id, school_id as "schoolId", version, subject, starts_at as "startsAt", minutes, zone, video_url as "videoUrl", students,
  scheduled, correlation_id as "correlationId", tutor_id as "tutorId"`
type Row = Omit<Lesson, 'startsAt'> & { startsAt: Date }
const asLesson = (row: Row): Lesson => ({ ...row, startsAt: row.startsAt.toISOString() })
const keyOf = ({ code, lessonId }: Reminder) => `remind:${code}:${lessonId}`

export const lessons = (tx: Transaction) => ({
  /**
   * Keeps the highest version of each lesson and answers those it took, with the students that were on it before (none when it is new).
   * `remindedFor` is the start that reminders are asked for together with it.
   */
  keepLessons: (given: (Lesson & { remindedFor: string | null })[]) =>
    tx.query<{ id: string; version: number; studentsBefore: string[] | null }>(
      `with given as (
         select distinct on (id) * from jsonb_to_recordset($1) as g (id uuid, "schoolId" uuid, version int, subject text,
           "startsAt" timestamptz, minutes int, zone text, "videoUrl" text, students uuid[], scheduled boolean, "correlationId" text,
           "remindedFor" timestamptz, "tutorId" uuid)
         order by id, version desc
       ), before as (
         select id, students from lesson where id in (select id from given)
       ), kept as (
         insert into lesson as l (id, school_id, version, subject, starts_at, minutes, zone, video_url, students, scheduled, correlation_id, reminded_for, tutor_id)
         select id, "schoolId", version, subject, "startsAt", minutes, zone, "videoUrl", students, scheduled, "correlationId", "remindedFor", "tutorId" from given
         on conflict (id) do update set version = excluded.version, subject = excluded.subject, starts_at = excluded.starts_at,
           minutes = excluded.minutes, zone = excluded.zone, video_url = excluded.video_url, students = excluded.students,
           scheduled = excluded.scheduled, correlation_id = excluded.correlation_id, reminded_for = excluded.reminded_for, tutor_id = excluded.tutor_id
         where l.version < excluded.version returning l.id, l.version
       ) select kept.id, kept.version, before.students as "studentsBefore" from kept left join before using (id)`,
      [JSON.stringify(given)],
      'keep-lessons',
    ),

  async findLesson(id: string): Promise<Lesson | undefined> {
    const [row] = await tx.query<Row>(`select ${columns} from lesson where id = $1`, [id], 'find-lesson')
    return row && asLesson(row)
  },

  /** Whether these lessons have a report, as far as they are known here. */
  markReported(ids: string[], reported: boolean) {
    tx.send('update lesson set reported = $2 where id = any ($1::uuid[])', [ids, reported], 'mark-reported')
  },

  /** Tutors who are to be told of their day now, in any school. */
  listDaysToTell: (at: Date, late: string) =>
    tx.query<{ schoolId: string; userId: string; code: 'agenda' | 'evening_report'; day: string }>(
      'select school_id as "schoolId", user_id as "userId", code, day from days_to_tell($1, $2::interval)',
      [at, late],
    ),

  /** A tutor's lessons of a day with the names of those who come. */
  listDay: (tutorId: string, { from, until }: { from: Date; until: Date }) =>
    tx.query<{ startsAt: Date; subject: string; students: string; reported: boolean }>(
      `select starts_at as "startsAt", subject, reported,
         coalesce((select string_agg(name, ', ' order by name) from card where user_id = any (l.students)), '') as students
       from lesson l where tutor_id = $1 and scheduled and starts_at >= $2 and starts_at < $3 order by starts_at limit 50`,
      [tutorId, from, until],
    ),

  /** Schools with lessons between two instants that no reminders are asked for yet. */
  schoolsToRemind: async (after: Date, until: Date) =>
    (await tx.query<{ id: string }>('select schools_to_remind($1, $2) as id', [after, until])).map(({ id }) => id),

  /** Takes some of those lessons: from here on their reminders count as asked for. */
  async takeToRemind(after: Date, until: Date, most: number): Promise<Lesson[]> {
    const rows = await tx.query<Row>(
      `update lesson set reminded_for = starts_at where id in (
         select id from lesson where scheduled and starts_at > $1 and starts_at <= $2 and reminded_for is distinct from starts_at
         order by id limit $3 for update skip locked
       ) returning ${columns}`,
      [after, until, most],
    )
    return rows.map(asLesson)
  },

  /** Each reminder has one job at most: asking again moves it. */
  askReminders: (asked: Asked[]) =>
    tx.laterAll(
      jobTypes.remind,
      asked.map(({ reminder, ...when }) => ({ payload: reminder, key: keyOf(reminder), ...when })),
    ),
  /** One job for each student of a lesson whose hour before is at night. */
  askEves: (asked: ReturnType<typeof evesAsked>) =>
    tx.laterAll(
      jobTypes.remind,
      asked.map(({ reminder, ...when }) => ({ payload: reminder, key: `${keyOf(reminder)}:${reminder.studentId}`, ...when })),
    ),
  dropReminders: (reminders: Reminder[]) => tx.notLater(...reminders.map(keyOf)),

  /** Adds what lessons gave their students. */
  addXp(batch: ConsumedEvent<'xp.earned'>[]) {
    const rows = batch.map(({ schoolId, body: { sourceId: lessonId, studentId, delta: xp, heldAt } }) => ({
      schoolId,
      lessonId,
      studentId,
      xp,
      heldAt,
    }))
    tx.send(
      `insert into lesson_xp as x (lesson_id, student_id, school_id, xp, held_at)
       select "lessonId", "studentId", "schoolId", sum(xp), min("heldAt")
       from jsonb_to_recordset($1) as g ("lessonId" uuid, "studentId" uuid, "schoolId" uuid, xp int, "heldAt" timestamptz)
       group by "lessonId", "studentId", "schoolId" order by "lessonId", "studentId"
       on conflict (lesson_id, student_id) do update set xp = x.xp + excluded.xp`,
      [JSON.stringify(rows)],
      'add-xp',
    )
  },
})
