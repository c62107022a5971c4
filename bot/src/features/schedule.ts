import { addDays, localDay } from '@repitbot/contracts/calendar'
import { feature, type Signed } from '../feature.ts'
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
  open: (talk) => ahead(talk),
  taps: {
    sch: (talk, id) => {
      const [child, page] = id.split('.')
      return ahead(talk, child ? long(child) : undefined, Number(page ?? 0))
    },
  },
})

/** Two weeks ahead, day by day; of all children, or of the one chosen. */
async function ahead(talk: Signed, childId?: string, page = 0): Promise<Screen> {
  const { words, wall, today, role, ask } = talk
  const children = role === 'parent' ? await ask.people.list({ role: 'student' }) : []
  const child = children.find(({ userId }) => userId === childId)
  const all = await listLessons(talk, today, addDays(today, daysAhead), childId)
  const lessons = all.filter(({ status }) => !status.startsWith('cancelled'))
  const { shown, turning } = paged(lessons, page, (to, label) => button(label, 'sch', `${childId ? short(childId) : ''}.${to}`))
  const lines = shown.flatMap((lesson, at) => {
    const day = localDay(lesson.startsAt, wall.zone)
    const before = shown[at - 1]
    const isNew = !before || localDay(before.startsAt, wall.zone) !== day
    return [...(isNew ? ['', words.html('day.title', { day: dayNamed(wall.language, day) })] : []), rowOf(lesson, words, wall)]
  })
  const title = child ? words.html('schedule.of', { name: child.name }) : words.html('schedule.title')
  return {
    lines: [title, ...(lines.length ? lines : ['', words.html('schedule.empty')])],
    rows: [...inRows(shown.map((one) => buttonOf(one, wall))), ...turning, ...switching(talk, children, childId), ...lastRow(talk)],
  }
}

/** One tap to another child; none where there is only one. */
function switching({ words }: Signed, children: { userId: string; name: string }[], chosen: string | undefined) {
  if (children.length < 2) return []
  const named = (name: string, isChosen: boolean) => (isChosen ? words.text('schedule.chosen', { name }) : name)
  const all = button(named(words.text('schedule.all'), !chosen), 'sch', '')
  return inRows([all, ...children.map(({ userId, name }) => button(named(name, userId === chosen), 'sch', short(userId)))])
}
