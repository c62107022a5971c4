import { idleSecondsMax } from '@repitbot/contracts/auth'
import type { Job } from '@repitbot/kit/service'
import { z } from 'zod'
import { prepareLink } from './flows/forgot-password.ts'
import { rotateKeys } from './flows/rotate-keys.ts'
import type { Inside } from './inside.ts'

export const schedule = (inside: Inside): Record<string, Job> => ({
  rotateKeys: { cron: '41 2 1 * *', run: () => rotateKeys(inside) },
  passwordLink: { run: ({ payload }) => prepareLink(inside, z.object({ email: z.string() }).parse(payload).email) },
  sweep: {
    cron: '29 3 * * *',
    run: () => inside.store.sweep(inside.now(), new Date(inside.now().getTime() - idleSecondsMax * 1000)),
  },
})
