import type { LessonType } from '@repitbot/contracts/lesson-fields'
import type { StoredPolicy } from '@repitbot/contracts/lesson-policy'
import { DataTypes, type Model, type ModelStatic, type Sequelize } from 'sequelize'
import type { Series } from './rules/series-lessons.ts'

type Table<Row extends object> = ModelStatic<Model<Row, Row>>
export type PolicyRow = StoredPolicy & { schoolId: string }
/** `step` is the rule's interval, `occurrences` its count: the words of the rule are SQL's own. */
export type SeriesRow = {
  id: string
  schoolId: string
  tutorId: string
  type: LessonType
  subject: string
  minutes: number
  videoUrl: string | null
  freq: 'daily' | 'weekly'
  step: number
  weekdays: number[]
  wallTime: string
  zone: string
  fromOn: string
  untilOn: string | null
  occurrences: number | null
  students: Omit<Series['students'][number], 'name'>[]
  version: number
}

const { ARRAY, DATEONLY, INTEGER, JSONB, TEXT, UUID } = DataTypes

/** The tables of simple reads and writes; lessons, seats and holds are written by statements over whole sets. */
export function tablesOf(sequelize: Sequelize): { policies: Table<PolicyRow>; series: Table<SeriesRow> } {
  return {
    policies: sequelize.define('lesson_policy', {
      schoolId: { type: UUID, primaryKey: true },
      noticeHours: INTEGER,
      lateChargePercent: INTEGER,
      version: INTEGER,
    }),
    series: sequelize.define('series', {
      id: { type: UUID, primaryKey: true },
      schoolId: UUID,
      tutorId: UUID,
      type: TEXT,
      subject: TEXT,
      minutes: INTEGER,
      videoUrl: TEXT,
      freq: TEXT,
      step: INTEGER,
      weekdays: ARRAY(INTEGER),
      wallTime: TEXT,
      zone: TEXT,
      fromOn: DATEONLY,
      untilOn: DATEONLY,
      occurrences: INTEGER,
      students: JSONB,
      version: INTEGER,
    }),
  }
}
