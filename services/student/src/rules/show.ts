import type { Achievement, Progress } from '@repitbot/contracts/student'
import type { z } from 'zod'
import { achievementRows, rewardXp } from './achievements.ts'
import { type Standing, standingOf } from './calendar.ts'
import { levelFor, levelsOf, standing } from './levels.ts'
import { attendedOf } from './marks.ts'
import type { Known, Terrain } from './student.ts'
import { tallyOf } from './tally.ts'
import { weekStreakOf } from './weeks.ts'
import { dateOf } from './zones.ts'

type History = Omit<Known, 'facts'>

/** A student's level and streaks as of now, with the last days. */
export function progressOf(known: History, daysShown: number, terrain: Terrain): z.input<typeof Progress> {
  const { student } = known
  const now = standingOf(student, known, terrain)
  const { current, best, atRisk, freezes: freezesHeld } = now.streak
  const levels = levelsOf(terrain.settings.xp.levels)
  // A new curve may have lifted the level already; the next settlement says so.
  const level = Math.max(student.level, levelFor(student.totalXp, levels))
  return {
    studentId: student.id,
    gameOn: student.gameOn,
    level,
    totalXp: student.totalXp,
    ...standing(student.totalXp, level, levels),
    streak: { current, best, atRisk, freezesHeld, calendar: calendarOf(now, daysShown) },
    weekStreak: weekStreakOf(now.days, now.today),
  }
}

/** Every achievement with how far it is; one that is earned is full, whatever became of its figures since. */
export function achievementsOf(known: History, earnedAt: ReadonlyMap<string, Date>, terrain: Terrain): z.input<typeof Achievement>[] {
  const { today, days, streak } = standingOf(known.student, known, terrain)
  const tally = tallyOf(known.student, days, { bestDays: streak.best, today })
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

function calendarOf({ today, days }: Standing, daysShown: number): z.input<typeof Progress>['streak']['calendar'] {
  const first = days.find(({ kind }) => kind === 'active')?.day ?? today
  const byDay = new Map(days.map((day) => [day.day, day]))
  const shown = Array.from({ length: Math.min(daysShown, today - first + 1) }, (_, index) => today - index).toReversed()
  return shown.map((day) => {
    const one = byDay.get(day)
    return { day: dateOf(day), kind: one?.kind ?? (day === today ? 'open' : 'missed'), lessons: one ? attendedOf(one) : 0 }
  })
}
