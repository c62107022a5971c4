import type { NewEvent } from '@repitbot/contracts/events'
import type { Attendance, Grade } from '@repitbot/contracts/lesson'
import type { LessonType } from '@repitbot/contracts/lesson-fields'

/** A student's place in a lesson; attendance, minutes and grade are there while the lesson is completed. */
export type Seat = {
  studentId: string
  name: string
  priceMinor: number
  currency: string
  attendance?: Attendance
  minutes?: number
  grade?: Grade
  /** The lesson that makes up for a cancelled one; worked out when it is read. */
  madeUpBy?: string
}
export type Cancellation = { by: string; at: string; reason?: string; chargePercent: number; makeUpCredit: boolean; waivedAt?: string }

/** A private note as it is kept: encrypted, and bound to its lesson. It is written as Postgres writes bytes. */
export type SealedNote = `\\x${string}`

export type Lesson = {
  id: string
  tutorId: string
  tutorName: string
  type: LessonType
  subject: string
  topic?: string
  startsAt: string
  minutes: number
  zone: string
  videoUrl?: string
  /** The series it belongs to, and the day of the series it stands for, wherever it was moved. */
  seriesId?: string
  seriesOn?: string
  /** The start it was first planned for. */
  movedFrom?: string
  /** The cancelled lesson that this one was promised for. */
  makeUpOf?: string
  note?: string
  /** The note that the family does not see; only `noteSeal` opens it. */
  sealedNote?: SealedNote
  status: 'scheduled' | 'completed' | 'cancelled_free' | 'cancelled_chargeable'
  cancellation?: Cancellation
  version: number
  students: Seat[]
}

/** Every field is named, so that one added to the type and forgotten where a thing is made does not compile. */
export type Whole<T> = { [K in keyof Required<T>]: T[K] }

/** What a decision leaves behind: the new lesson, and what is said about it, saved together. Nothing is saved when it is the lesson that was given. */
export type Outcome = { lesson: Lesson; events: NewEvent[] }

export const endsAt = ({ startsAt, minutes }: Pick<Lesson, 'startsAt' | 'minutes'>) => Date.parse(startsAt) + minutes * 60_000
/** The refusal of a change to a lesson that is no longer scheduled; undefined while it is. */
export const refusalUnlessScheduled = ({ status }: Lesson) =>
  status === 'scheduled' ? undefined : status === 'completed' ? 'already_completed' : 'already_cancelled'

/** The tutor and the students. */
export const peopleIn = ({ tutorId, students }: Pick<Lesson, 'tutorId' | 'students'>): string[] => [
  tutorId,
  ...students.map(({ studentId }) => studentId),
]
