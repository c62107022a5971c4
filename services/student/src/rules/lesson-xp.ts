import type { LessonType } from '@repitbot/contracts/lesson-fields'
import type { Settings } from '@repitbot/contracts/settings'
import type { AppliedSettings, Report } from './student.ts'

export const minutesMin = 20
const baseXp: Record<LessonType, number> = { trial: 100, group: 130, individual: 150, make_up: 150, intensive: 180, mock_exam: 200 }
const bonuses = [
  { from: 90, xp: 100 },
  { from: 75, xp: 60 },
  { from: 60, xp: 30 },
]

/** Whether a report can earn anything: held, attended, and long enough to be a lesson. */
export const earnsXp = ({ held, attendance, minutes }: Report): boolean => held && attendance === 'attended' && minutes >= minutesMin

/** The XP of an attended lesson by its applied settings, before the day's caps; `percent` is the grade, or null. */
export function lessonXp(type: LessonType, percent: number | null, { rate }: Pick<AppliedSettings, 'rate'>): number {
  const bonus = percent === null ? 0 : (bonuses.find(({ from }) => percent >= from)?.xp ?? 0)
  // A type that only a newer process knows has the usual base.
  const base = type in baseXp ? baseXp[type] : baseXp.individual
  return Math.floor((clamp(base + bonus) * rate) / 10_000)
}

/** The source's percent times the greatest boost active when the lesson was held, in hundredths of a percent. */
export function rateAt(heldAt: number, { multiplierPercent, boosts }: Settings['xp']): number {
  const active = boosts.filter(
    ({ from, until, sources }) => sources.includes('lesson') && Date.parse(from) <= heldAt && heldAt < Date.parse(until),
  )
  return multiplierPercent.lesson * Math.max(100, ...active.map(({ percent }) => percent))
}

const clamp = (xp: number) => Math.min(300, Math.max(100, xp))
