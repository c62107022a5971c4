import { z } from 'zod'

/** The service's own environment. */
export const Config = z.object({
  /** The hour at which a student's day begins; 3 counts the hours after midnight to the evening before. */
  DAY_START_HOUR: z.coerce
    .number()
    .int()
    .min(0, { error: 'Expected an hour from 0 to 6' })
    .max(6, { error: 'Expected an hour from 0 to 6' })
    .default(0),
})
export type Config = z.output<typeof Config>
