import { addDays, isDay, localDay, mondayOf } from '@repitbot/contracts/calendar'
import { feature, type Signed } from '../feature.ts'
import { listLessons } from '../flows/list-day.ts'
import { lastRow } from '../flows/show-menu.ts'
import { button, inRows, type Screen } from '../rules/screen.ts'
import { dayNamed } from '../rules/when.ts'

export const week = feature({
  command: 'week',
  for: ['admin', 'tutor'],
  open: (talk) => weekOf(talk, talk.today),
  taps: { week: (talk, id) => weekOf(talk, isDay(id) ? id : talk.today) },
})

/** Seven days with how much is in each; a day opens by its button. */
async function weekOf(talk: Signed, within: string): Promise<Screen> {
  const { words, wall } = talk
  const monday = mondayOf(within)
  const lessons = await listLessons(talk, monday, addDays(monday, 7))
  const standing = lessons.filter(({ status }) => !status.startsWith('cancelled'))
  const days = Array.from({ length: 7 }, (_, at) => addDays(monday, at))
  const named = (day: string) => dayNamed(wall.language, day)
  const told = days.map((day) => {
    const count = standing.filter(({ startsAt }) => localDay(startsAt, wall.zone) === day).length
    return words.html('week.row', { day: named(day), lessons: count ? words.text('week.lessons', { count }) : words.text('week.none') })
  })
  const turns = [-7, 7].map((by) => addDays(monday, by))
  return {
    lines: [words.html('week.title', { day: named(monday) }), '', ...told],
    rows: [
      ...inRows(
        days.map((day) => button(named(day), 'day', day)),
        3,
      ),
      turns.map((day, at) => button(words.text(at ? 'day.next' : 'day.previous', { day: named(day) }), 'week', day)),
      ...lastRow(talk),
    ],
  }
}
