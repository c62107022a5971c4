import type { Achievement, Progress } from '@repitbot/contracts/student'
import type { z } from 'zod'
import { achievementRows, rewardXp } from './achievements.ts'
import { attendedOf } from './day-digest.ts'
import { levelFor, levelProgress, levelsOf } from './levels.ts'
import { type StreakState, streakStateOf } from './streak-state.ts'
import type { StudentState, XpContext } from './student.ts'
import { tallyOf } from './tally.ts'
import { weekStreakOf } from './weeks.ts'
import { dateOf } from './zones.ts'

type History = Omit<StudentState, 'facts'>

/** A student's level and streaks as of now, with the last days. */
export function toProgress(history: History, daysShown: number, context: XpContext): z.input<typeof Progress> {
  const { student } = history
  const now = streakStateOf(student, history, context)
  const { current, best, atRisk, freezes: freezesHeld } = now.streak
  const levels = levelsOf(context.settings.xp.levels)
  // A new level curve may have raised the level already; student.level_up is published with the next report or day close.
  const level = Math.max(student.level, levelFor(student.totalXp, levels))
  return {
    studentId: student.id,
    gameOn: student.gameOn,
    level,
    totalXp: student.totalXp,
    ...levelProgress(student.totalXp, level, levels),
    streak: { current, best, atRisk, freezesHeld, calendar: calendarOf(now, daysShown) },
    weekStreak: weekStreakOf(now.days, now.today),
  }
}

/** Every achievement with its progress. An earned one shows its full goal, even when its counts fell since. */
export function toAchievements(history: History, earnedAt: ReadonlyMap<string, Date>, context: XpContext): z.input<typeof Achievement>[] {
  const { today, days, streak } = streakStateOf(history.student, history, context)
  const tally = tallyOf(history.student, days, { bestDays: streak.best, today })
  return achievementRows
    .filter(([code, { hidden }]) => !hidden || earnedAt.has(code))
    .map(([code, { rarity, goal, progress }]) => ({
      code,
      rarity,
      goal,
      progress: earnedAt.has(code) ? goal : Math.min(goal, Math.max(0, progress(tally))),
      rewardXp: rewardXp[rarity],
      earnedAt: earnedAt.get(code)?.toISOString() ?? null,
    }))
}

function calendarOf({ today, days }: StreakState, daysShown: number): z.input<typeof Progress>['streak']['calendar'] {
  const first = days.find(({ kind }) => kind === 'active')?.day ?? today
  const byDay = new Map(days.map((day) => [day.day, day]))
  const shownDays = Array.from({ length: Math.min(daysShown, today - first + 1) }, (_, index) => today - index).toReversed()
  return shownDays.map((day) => {
    const one = byDay.get(day)
    return { day: dateOf(day), kind: one?.kind ?? (day === today ? 'open' : 'missed'), lessons: one ? attendedOf(one) : 0 }
  })
}
