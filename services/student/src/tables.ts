import { DataTypes, type Model, type ModelStatic, type Sequelize } from 'sequelize'
import type { XpReason } from './rules/student.ts'

export type LedgerEntry = {
  id: string
  studentId: string
  kind: 'lesson' | 'achievement'
  sourceId: string
  delta: number
  reason: XpReason
  heldAt: Date
}
export type PauseRow = { id: string; studentId: string; schoolId: string; fromDay: string; untilDay: string; setBy: string; setAt: Date }
export type EarnedRow = { studentId: string; code: string; earnedAt: Date }

/** The tables that are read and written row by row; the hot ones are spoken to by statements of their own. */
export const tablesOf = (sequelize: Sequelize) => {
  const uuid = DataTypes.UUID
  const id = { type: uuid, primaryKey: true }
  const ledger = sequelize.define('xp_ledger', {
    id,
    studentId: uuid,
    kind: DataTypes.TEXT,
    sourceId: DataTypes.TEXT,
    delta: DataTypes.INTEGER,
    reason: DataTypes.TEXT,
    heldAt: DataTypes.DATE,
  }) as ModelStatic<Model<LedgerEntry>>
  const pause = sequelize.define('pause', {
    id,
    studentId: uuid,
    schoolId: uuid,
    fromDay: DataTypes.DATEONLY,
    untilDay: DataTypes.DATEONLY,
    setBy: uuid,
    setAt: DataTypes.DATE,
  }) as ModelStatic<Model<PauseRow>>
  const achievement = sequelize.define('achievement', {
    studentId: { type: uuid, primaryKey: true },
    code: { type: DataTypes.TEXT, primaryKey: true },
    earnedAt: DataTypes.DATE,
  }) as ModelStatic<Model<EarnedRow>>
  return { ledger, pause, achievement }
}
export type Tables = ReturnType<typeof tablesOf>
