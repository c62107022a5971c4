import type { Job } from '@repitbot/kit/service'
import { remindLesson } from './flows/remind-lesson.ts'
import { sendDelivery } from './flows/send-delivery.ts'
import { sendLetter } from './flows/send-letter.ts'
import { sweepDeliveries } from './flows/sweep-deliveries.ts'
import { sweepReminders } from './flows/sweep-reminders.ts'
import { tellDays } from './flows/tell-days.ts'
import { tidyInbox } from './flows/tidy-inbox.ts'
import type { Inside } from './inside.ts'

export const schedule = (inside: Inside): Record<string, Job> => ({
  remind: { run: (asked) => remindLesson(inside, asked) },
  send: { run: (asked) => sendDelivery(inside, asked) },
  letter: { run: (asked) => sendLetter(inside, asked) },
  'sweep-deliveries': { cron: '* * * * *', run: () => sweepDeliveries(inside) },
  'sweep-reminders': { cron: '11 * * * *', run: () => sweepReminders(inside) },
  'tell-days': { cron: '*/5 * * * *', run: () => tellDays(inside) },
  'tidy-inbox': { cron: '41 3 * * *', run: () => tidyInbox(inside) },
})
