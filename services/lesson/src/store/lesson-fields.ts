import type { Lesson, Seat } from '../rules/lesson.ts'

/** The type of a column that is named like its field (`startsAt` is `starts_at`); or, under `read`, what each reading works out and nobody stores. */
export type Field = 'uuid' | 'text' | 'int' | 'bigint' | 'timestamptz' | 'date' | 'jsonb' | 'bytea' | { read: string }

/** The lesson that makes up for the cancelled lesson `l` to the student of a seat: nothing where none was planned, or that one was cancelled too. */
export const madeUpBy = (seat: string) => `(select m.id from lesson m join lesson_seat ms on ms.lesson_id = m.id
  where m.make_up_of = l.id and m.status in ('scheduled', 'completed') and ms.student_id = ${seat}.student_id order by m.id limit 1)`

/**
 * What a lesson is in the database. Insert, update and every reading are made from this list, so a field with a row here is stored,
 * and a field of the type without a row does not compile. In `read`, `l` is the lesson.
 */
export const lessonFields: Record<Exclude<keyof Lesson, 'students'>, Field> = {
  id: 'uuid',
  tutorId: 'uuid',
  tutorName: { read: `coalesce((select p.name from person p where p.user_id = l.tutor_id), '')` },
  type: 'text',
  subject: 'text',
  topic: 'text',
  startsAt: 'timestamptz',
  minutes: 'int',
  zone: 'text',
  videoUrl: 'text',
  seriesId: 'uuid',
  seriesOn: 'date',
  movedFrom: 'timestamptz',
  makeUpOf: 'uuid',
  note: 'text',
  sealedNote: 'bytea',
  status: 'text',
  cancellation: 'jsonb',
  version: 'int',
}

/** The same for each of a lesson's students. In `read`, `s` is the seat and `p` the person in it. */
export const seatFields: Record<keyof Seat, Field> = {
  studentId: 'uuid',
  name: { read: `coalesce(p.name, '')` },
  priceMinor: 'bigint',
  currency: 'text',
  attendance: 'text',
  minutes: 'int',
  grade: 'jsonb',
  madeUpBy: { read: `case when l.cancellation is not null then ${madeUpBy('s')} end` },
}
