import { z } from 'zod'

/** The lesson service's own environment. */
export const Config = z.object({
  /** Seals private notes where NOTE_SECRET is not set, and opens those that were sealed before it was. */
  SERVICE_SECRET: z.string().min(16, { error: 'Expected at least 16 characters, the same for all services' }),
  /** Seals private notes, so that nobody reads them who has only the database. */
  NOTE_SECRET: z.string().min(16, { error: 'Expected at least 16 characters, made once and kept' }).optional(),
})
export type Config = z.output<typeof Config>
