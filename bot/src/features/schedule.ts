import { addDays, localDay } from '@repitbot/contracts/calendar'
import { feature, type MemberContext } from '../feature.ts'
import { listLessons } from '../flows/list-day.ts'
import { lastRow } from '../flows/show-menu.ts'
import { buttonOf, rowOf } from '../rules/lessons.ts'
import { button, inRows, paged, type Screen } from '../rules/screen.ts'
import { long, short } from '../rules/taps.ts'
import { dayNamed } from '../rules/when.ts'

const daysAhead = 14

export const schedule = feature({
  command: 'schedule',
  for: ['student', 'parent'],
  open: (context) => showAhead(context),
  taps: {
    sch: (context, id) => {
      const [child, page] = id.split('.')
      return showAhead(context, child ? long(child) : undefined, Number(page ?? 0))
    },
  },
})

/** Two weeks ahead, day by day; of all children, or of the one chosen. */
async function showAhead(context: MemberContext, childId?: string, page = 0): Promise<Screen> {
  const { words, wall, today, role, api } = context
  const children = role === 'parent' ? await api.people.list({ role: 'student' }) : []
  const child = children.find(({ userId }) => userId === childId)
  const all = await listLessons(context, today, addDays(today, daysAhead), childId)
  const lessons = all.filter(({ status }) => !status.startsWith('cancelled'))
  const { items, pager } = paged(lessons, page, (to, label) => button(label, 'sch', `${childId ? short(childId) : ''}.${to}`))
  const lines = items.flatMap((lesson, at) => {
    const day = localDay(lesson.startsAt, wall.zone)
    const before = items[at - 1]
    const isNew = !before || localDay(before.startsAt, wall.zone) !== day
    return [...(isNew ? ['', words.html('day.title', { day: dayNamed(wall.language, day) })] : []), rowOf(lesson, words, wall)]
  })
  const title = child ? words.html('schedule.of', { name: child.name }) : words.html('schedule.title')
  return {
    lines: [title, ...(lines.length ? lines : ['', words.html('schedule.empty')])],
    rows: [
      ...inRows(
        items.map((one) => buttonOf(one, wall, true)),
        1,
      ),
      ...pager,
      ...childButtons(context, children, childId),
      ...lastRow(context),
    ],
  }
}

/** Buttons to the other children; none where there is only one. */
function childButtons({ words }: MemberContext, children: { userId: string; name: string }[], chosen: string | undefined) {
  if (children.length < 2) return []
  const nameOf = (name: string, isChosen: boolean) => (isChosen ? words.text('schedule.chosen', { name }) : name)
  const all = button(nameOf(words.text('schedule.all'), !chosen), 'sch', '')
  return inRows([all, ...children.map(({ userId, name }) => button(nameOf(name, userId === chosen), 'sch', short(userId)))])
}
