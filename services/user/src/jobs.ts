import { idleSecondsMax } from '@repitbot/contracts/auth'
import { type Jobs, onRequest } from '@repitbot/kit/job'
import type { Deps } from './deps.ts'
import { prepareConfirmation } from './flows/confirm-email.ts'
import { prepareLink } from './flows/forgot-password.ts'
import { rotateKeys } from './flows/rotate-keys.ts'
import { jobTypes } from './rules/jobs.ts'

export const jobs = (deps: Deps): Jobs => ({
  ...onRequest(jobTypes, {
    passwordLink: ({ payload }) => prepareLink(deps, payload.email),
    confirmEmail: ({ payload }) => prepareConfirmation(deps, payload.personId),
  }),
  rotateKeys: { cron: '41 2 1 * *', run: () => rotateKeys(deps) },
  sweep: {
    cron: '29 3 * * *',
    run: () => deps.store.sweep(deps.now(), new Date(deps.now().getTime() - idleSecondsMax * 1000)),
  },
})
