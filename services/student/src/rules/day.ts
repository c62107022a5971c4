import { earnsXp, lessonXp } from './lesson-xp.ts'
import type { CappedBy, Fact, LedgerRow } from './student.ts'

const lessonsPerDayMax = 4
/** A fact with the XP that it should have. */
type CountedFact = { fact: Fact; xp: number; cappedBy: CappedBy | null }

/**
 * The XP of each fact of one day. It depends on these facts alone, in the order the lessons were held: the first four lessons earn, up to
 * the day's cap. So a fact that arrives late gives the same result.
 */
export function xpOfDay(facts: readonly Fact[]): CountedFact[] {
  const dailyCapXp = Math.max(0, ...facts.map(({ applied }) => applied?.dailyCapXp ?? 0))
  let lessons = 0
  let left = dailyCapXp
  return inOrder(facts).map((fact) => {
    if (!fact.applied || !earnsXp(fact)) return { fact, xp: 0, cappedBy: null }
    const worth = lessonXp(fact.type, fact.percent, fact.applied)
    lessons += 1
    if (lessons > lessonsPerDayMax) return { fact, xp: 0, cappedBy: 'daily_lessons' as const }
    const xp = Math.min(worth, left)
    left -= xp
    return { fact, xp, cappedBy: xp < worth ? ('daily_cap' as const) : null }
  })
}

/** The ledger rows that a fact still needs to come to its XP, and the fact with them counted (the same object when there are none). */
export function missingRows({ fact, xp, cappedBy }: CountedFact, isReported: boolean): { fact: Fact; rows: LedgerRow[] } {
  const { lessonId: sourceId, heldAt, eventId } = fact
  const generation = fact.applied?.generation ?? 0
  const missing: Pick<LedgerRow, 'delta' | 'reason'>[] = []
  if (xp !== fact.xp) missing.push({ delta: xp - fact.xp, reason: fact.rows === 0 ? 'lesson' : isReported ? 'correction' : 'recount' })
  // A row with delta 0 shows the student that the day was full.
  if (cappedBy && cappedBy !== fact.cappedBy) missing.push({ delta: 0, reason: cappedBy })
  const rows = missing.map((row, index) => ({
    ...row,
    kind: 'lesson' as const,
    sourceId,
    seq: fact.rows + index,
    generation,
    heldAt,
    eventId,
  }))
  const same = rows.length === 0 && cappedBy === fact.cappedBy
  return { fact: same ? fact : { ...fact, xp, cappedBy, rows: fact.rows + rows.length }, rows }
}

/** The digest of a day's facts: see `Day` in student.ts. */
export const digestOf = (facts: readonly Fact[]): string =>
  inOrder(facts)
    .filter(({ held }) => held)
    .map(({ attendance, percent }) => (attendance === 'attended' ? `a${percent ?? ''}` : attendance === 'excused' ? 'e' : 'u'))
    .join('')

const inOrder = (facts: readonly Fact[]) =>
  [...facts].sort((a, b) => a.heldAt - b.heldAt || (a.lessonId < b.lessonId ? -1 : a.lessonId > b.lessonId ? 1 : 0))
