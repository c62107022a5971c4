import type * as ru from '../ru/notification.ts'
import type { Translated } from '../translated.ts'
import * as broadcast from './broadcast.ts'
import * as inbox from './inbox.ts'
import * as lesson from './lesson.ts'
import * as people from './people.ts'
import * as progress from './progress.ts'
import * as report from './report.ts'
import * as schedule from './schedule.ts'
import * as settings from './settings.ts'
import * as signIn from './sign-in.ts'
import * as undo from './undo.ts'

/** Every notice there is. */
export const notices = {
  ...schedule.notices,
  ...report.notices,
  ...lesson.notices,
  ...undo.notices,
  ...progress.notices,
  ...settings.notices,
  ...broadcast.notices,
  ...signIn.notices,
  ...people.notices,
} satisfies Translated<typeof ru.notices>

export const gathered = { ...lesson.gathered, ...undo.gathered } satisfies Translated<typeof ru.gathered>

export const lines = { ...schedule.lines, ...report.lines, ...lesson.lines, ...progress.lines, ...people.lines } satisfies Translated<
  typeof ru.lines
>

export const unknown = inbox.unknown

export const outward = inbox.outward
