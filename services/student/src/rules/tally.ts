import { absencesOf, attendedOf, lessonsOf } from './day-digest.ts'
import type { Day, Student } from './student.ts'
import { weekStreakOf } from './weeks.ts'

/** What achievements are decided by: counts, and the best ever of each kind, so that the order of reports plays no part. */
export type Tally = {
  lessons: number
  minutes: number
  level: number
  bestDays: number
  bestWeeks: number
  /** Lessons in a row without an absence. */
  unbroken: number
  /** Lessons of the best finished month without an absence. */
  bestMonth: number
  /** Points by which ten graded lessons in a row were better than the ten before. */
  gradeRise: number
  subjectsOfFive: number
  /** Activities within 14 days of coming back from a long absence. */
  comeback: number
  daysSinceFirst: number
}

/** Reading a whole history costs time, so each getter runs only when an achievement that is not earned yet needs it. */
export function tallyOf(student: Student, days: readonly Day[], { bestDays, today }: { bestDays: number; today: number }): Tally {
  const past = days.filter(({ day }) => day <= today)
  const active = past.filter((day) => attendedOf(day) > 0)
  return {
    lessons: student.lessons,
    minutes: student.minutes,
    level: student.level,
    bestDays,
    daysSinceFirst: active[0] ? today - active[0].day : 0,
    get bestWeeks() {
      return weekStreakOf(past, today).best
    },
    get unbroken() {
      return longestRun(lessonsOf(past))
    },
    get bestMonth() {
      return bestMonthOf(past, today)
    },
    get gradeRise() {
      return gradeRiseOf(lessonsOf(past).flatMap(({ percent }) => percent ?? []))
    },
    get subjectsOfFive() {
      return Object.values(student.subjects).filter((count) => count >= 5).length
    },
    get comeback() {
      return comebackOf(active, past)
    },
  }
}

function longestRun(lessons: readonly { attended: boolean }[]): number {
  let [run, best] = [0, 0]
  for (const { attended } of lessons) {
    run = attended ? run + 1 : 0
    best = Math.max(best, run)
  }
  return best
}

function bestMonthOf(days: readonly Day[], today: number): number {
  const months = Map.groupBy(days, ({ day }) => monthOf(day))
  months.delete(monthOf(today))
  const perfect = [...months.values()].filter((month) => month.every((day) => absencesOf(day) === 0))
  return Math.max(0, ...perfect.map((month) => sum(month.map(attendedOf))))
}

const half = 10
function gradeRiseOf(percents: readonly number[]): number {
  let best = 0
  for (let end = 2 * half; end <= percents.length; end++) {
    const before = sum(percents.slice(end - 2 * half, end - half))
    best = Math.max(best, (sum(percents.slice(end - half, end)) - before) / half)
  }
  return Math.floor(best)
}

const idleDaysMin = 14
const returnDays = 14
/** Paused days are no absence: only the other idle days between two activities count. */
function comebackOf(active: readonly Day[], days: readonly Day[]): number {
  let best = 0
  for (const [index, back] of active.entries()) {
    const before = active[index - 1]
    if (!before || back.day - before.day <= idleDaysMin) continue
    const paused = days.filter(({ day, kind }) => before.day < day && day < back.day && kind === 'paused').length
    if (back.day - before.day - 1 - paused < idleDaysMin) continue
    const within = active.slice(index).filter(({ day }) => day < back.day + returnDays)
    best = Math.max(best, sum(within.map(attendedOf)))
  }
  return best
}

const monthOf = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 7)
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
