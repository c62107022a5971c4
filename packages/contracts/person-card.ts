import { z } from 'zod'

export const Role = z.enum(['admin', 'tutor', 'parent', 'student'])
export type Role = z.output<typeof Role>
export const Language = z.enum(['ru', 'en'])
export type Language = z.output<typeof Language>
/** The kind of a link: why a person may see the records of another. */
export const ReachAs = z.enum(['parent', 'tutor', 'payer'])
export type ReachAs = z.output<typeof ReachAs>

/** The one name of a zone, with its capitals. Undefined for what is none, and for an offset such as +03:00, which never knows summer time. */
function zoneNamed(text: string): string | undefined {
  try {
    const name = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
    return /^[+-]/.test(name) ? undefined : name
  } catch {
    return undefined
  }
}
/** An IANA time zone name; of several names of a zone (Asia/Kolkata, Asia/Calcutta) the one that every engine knows is kept. */
export const Zone = z
  .string()
  .max(64)
  .refine((text) => zoneNamed(text) !== undefined, { error: 'Expected an IANA time zone, such as Europe/Moscow' })
  .overwrite((text) => zoneNamed(text) ?? text)
/** A local time of day, 00:00 to 23:59. */
export const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Expected a time as HH:MM, such as 22:00' })
/** When only urgent notices are sent, in the person's zone; may span midnight. */
export const QuietHours = z.strictObject({ from: WallTime, until: WallTime })
/** Two equal times are a "no": notices may come at any hour. */
export const noQuietHours = { from: '00:00', until: '00:00' }
const usualQuietHours = { from: '22:00', until: '08:00' }
/** The quiet hours that hold: the usual ones for people who were never asked, nothing for those who want none. */
export const quietHoursOf = ({ quietHours }: Pick<PersonCard, 'quietHours'>): { from: string; until: string } | undefined => {
  const held = quietHours ?? usualQuietHours
  return held.from === held.until ? undefined : held
}
export const Channel = z.enum(['telegram', 'email'])
export type Channel = z.output<typeof Channel>

/** Everything that other services may know about a membership. Each event has the whole card; consumers keep the highest version. */
export const PersonCard = z.object({
  userId: z.uuid(),
  role: Role,
  name: z.string(),
  language: Language,
  zone: z.string(),
  /** Null while the person was never asked: see `quietHoursOf`. */
  quietHours: z.object({ from: z.string(), until: z.string() }).nullable(),
  /** Where copies of notices go, the preferred first: null while the person was never asked, an empty list for the inbox alone. */
  channels: z.array(Channel).nullable(),
  birthYear: z.int().nullable(),
  email: z.string().nullable(),
  telegramChatId: z.string().nullable(),
  active: z.boolean(),
  /** For an admin: they give lessons too, as a tutor does. */
  teaches: z.boolean().optional(),
  /** Whether the person has an account, also one whose address is not confirmed. A card of an older release does not say. */
  signsIn: z.boolean().optional(),
  version: z.int(),
})
export type PersonCard = z.output<typeof PersonCard>

/** The channels for which this card has an address, in the order in which they are tried for people who were never asked. */
export const channelsWithAddress = ({ telegramChatId, email }: Pick<PersonCard, 'telegramChatId' | 'email'>): Channel[] =>
  Channel.options.filter((name) => (name === 'telegram' ? telegramChatId : email) !== null)

/** By which of the `usable` channels copies of notices leave: those that the person chose, and no other. The first usable one for people who were never asked. */
export const channelsToUse = (chosen: PersonCard['channels'], usable: readonly Channel[]): Channel[] =>
  chosen === null ? usable.slice(0, 1) : chosen.filter((name) => usable.includes(name))
