import { idleSecondsMax } from '@repitbot/contracts/auth'
import type { Job } from '@repitbot/kit/service'
import { z } from 'zod'
import type { Deps } from './deps.ts'
import { prepareLink } from './flows/forgot-password.ts'
import { rotateKeys } from './flows/rotate-keys.ts'

export const schedule = (deps: Deps): Record<string, Job> => ({
  rotateKeys: { cron: '41 2 1 * *', run: () => rotateKeys(deps) },
  passwordLink: { run: ({ payload }) => prepareLink(deps, z.object({ email: z.string() }).parse(payload).email) },
  sweep: {
    cron: '29 3 * * *',
    run: () => deps.store.sweep(deps.now(), new Date(deps.now().getTime() - idleSecondsMax * 1000)),
  },
})
