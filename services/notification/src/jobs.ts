import { type Jobs, onRequest } from '@repitbot/kit/job'
import type { Deps } from './deps.ts'
import { notifyTutorsOfTheDay } from './flows/notify-tutors-of-the-day.ts'
import { remindLesson } from './flows/remind-lesson.ts'
import { sendDelivery } from './flows/send-delivery.ts'
import { sendLetter } from './flows/send-letter.ts'
import { sweepDeliveries } from './flows/sweep-deliveries.ts'
import { sweepReminders } from './flows/sweep-reminders.ts'
import { tidyInbox } from './flows/tidy-inbox.ts'
import { jobTypes } from './rules/jobs.ts'

export const jobs = (deps: Deps): Jobs => ({
  ...onRequest(jobTypes, {
    remind: (request) => remindLesson(deps, request),
    send: ({ schoolId, payload }) => sendDelivery(deps, schoolId, payload.deliveryId),
    letter: ({ schoolId, payload }) => sendLetter(deps, schoolId, payload.letterId),
  }),
  'sweep-deliveries': { cron: '* * * * *', run: () => sweepDeliveries(deps) },
  'sweep-reminders': { cron: '11 * * * *', run: () => sweepReminders(deps) },
  'tell-days': { cron: '*/5 * * * *', run: () => notifyTutorsOfTheDay(deps) },
  'tidy-inbox': { cron: '41 3 * * *', run: () => tidyInbox(deps) },
})
