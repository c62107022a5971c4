import { z } from 'zod'
import { Language } from './person-card.ts'

/** The content of an encrypted letter: the recipient, the text, and a one-time link that nobody else may see. */
export const Letter = z.object({
  to: z.string(),
  language: Language,
  title: z.string(),
  body: z.string(),
  link: z.object({ url: z.string(), label: z.string() }),
})
export type Letter = z.output<typeof Letter>
