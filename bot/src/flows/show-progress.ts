import { achievements as en } from '@repitbot/contracts/texts/en/student'
import { achievements as ru } from '@repitbot/contracts/texts/ru/student'
import type { Texts } from '@repitbot/contracts/texts/translated'
import type { Signed } from '../feature.ts'
import { bar, type Screen } from '../rules/screen.ts'

const nearMax = 3
const texts: Texts<typeof ru> = { ru, en }
const titles: Record<string, Record<string, { title: string; how: string }>> = texts

/** Level, streaks and what is nearest to be earned; nothing of it while the game is off. */
export async function progressOf(
  { ask, words, role, wall }: Signed,
  { userId: studentId, name }: { userId: string; name: string },
): Promise<Screen['lines']> {
  const [shown, achievements] = await Promise.all([ask.students.progress({ studentId }), ask.students.achievements({ studentId })])
  const title = words.html('progress.title', { name })
  if (!shown.gameOn) return [title, words.html(role === 'student' ? 'progress.off' : 'progress.offParent')]
  const { level, levelXp, xpToNext, totalXp, streak, weekStreak } = shown
  const next = levelXp + (xpToNext ?? 0)
  const near = achievements
    .filter(({ earnedAt }) => !earnedAt)
    .toSorted((a, b) => b.progress / b.goal - a.progress / a.goal)
    .slice(0, nearMax)
  const named = (code: string) => titles[wall.language]?.[code] ?? { title: code, how: '' }
  return [
    title,
    words.html('progress.level', { level }),
    xpToNext === null
      ? words.html('progress.top', { xp: totalXp })
      : words.html('progress.bar', { bar: bar(levelXp, next), xp: levelXp, next }),
    '',
    words.html('progress.streak', { count: streak.current, best: streak.best }),
    words.html('progress.weeks', { count: weekStreak.current }),
    words.html('progress.earned', { count: achievements.filter(({ earnedAt }) => earnedAt).length }),
    ...(near.length ? ['', words.html('progress.near')] : []),
    ...near.map(({ code, progress, goal }) => words.html('progress.goal', { bar: bar(progress, goal, 5), ...named(code) })),
  ]
}
