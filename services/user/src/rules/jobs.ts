import { z } from 'zod'

/** The jobs that this service requests of itself. Both names and payloads are in the queue: see JobType in the kit before changing one. */
export const jobTypes = {
  /** Writes the letter with a link to set a new password. */
  passwordLink: { name: 'passwordLink', payload: z.object({ email: z.string() }) },
  /** Writes the letter with a link that confirms the person's e-mail. */
  confirmEmail: { name: 'confirmEmail', payload: z.object({ personId: z.uuid() }) },
}
