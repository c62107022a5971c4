import type { Job } from '@repitbot/kit/service'
import type { Deps } from './deps.ts'
import { remindLesson } from './flows/remind-lesson.ts'
import { sendDelivery } from './flows/send-delivery.ts'
import { sendLetter } from './flows/send-letter.ts'
import { sweepDeliveries } from './flows/sweep-deliveries.ts'
import { sweepReminders } from './flows/sweep-reminders.ts'
import { tellDays } from './flows/tell-days.ts'
import { tidyInbox } from './flows/tidy-inbox.ts'

export const schedule = (deps: Deps): Record<string, Job> => ({
  remind: { run: (asked) => remindLesson(deps, asked) },
  send: { run: (asked) => sendDelivery(deps, asked) },
  letter: { run: (asked) => sendLetter(deps, asked) },
  'sweep-deliveries': { cron: '* * * * *', run: () => sweepDeliveries(deps) },
  'sweep-reminders': { cron: '11 * * * *', run: () => sweepReminders(deps) },
  'tell-days': { cron: '*/5 * * * *', run: () => tellDays(deps) },
  'tidy-inbox': { cron: '41 3 * * *', run: () => tidyInbox(deps) },
})
