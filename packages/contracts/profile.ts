import { z } from 'zod'
import { Channel, Language, QuietHours, Zone } from './person-card.ts'
import { oneLine } from './text.ts'

/** A person's name as a school knows it: one line, 1 to 100 characters. */
export const Name = oneLine(100)
/** A phone number as somebody would write it down: digits, 5 to 15 of them, with a plus, spaces, hyphens and brackets. */
export const Phone = z
  .string()
  .trim()
  .max(30)
  .regex(/^\+?(?:[ ()-]*\d){5,15}[ ()-]*$/, { error: 'Expected a phone number of 5 to 15 digits, such as +7 999 123-45-67' })
export const BirthYear = z
  .int()
  .min(1900)
  .refine((year) => year <= new Date().getUTCFullYear(), { error: 'Expected a year from 1900 to this one' })
const Channels = z
  .array(Channel)
  .max(5)
  .refine((channels) => new Set(channels).size === channels.length, { error: 'Expected each channel once' })

const profile = {
  name: Name,
  language: Language,
  zone: Zone,
  birthYear: BirthYear.nullable(),
  quietHours: QuietHours.nullable(),
  channels: Channels,
  phone: Phone.nullable(),
}
/** Only the fields that are given change. */
export const ProfileChange = z.strictObject(profile).partial()
export type ProfileChange = z.output<typeof ProfileChange>
