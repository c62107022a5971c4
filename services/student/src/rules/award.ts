import type { NewEvent } from '@repitbot/contracts/events'
import { achievements, type Change, newlyEarned, rewardXp } from './achievements.ts'
import { gain } from './gain.ts'
import type { Day, Earned, LedgerRow, Student, Terrain } from './student.ts'
import { tallyOf } from './tally.ts'

export type Awarding = {
  days: readonly Day[]
  bestDays: number
  today: number
  earned: ReadonlySet<string>
  changes: ReadonlySet<Change>
  at: number
  eventId: string | null
}
type Awarded = { student: Student; rows: LedgerRow[]; earned: Earned[]; events: NewEvent[] }

/** Gives what is earned. A reward may lift the level and so earn more: it goes on until nothing is new, which ends, as each is given once. */
export function award(student: Student, awarding: Awarding, terrain: Terrain): Awarded {
  const done: Awarded = { student, rows: [], earned: [], events: [] }
  const earned = new Set(awarding.earned)
  const memberMs = student.registeredAt === null ? 0 : terrain.now - student.registeredAt
  let changes = awarding.changes
  while (changes.size > 0) {
    const levelBefore = done.student.level
    const codes = newlyEarned(tallyOf(done.student, awarding.days, awarding), earned, { changes, memberMs })
    for (const code of codes) {
      earned.add(code)
      const { rarity } = achievements[code]
      const reward = { code, rewardXp: rewardXp[rarity] }
      const row = rewardRow(reward, awarding, terrain)
      const gained = gain(done.student, row, terrain)
      done.student = gained.student
      done.rows.push(row)
      done.earned.push(reward)
      done.events.push({ name: 'achievement.earned', body: { studentId: student.id, rarity, ...reward } }, ...gained.events)
    }
    changes = new Set(done.student.level > levelBefore ? (['level'] as const) : [])
  }
  return done
}

const rewardRow = ({ code, rewardXp: delta }: Earned, { at: heldAt, eventId }: Awarding, { generation }: Terrain): LedgerRow => ({
  kind: 'achievement',
  sourceId: code,
  seq: 0,
  delta,
  reason: 'achievement',
  generation,
  heldAt,
  eventId,
})
