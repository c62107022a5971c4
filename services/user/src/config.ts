import { z } from 'zod'

/** The user house's own environment. */
export const Config = z.object({
  JWT_SECRET_KEY: z
    .string()
    .min(32)
    .max(1000)
    .describe(
      'Everything secret of signing in hangs on it: make it once (openssl rand -base64 48) and keep it; a new one signs everybody out',
    ),
  PUBLIC_URL: z
    .url()
    .max(500)
    .default('http://localhost:8000')
    .describe('Where people open the platform; links in letters and invitations begin with it'),
})
export type Config = z.output<typeof Config>
