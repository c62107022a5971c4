import type { AchievementCode } from '@repitbot/contracts/texts/ru/student'
import type { Tally } from './tally.ts'

export type Rarity = 'common' | 'rare' | 'epic' | 'legendary'
/** What has just changed; an achievement is checked only after the changes that it names. `day`: a local day was closed. */
export type Change = 'lesson' | 'day' | 'level'
export type Achievement = {
  rarity: Rarity
  after: readonly Change[]
  goal: number
  progress: (tally: Tally) => number
  /** Not shown before it is earned. */
  hidden?: true
}

export const rewardXp: Record<Rarity, number> = { common: 50, rare: 150, epic: 400, legendary: 1000 }
const lesson = ['lesson'] as const
const level = ['level'] as const
const lessonOrDay = ['lesson', 'day'] as const
/** A late report can refute these, so they wait for the close of the day, when most lessons of the day have been reported. */
const day = ['day'] as const

/** To add an achievement, add a row here and its texts in contracts. */
export const achievements = {
  first_lesson: { rarity: 'common', after: lesson, goal: 1, progress: (t) => t.lessons },
  student_10: { rarity: 'common', after: lesson, goal: 10, progress: (t) => t.lessons },
  expert_50: { rarity: 'rare', after: lesson, goal: 50, progress: (t) => t.lessons },
  master_100: { rarity: 'epic', after: lesson, goal: 100, progress: (t) => t.lessons },
  active_50h: { rarity: 'rare', after: lesson, goal: 3_000, progress: (t) => t.minutes },
  hours_250: { rarity: 'legendary', after: lesson, goal: 15_000, progress: (t) => t.minutes },
  week_7: { rarity: 'common', after: lessonOrDay, goal: 7, progress: (t) => t.bestDays },
  iron_30: { rarity: 'epic', after: lessonOrDay, goal: 30, progress: (t) => t.bestDays },
  streak_100: { rarity: 'legendary', after: lessonOrDay, goal: 100, progress: (t) => t.bestDays },
  weeks_4: { rarity: 'common', after: day, goal: 4, progress: (t) => t.bestWeeks },
  weeks_12: { rarity: 'rare', after: day, goal: 12, progress: (t) => t.bestWeeks },
  weeks_36: { rarity: 'legendary', after: day, goal: 36, progress: (t) => t.bestWeeks },
  level_5: { rarity: 'common', after: level, goal: 5, progress: (t) => t.level },
  advanced_10: { rarity: 'epic', after: level, goal: 10, progress: (t) => t.level },
  level_25: { rarity: 'epic', after: level, goal: 25, progress: (t) => t.level },
  legend_50: { rarity: 'legendary', after: level, goal: 50, progress: (t) => t.level },
  growth: { rarity: 'rare', after: day, goal: 15, progress: (t) => t.gradeRise },
  no_miss_20: { rarity: 'rare', after: day, goal: 20, progress: (t) => t.unbroken },
  perfect_month: { rarity: 'epic', after: day, goal: 4, progress: (t) => t.bestMonth },
  polymath_3: { rarity: 'rare', after: lesson, goal: 3, progress: (t) => t.subjectsOfFive },
  comeback: { rarity: 'common', after: day, goal: 3, progress: (t) => t.comeback, hidden: true },
  year_1: {
    rarity: 'rare',
    after: lessonOrDay,
    goal: 365,
    progress: (t) => (t.lessons < 30 ? Math.min(t.daysSinceFirst, 364) : t.daysSinceFirst),
  },
} as const satisfies Record<AchievementCode, Achievement>

export const achievementRows = Object.entries(achievements) as [AchievementCode, Achievement][]

const msBeforeRare = 14 * 86_400_000
/** The achievements earned just now. All but the common ones wait until the student has been registered for 14 days, against new accounts made to collect them. */
export function newlyEarned(
  tally: Tally,
  earned: ReadonlySet<string>,
  { changes, memberMs }: { changes: ReadonlySet<Change>; memberMs: number },
): AchievementCode[] {
  return achievementRows
    .filter(([code, row]) => !earned.has(code) && (row.rarity === 'common' || memberMs >= msBeforeRare) && isDue(row, changes))
    .filter(([, row]) => row.progress(tally) >= row.goal)
    .map(([code]) => code)
}

/** Achievements that had to wait for the 14 days are checked when a day closes, whatever changes they name. */
const isDue = ({ rarity, after }: Achievement, changes: ReadonlySet<Change>) =>
  after.some((change) => changes.has(change)) || (rarity !== 'common' && changes.has('day'))
