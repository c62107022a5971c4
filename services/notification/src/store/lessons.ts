import { type ConsumedEvent, InstantText } from '@repitbot/contracts/events'
import { type Database, schoolsOf, type Transaction } from '@repitbot/kit/database'
import { jobTypes } from '../rules/jobs.ts'
import type { EveRequest, Lesson, Reminder, ReminderRequest } from '../rules/reminders.ts'

const columns = `id, school_id as "schoolId", version, subject, starts_at as "startsAt", minutes, zone, video_url as "videoUrl", students,
  scheduled, correlation_id as "correlationId", tutor_id as "tutorId"`
type Row = Omit<Lesson, 'startsAt'> & { startsAt: Date }
const toLesson = (row: Row): Lesson => ({ ...row, startsAt: InstantText.parse(row.startsAt.toISOString()) })
/** A tutor's morning or evening, a day of their own zone. */
export type DayDue = { schoolId: string; userId: string; code: 'agenda' | 'evening_report'; day: string }
const keyOf = ({ code, lessonId }: Reminder) => `remind:${code}:${lessonId}`

export const lessonsIn = (tx: Transaction) => ({
  /**
   * Keeps the highest version of each lesson. Returns those that were newer than the kept ones, with the students that were on them before
   * (null for a new lesson). `remindedFor` is the start for which reminders are requested in the same transaction.
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
    return row && toLesson(row)
  },

  /** Marks whether these lessons have a report; lessons without a copy here are left out. */
  markReported(ids: string[], reported: boolean) {
    tx.send('update lesson set reported = $2 where id = any ($1::uuid[])', [ids, reported], 'mark-reported')
  },

  /** A tutor's lessons of a day with the names of those who come. */
  listDay: (tutorId: string, { from, until }: { from: Date; until: Date }) =>
    tx.query<{ startsAt: Date; subject: string; students: string; reported: boolean }>(
      `select starts_at as "startsAt", subject, reported,
         coalesce((select string_agg(name, ', ' order by name) from card where user_id = any (l.students)), '') as students
       from lesson l where tutor_id = $1 and scheduled and starts_at >= $2 and starts_at < $3 order by starts_at limit 50`,
      [tutorId, from, until],
    ),

  /** Lessons between two instants whose reminders are not requested yet; from here on they count as requested. */
  async takeLessonsToRemind(after: Date, until: Date, most: number): Promise<Lesson[]> {
    const rows = await tx.query<Row>(
      `update lesson set reminded_for = starts_at where id in (
         select id from lesson where scheduled and starts_at > $1 and starts_at <= $2 and reminded_for is distinct from starts_at
         order by id limit $3 for update skip locked
       ) returning ${columns}`,
      [after, until, most],
    )
    return rows.map(toLesson)
  },

  /** Each reminder has one job at most: another request moves it. */
  requestReminders: (requests: ReminderRequest[]) =>
    tx.laterAll(
      jobTypes.remind,
      requests.map(({ reminder, ...when }) => ({ payload: reminder, key: keyOf(reminder), ...when })),
    ),
  /** One job for each student of a lesson whose hour before is at night. */
  requestEves: (requests: EveRequest[]) =>
    tx.laterAll(
      jobTypes.remind,
      requests.map(({ reminder, ...when }) => ({ payload: reminder, key: `${keyOf(reminder)}:${reminder.studentId}`, ...when })),
    ),
  dropReminders: (reminders: Reminder[]) => tx.notLater(...reminders.map(keyOf)),
})

export const lessonStore = (database: Database) => ({
  /** Schools with lessons between two instants whose reminders are not requested yet. */
  listSchoolsToRemind: (after: Date, until: Date): Promise<string[]> =>
    database.transaction({ schoolId: [] }, async (tx) =>
      (await tx.query<{ id: string }>('select schools_to_remind($1, $2) as id', [after, until])).map(({ id }) => id),
    ),

  /** Tutors of any school whose time for a notice of their day has come. */
  listDaysDue: (at: Date, lateMax: string) =>
    database.transaction({ schoolId: [] }, (tx) =>
      tx.query<DayDue>('select school_id as "schoolId", user_id as "userId", code, day from days_to_tell($1, $2::interval)', [at, lateMax]),
    ),

  /** Adds the XP that students earned in lessons. */
  addXp: (batch: ConsumedEvent<'xp.earned'>[]): Promise<void> =>
    database.transaction(schoolsOf(batch), async (tx) => {
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
    }),
})
