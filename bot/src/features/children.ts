import { addDays, localDay } from '@repitbot/contracts/calendar'
import { feature, type MemberContext } from '../feature.ts'
import { listLessons } from '../flows/list-day.ts'
import { lastRow } from '../flows/show-menu.ts'
import { rowOf, whenOf } from '../rules/lessons.ts'
import { button, inRows, type Screen } from '../rules/screen.ts'
import { long, short } from '../rules/taps.ts'
import { dayNamed } from '../rules/when.ts'

const daysAhead = 14
const daysBack = 30
const lastMax = 3

export const children = feature({
  command: 'children',
  for: ['parent'],
  open: (context) => showChild(context),
  taps: { child: (context, id) => showChild(context, long(id)) },
})

/** One child: the next lesson, the latest reports, and buttons to the other children. */
async function showChild(context: MemberContext, childId?: string): Promise<Screen> {
  const { words, wall, api, today, now } = context
  const all = await api.people.list({ role: 'student' })
  const child = all.find(({ userId }) => userId === childId) ?? all[0]
  if (!child) return { lines: [words.html('children.empty')], rows: lastRow(context) }
  const lessons = await listLessons(context, addDays(today, -daysBack), addDays(today, daysAhead), child.userId)
  const next = lessons.find(({ status, startsAt }) => !status.startsWith('cancelled') && Date.parse(startsAt) > now.getTime())
  const completed = lessons
    .filter(({ status }) => status === 'completed')
    .slice(-lastMax)
    .toReversed()
  const reportLines = completed.flatMap((lesson) => {
    const seat = lesson.students.find(({ studentId }) => studentId === child.userId)
    return [
      `${dayNamed(wall.language, localDay(lesson.startsAt, wall.zone))}: ${rowOf(lesson, words, wall)}`,
      ...(seat?.grade
        ? [
            words.html('lesson.seatGraded', {
              name: child.name,
              attendance: words.text(`lesson.${seat.attendance ?? 'attended'}`),
              grade: seat.grade.value,
            }),
          ]
        : []),
      ...(lesson.note ? [words.html('lesson.note', { note: lesson.note })] : []),
    ]
  })
  const id = short(child.userId)
  const others = all.filter(({ userId }) => userId !== child.userId).map(({ userId, name }) => button(name, 'child', short(userId)))
  return {
    lines: [
      words.html('children.title', { name: child.name }),
      next ? words.html('children.next', { when: whenOf(next, wall), subject: next.subject }) : words.html('children.noNext'),
      ...(reportLines.length ? ['', words.html('children.last'), ...reportLines] : []),
    ],
    rows: [
      [button(words.text('children.progress'), 'prog', id), button(words.text('children.schedule'), 'sch', id)],
      ...inRows(others),
      ...lastRow(context),
    ],
  }
}
