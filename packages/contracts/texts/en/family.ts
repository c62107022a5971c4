import type * as ru from '../ru/family.ts'
import type { Translated } from '../translated.ts'

export const commands: Translated<typeof ru.commands> = {
  children: { about: 'How the children are doing', button: '👧 Children' },
}

export const bot: Translated<typeof ru.bot> = {
  children: {
    title: '<b>{{name}}</b>',
    empty: 'Your children will be here once the school links them with you.',
    next: 'Next lesson: {{when}}, {{subject}}',
    noNext: 'No lessons in the next two weeks.',
    last: 'Last lessons:',
    progress: '🏆 Progress',
    schedule: '🗓 Schedule',
  },
}

export const web: Translated<typeof ru.web> = {
  overview: 'Overview',
  allChildren: 'All children',
  child: 'Child',
  attendanceMonth: 'Attendance in 30 days',
  attendedOf: '{{there}} of {{all}} lessons',
  noChildren: 'Your children will be here once the school links them to you.',
}
