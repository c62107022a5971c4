import { addDays } from '@repitbot/contracts/calendar'
import type { Signed } from '../feature.ts'
import { span } from '../rules/days.ts'
import { buttonOf, rowOf, type Seen } from '../rules/lessons.ts'
import { button, inRows, paged, type Screen } from '../rules/screen.ts'
import { dayNamed } from '../rules/when.ts'
import { lastRow } from './show-menu.ts'

/** The lessons this person may see between two days of their wall, the earliest first; a family's may be of one child alone. */
export async function listLessons({ ask, role, wall }: Signed, from: string, until: string, studentId?: string): Promise<Seen[]> {
  const between = span(from, until, wall.zone)
  const { lessons } =
    role === 'admin' || role === 'tutor'
      ? await ask.lessons.list({ ...between, studentId })
      : await ask.familyLessons.list({ ...between, studentId })
  return lessons
}

/** One day: its lessons to open, and the days beside it. */
export async function listDay(talk: Signed, day: string, page = 0): Promise<Screen> {
  const { words, wall, today, role } = talk
  const lessons = await listLessons(talk, day, addDays(day, 1))
  const named = { day: dayNamed(wall.language, day) }
  const { shown, turning } = paged(lessons, page, (to, label) => button(label, 'day', `${day}.${to}`))
  const empty = words.html(role === 'tutor' ? 'day.emptyTutor' : 'day.empty')
  const beside = [-1, 1].map((days) => addDays(day, days))
  const turns = beside.map((one, at) =>
    button(words.text(at ? 'day.next' : 'day.previous', { day: dayNamed(wall.language, one) }), 'day', one),
  )
  return {
    lines: [
      words.html(day === today ? 'day.today' : 'day.title', named),
      '',
      ...(lessons.length ? shown.map((one) => rowOf(one, words, wall)) : [empty]),
    ],
    rows: [...inRows(shown.map((one) => buttonOf(one, wall))), ...turning, turns, ...lastRow(talk)],
  }
}
