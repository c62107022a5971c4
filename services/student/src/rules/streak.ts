import type { Pause } from './student.ts'

export const milestones = [3, 7, 14, 30, 60, 100, 200, 365]
const freezesMax = 2
const freezesAtFirst = 1
const activeDaysPerFreeze = 7
const repairDays = 2
const repairActivities = 2
const daysBetweenRepairs = 30

export type Bridge = 'frozen' | 'paused' | 'repaired'
export type Streak = {
  current: number
  best: number
  freezes: number
  /** The run is not broken, and today has no activity yet. */
  atRisk: boolean
  /** Days without activity that do not break the run, and why. */
  bridges: Map<number, Bridge>
}
type Walk = Streak & { towardsFreeze: number; broken: { on: number; run: number; towardsFreeze: number } | null; repairedOn: number }

const beginning = {
  current: 0,
  best: 0,
  freezes: freezesAtFirst,
  atRisk: false,
  towardsFreeze: 0,
  broken: null,
  repairedOn: Number.NEGATIVE_INFINITY,
}

/**
 * The streak as of `today`, from the activities of each day (days since 1970-01-01) and the paused days alone. Everything follows from these:
 * freezes are worked out again each time, so a late activity gives its freeze back by itself.
 */
export function streakOf(activities: ReadonlyMap<number, number>, isPaused: (day: number) => boolean, today: number): Streak {
  const walk: Walk = { ...beginning, bridges: new Map() }
  const first = Math.min(today + 1, ...activities.keys())
  for (let day = first; day <= today; day++) {
    const done = activities.get(day) ?? 0
    if (done > 0) continueRun(walk, activities, day)
    else if (isPaused(day)) walk.bridges.set(day, 'paused')
    else if (day === today) walk.atRisk = walk.current > 0
    else if (walk.current > 0) closeIdleDay(walk, day)
  }
  const { current, best, freezes, atRisk, bridges } = walk
  return { current, best, freezes, atRisk, bridges }
}

/** The greatest milestone newly reached. A late report may join two runs and reach several at once: one notice is enough. */
export const milestoneReached = (notified: number, best: number): number | null =>
  milestones.findLast((days) => days > notified && days <= best) ?? null

/** Whether a day lies within a pause, or was jumped over by a change of zone. */
export function pausedBy(pauses: readonly Pause[], skipped: readonly number[]): (day: number) => boolean {
  return (day) => skipped.includes(day) || pauses.some(({ from, until }) => from <= day && day <= until)
}

function continueRun(walk: Walk, activities: ReadonlyMap<number, number>, day: number): void {
  if (canRepair(walk, day, activities.get(day) ?? 0)) repair(walk, activities, day)
  walk.current += 1
  walk.best = Math.max(walk.best, walk.current)
  walk.towardsFreeze += 1
  if (walk.towardsFreeze < activeDaysPerFreeze) return
  walk.towardsFreeze -= activeDaysPerFreeze
  walk.freezes = Math.min(freezesMax, walk.freezes + 1)
}

function closeIdleDay(walk: Walk, day: number): void {
  if (walk.freezes > 0) {
    walk.freezes -= 1
    walk.bridges.set(day, 'frozen')
    return
  }
  walk.broken = { on: day, run: walk.current, towardsFreeze: walk.towardsFreeze }
  walk.current = 0
  walk.towardsFreeze = 0
}

/** Two activities on one of the two days after the break bring the run back, once in 30 days. */
const canRepair = ({ broken, repairedOn }: Walk, day: number, done: number) =>
  broken !== null && done >= repairActivities && day - broken.on <= repairDays && day - repairedOn >= daysBetweenRepairs

function repair(walk: Walk, activities: ReadonlyMap<number, number>, day: number): void {
  if (!walk.broken) return
  const { on, run, towardsFreeze } = walk.broken
  for (let missed = on; missed < day; missed++) {
    if (!activities.has(missed) && !walk.bridges.has(missed)) walk.bridges.set(missed, 'repaired')
  }
  walk.current += run
  walk.towardsFreeze += towardsFreeze
  walk.broken = null
  walk.repairedOn = day
}
