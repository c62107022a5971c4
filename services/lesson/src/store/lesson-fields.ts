import type { Lesson, Seat } from '../rules/lesson.ts'

/** The type of a column that is named like its field (`startsAt` is `starts_at`); or, under `read`, what each reading works out and nobody stores. */
export type Field = 'uuid' | 'text' | 'int' | 'bigint' | 'timestamptz' | 'date' | 'jsonb' | { read: string }

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
  note: 'text',
  privateNote: 'text',
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
}
