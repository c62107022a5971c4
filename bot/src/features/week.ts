import { addDays, isDay, localDay, mondayOf } from '@repitbot/contracts/calendar'
import { feature, type MemberContext } from '../feature.ts'
import { listComing } from '../flows/list-coming.ts'
import { listLessons } from '../flows/list-day.ts'
import { lastRow } from '../flows/show-menu.ts'
import { button, inRows, type Screen } from '../rules/screen.ts'
import { dayNamed } from '../rules/when.ts'

export const week = feature({
  command: 'week',
  for: ['admin', 'tutor'],
  open: (context) => showWeek(context, context.today),
  taps: { week: (context, id) => showWeek(context, isDay(id) ? id : context.today) },
})

/** Seven days with the number of lessons in each, planned or to come of a series, and a button to open each day. */
async function showWeek(context: MemberContext, within: string): Promise<Screen> {
  const { words, wall } = context
  const monday = mondayOf(within)
  const lessons = await listLessons(context, monday, addDays(monday, 7))
  const coming = await listComing(context, monday, addDays(monday, 7))
  const notCancelled = lessons.filter(({ status }) => !status.startsWith('cancelled'))
  const days = Array.from({ length: 7 }, (_, at) => addDays(monday, at))
  const nameOf = (day: string) => dayNamed(wall.language, day)
  const countOn = (day: string, all: { startsAt: string }[]) => all.filter(({ startsAt }) => localDay(startsAt, wall.zone) === day).length
  const dayLines = days.map((day) => {
    const [planned, ahead] = [countOn(day, notCancelled), countOn(day, coming)]
    const parts = [
      ...(planned ? [words.text('week.lessons', { count: planned })] : []),
      ...(ahead ? [words.text('week.coming', { count: ahead })] : []),
    ]
    return words.html('week.row', { day: nameOf(day), lessons: parts.join(', ') || words.text('week.none') })
  })
  const turns = [-7, 7].map((by) => addDays(monday, by))
  return {
    lines: [words.html('week.title', { day: nameOf(monday) }), '', ...dayLines],
    rows: [
      ...inRows(
        days.map((day) => button(nameOf(day), 'day', day)),
        3,
      ),
      turns.map((day, at) => button(words.text(at ? 'day.next' : 'day.previous', { day: nameOf(day) }), 'week', day)),
      ...lastRow(context),
    ],
  }
}
