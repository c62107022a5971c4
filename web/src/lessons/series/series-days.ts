import { addDays } from '@repitbot/contracts/calendar'
import { moneyText } from '@repitbot/contracts/money'
import type { Series as SeriesSchema } from '@repitbot/contracts/series'
import type { z } from 'zod'
import { dayText } from '../../time.ts'
import { language, type translate } from '../../words.ts'
import { comingOf, someMonday } from '../plan/series-dates.ts'

export type Series = z.output<typeof SeriesSchema>
const daysMax = 1_500

/** The next days of a series from now on. */
export function nextOf({ freq, from, weekdays, interval, until, count, at, zone }: Series, most: number): string[] {
  if (freq === 'daily') return until && until < new Date().toISOString().slice(0, 10) ? [] : [from]
  const coming = comingOf({ day: from, weekdays, interval, until, count }, at, zone, daysMax)
  return coming
    .filter(({ startsAt }) => startsAt > Date.now())
    .flatMap(({ day }) => day)
    .slice(0, most)
}

export function whenText({ weekdays, at, minutes, interval, zone }: Series, t: typeof translate): string {
  const days = weekdays.map((weekday) => dayText(addDays(someMonday, weekday - 1), { weekday: 'short' })).join(', ')
  const every = interval > 1 ? `, ${t('everyWeeks', { weeks: interval })}` : ''
  return `${days} ${at}, ${t('minutesShort', { count: minutes })}${every} (${zone})`
}

export const priceText = ({ students }: Series): string =>
  [...new Set(students.map(({ priceMinor, currency }) => moneyText(priceMinor, currency, language.get())))].join(', ')
