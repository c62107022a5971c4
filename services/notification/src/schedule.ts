import type { Job } from '@repitbot/kit/house'
import { remindLesson } from './flows/remind-lesson.ts'
import { sendNotice } from './flows/send-notice.ts'
import { sweepReminders } from './flows/sweep-reminders.ts'
import { tidyInbox } from './flows/tidy-inbox.ts'
import type { Inside } from './inside.ts'

export const schedule = (inside: Inside): Record<string, Job> => ({
  remind: { run: (asked) => remindLesson(inside, asked) },
  send: { run: (asked) => sendNotice(inside, asked) },
  'sweep-reminders': { cron: '11 * * * *', run: () => sweepReminders(inside) },
  'tidy-inbox': { cron: '41 3 * * *', run: () => tidyInbox(inside) },
})
