import { addDays } from '@repitbot/contracts/calendar'
import type { MemberContext } from '../feature.ts'
import { span } from '../rules/days.ts'
import { buttonOf, comingRowOf, type LessonView, rowOf } from '../rules/lessons.ts'
import { button, inRows, paged, type Screen } from '../rules/screen.ts'
import { dayNamed } from '../rules/when.ts'
import { listComing, ownOnly } from './list-coming.ts'
import { readAll } from './read-all.ts'
import { lastRow } from './show-menu.ts'

/** The lessons that the person may see between two days of their zone, the earliest first; with `studentId` those of one child. */
export async function listLessons(context: MemberContext, from: string, until: string, studentId?: string): Promise<LessonView[]> {
  const { api, me, role, wall } = context
  const between = span(from, until, wall.zone)
  const list = role === 'admin' || role === 'tutor' ? api.lessons.list : api.familyLessons.list
  const lessons = await readAll<LessonView>(async (after) => {
    const page = await list({ ...between, studentId, after, limit: 500 })
    return { items: page.lessons, next: page.next }
  })
  // Of one student they see all.
  return ownOnly(context) && studentId === undefined ? lessons.filter(({ tutorId }) => tutorId === me.userId) : lessons
}

/** One day: its lessons to open, and the days before and after it. */
export async function listDay(context: MemberContext, day: string, page = 0): Promise<Screen> {
  const { words, wall, today, role } = context
  const lessons = await listLessons(context, day, addDays(day, 1))
  const coming = await listComing(context, day, addDays(day, 1))
  const dayName = { day: dayNamed(wall.language, day) }
  const { items, pager } = paged(lessons, page, (to, label) => button(label, 'day', `${day}.${to}`))
  const empty = words.html(role === 'tutor' ? 'day.emptyTutor' : 'day.empty')
  const beside = [-1, 1].map((days) => addDays(day, days))
  const turns = beside.map((one, at) =>
    button(words.text(at ? 'day.next' : 'day.previous', { day: dayNamed(wall.language, one) }), 'day', one),
  )
  return {
    lines: [
      words.html(day === today ? 'day.today' : 'day.title', dayName),
      '',
      ...items.map((one) => rowOf(one, words, wall)),
      ...coming.map((one) => comingRowOf(one, words, wall)),
      ...(lessons.length || coming.length ? [] : [empty]),
    ],
    rows: [...inRows(items.map((one) => buttonOf(one, wall))), ...pager, turns, ...lastRow(context)],
  }
}
