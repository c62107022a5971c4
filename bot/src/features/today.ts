import { isDay } from '@repitbot/contracts/calendar'
import { feature } from '../feature.ts'
import { listDay } from '../flows/list-day.ts'

export const today = feature({
  command: 'today',
  for: ['admin', 'tutor', 'student'],
  open: (context) => listDay(context, context.today),
  taps: {
    day: (context, id) => {
      const [day = '', page] = id.split('.')
      return listDay(context, isDay(day) ? day : context.today, Number(page ?? 0))
    },
  },
})
