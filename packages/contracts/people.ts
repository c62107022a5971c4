import { z } from 'zod'

export const Role = z.enum(['admin', 'tutor', 'parent', 'student'])
export const Language = z.enum(['ru', 'en'])
export type Language = z.output<typeof Language>
/** As what somebody reaches another person's records. */
export const ReachAs = z.enum(['parent', 'tutor', 'payer'])

const isZone = (name: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
/** An IANA time zone name. */
export const Zone = z.string().max(64).refine(isZone, { error: 'Expected an IANA time zone, such as Europe/Moscow' })
/** Local wall time of a day, 24 hours. */
export const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Expected a time as HH:MM, such as 22:00' })
/** When nothing but the urgent is sent, in the person's zone; may wrap over midnight. */
export const QuietHours = z.strictObject({ from: WallTime, until: WallTime })
export const Channel = z.enum(['telegram', 'email'])

/** Everything other houses may know of a membership; the whole current card is said each time, hearers keep the highest version. */
export const PersonCard = z.object({
  userId: z.uuid(),
  role: Role,
  name: z.string(),
  language: Language,
  zone: z.string(),
  quietHours: z.object({ from: z.string(), until: z.string() }).nullable(),
  channels: z.array(Channel),
  birthYear: z.int().nullable(),
  email: z.string().nullable(),
  telegramChatId: z.string().nullable(),
  active: z.boolean(),
  version: z.int(),
})
export type PersonCard = z.output<typeof PersonCard>
