import { isDay } from '@repitbot/contracts/calendar'
import { feature } from '../feature.ts'
import { listDay } from '../flows/list-day.ts'

export const today = feature({
  command: 'today',
  for: ['admin', 'tutor', 'student'],
  open: (talk) => listDay(talk, talk.today),
  taps: {
    day: (talk, id) => {
      const [day = '', page] = id.split('.')
      return listDay(talk, isDay(day) ? day : talk.today, Number(page ?? 0))
    },
  },
})
