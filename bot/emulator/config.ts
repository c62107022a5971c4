import { z } from 'zod'

const Person = z.object({
  id: z.int().positive(),
  firstName: z.string().min(1).max(64),
  languageCode: z.string().max(35).default('ru'),
})

/** The emulator's environment. Everybody who opens its pages writes in the name of these people: it is for demos and tests, on loopback unless set otherwise. */
export const EmulatorConfig = z.object({
  EMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(8011),
  EMULATOR_HOST: z.string().min(1).default('127.0.0.1'),
  /** The only token that it accepts. */
  BOT_TOKEN: z.string().min(1, { error: 'Expected the token that the bot will show, any text here' }),
  /** JSON: [{"id": 101, "firstName": "Anna", "languageCode": "en"}] */
  EMULATOR_PEOPLE: z
    .string()
    .transform((text, refine) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        refine.addIssue('Expected JSON: a list of people')
        return z.NEVER
      }
    })
    .pipe(z.array(Person).min(1)),
})
