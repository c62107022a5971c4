import { achievements as en } from '@repitbot/contracts/texts/en/student'
import { achievements as ru } from '@repitbot/contracts/texts/ru/student'
import type { Texts } from '@repitbot/contracts/texts/translated'
import type { MemberContext } from '../feature.ts'
import { bar, type Screen } from '../rules/screen.ts'

const nearMax = 3
const texts: Texts<typeof ru> = { ru, en }
const titles: Record<string, Record<string, { title: string; how: string }>> = texts

/** Level, streaks and the achievements that are nearest; none of it while the game is off. */
export async function progressOf(
  { api, words, role, wall }: MemberContext,
  { userId: studentId, name }: { userId: string; name: string },
): Promise<Screen['lines']> {
  const [found, achievements] = await Promise.all([api.students.progress({ studentId }), api.students.achievements({ studentId })])
  const title = words.html('progress.title', { name })
  if (!found.gameOn) return [title, words.html(role === 'student' ? 'progress.off' : 'progress.offParent')]
  const { level, levelXp, xpToNext, totalXp, streak, weekStreak } = found
  const next = levelXp + (xpToNext ?? 0)
  const near = achievements
    .filter(({ earnedAt }) => !earnedAt)
    .toSorted((a, b) => b.progress / b.goal - a.progress / a.goal)
    .slice(0, nearMax)
  const textsOf = (code: string) => titles[wall.language]?.[code] ?? { title: code, how: '' }
  return [
    title,
    words.html('progress.level', { level }),
    xpToNext === null
      ? words.html('progress.top', { xp: totalXp })
      : words.html('progress.bar', { bar: bar(levelXp, next), xp: levelXp, next }),
    '',
    words.html('progress.weeks', { count: weekStreak.current }),
    words.html('progress.streak', { count: streak.current, best: streak.best }),
    words.html('progress.earned', { count: achievements.filter(({ earnedAt }) => earnedAt).length }),
    ...(near.length ? ['', words.html('progress.near')] : []),
    ...near.map(({ code, progress, goal }) => words.html('progress.goal', { bar: bar(progress, goal, 5), ...textsOf(code) })),
  ]
}
