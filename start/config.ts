import { resolve } from 'node:path'
import { z } from 'zod'

const error = 'Expected a port from 1 to 65535, such as 8000'

/** What a person may say to `make start`. */
export const StartConfig = z.object({
  PORT: z.coerce.number({ error }).int({ error }).min(1, { error }).max(65_535, { error }).default(8000),
  /** 1 makes a demo school in Russian, en one in English; 0 starts empty and prints the link that makes the first school. */
  DEMO: z.enum(['0', '1', 'en'], { error: 'Expected 1, en or 0' }).default('1'),
  /** Where the data is kept between starts. */
  DATA: z
    .string()
    .min(1)
    .default('.data')
    .transform((folder) => resolve(folder)),
})
