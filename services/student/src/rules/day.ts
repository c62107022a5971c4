import { earnsXp, lessonXp } from './lesson-xp.ts'
import type { Cut, Fact, LedgerRow } from './student.ts'

const lessonsPerDayMax = 4
type Due = { fact: Fact; xp: number; cut: Cut | null }

/**
 * What each fact of one day is worth. It depends on nothing but the facts, taken in the order they were held: the first four lessons earn,
 * up to the day's cap. So however late a fact arrives, the day comes to the same.
 */
export function dueOfDay(facts: readonly Fact[]): Due[] {
  const dailyCapXp = Math.max(0, ...facts.map(({ terms }) => terms?.dailyCapXp ?? 0))
  let lessons = 0
  let left = dailyCapXp
  return inOrder(facts).map((fact) => {
    if (!fact.terms || !earnsXp(fact)) return { fact, xp: 0, cut: null }
    const worth = lessonXp(fact.type, fact.percent, fact.terms)
    lessons += 1
    if (lessons > lessonsPerDayMax) return { fact, xp: 0, cut: 'daily_lessons' as const }
    const xp = Math.min(worth, left)
    left -= xp
    return { fact, xp, cut: xp < worth ? ('daily_cap' as const) : null }
  })
}

/** The ledger rows that are missing to bring a fact to what it is due, and the fact with them counted (the same object when none are). `heard`: a report of it came just now. */
export function differences({ fact, xp, cut }: Due, heard: boolean): { fact: Fact; rows: LedgerRow[] } {
  const { lessonId: sourceId, heldAt, eventId } = fact
  const generation = fact.terms?.generation ?? 0
  const missing: Pick<LedgerRow, 'delta' | 'reason'>[] = []
  if (xp !== fact.xp) missing.push({ delta: xp - fact.xp, reason: fact.rows === 0 ? 'lesson' : heard ? 'correction' : 'recount' })
  // A row of nothing makes visible that the day was full.
  if (cut && cut !== fact.cut) missing.push({ delta: 0, reason: cut })
  const rows = missing.map((row, index) => ({
    ...row,
    kind: 'lesson' as const,
    sourceId,
    seq: fact.rows + index,
    generation,
    heldAt,
    eventId,
  }))
  const same = rows.length === 0 && cut === fact.cut
  return { fact: same ? fact : { ...fact, xp, cut, rows: fact.rows + rows.length }, rows }
}

/** The day's reports as marks, in the order held. */
export const marksOf = (facts: readonly Fact[]): string =>
  inOrder(facts)
    .filter(({ held }) => held)
    .map(({ attendance, percent }) => (attendance === 'attended' ? `a${percent ?? ''}` : attendance === 'excused' ? 'e' : 'u'))
    .join('')

const inOrder = (facts: readonly Fact[]) =>
  [...facts].sort((a, b) => a.heldAt - b.heldAt || (a.lessonId < b.lessonId ? -1 : a.lessonId > b.lessonId ? 1 : 0))
