import type { NewEvent } from '@repitbot/contracts/events'
import { achievements, type Change, newlyEarned, rewardXp } from './achievements.ts'
import { addXp } from './add-xp.ts'
import type { Day, Earned, LedgerRow, Student, XpContext } from './student.ts'
import { tallyOf } from './tally.ts'

export type AwardContext = {
  days: readonly Day[]
  bestDays: number
  today: number
  earned: ReadonlySet<string>
  changes: ReadonlySet<Change>
  at: number
  eventId: string | null
}
type AwardResult = { student: Student; rows: LedgerRow[]; earned: Earned[]; events: NewEvent[] }

/** Gives the achievements that are earned now. A reward may raise the level and so earn more; this ends, because each is given once. */
export function award(student: Student, given: AwardContext, context: XpContext): AwardResult {
  const result: AwardResult = { student, rows: [], earned: [], events: [] }
  const earned = new Set(given.earned)
  const memberMs = student.registeredAt === null ? 0 : context.now - student.registeredAt
  let changes = given.changes
  while (changes.size > 0) {
    const levelBefore = result.student.level
    const codes = newlyEarned(tallyOf(result.student, given.days, given), earned, { changes, memberMs })
    for (const code of codes) {
      earned.add(code)
      const { rarity } = achievements[code]
      const reward = { code, rewardXp: rewardXp[rarity] }
      const row = rewardRow(reward, given, context)
      const added = addXp(result.student, row, context)
      result.student = added.student
      result.rows.push(row)
      result.earned.push(reward)
      result.events.push({ name: 'achievement.earned', body: { studentId: student.id, rarity, ...reward } }, ...added.events)
    }
    changes = new Set(result.student.level > levelBefore ? (['level'] as const) : [])
  }
  return result
}

const rewardRow = ({ code, rewardXp: delta }: Earned, { at: heldAt, eventId }: AwardContext, { generation }: XpContext): LedgerRow => ({
  kind: 'achievement',
  sourceId: code,
  seq: 0,
  delta,
  reason: 'achievement',
  generation,
  heldAt,
  eventId,
})
