import { z } from 'zod'
import { oneLine } from './text.ts'

export const LessonType = z.enum(['trial', 'individual', 'group', 'intensive', 'mock_exam', 'make_up'])
export type LessonType = z.output<typeof LessonType>
export const Id = z.uuid()
const isNear = (text: string) => Date.parse(text) > Date.UTC(2000) && Date.parse(text) < Date.UTC(2100)
const near = { error: 'Expected a date between the years 2000 and 2100' }
export const Instant = z.iso.datetime().refine(isNear, near)
export const Day = z.iso.date().refine(isNear, near)
export const Minutes = z.int().min(5).max(480)
/** The highest price of a lesson in minor units: 100,000 RUB. */
export const priceMinorMax = 10_000_000
export const PriceMinor = z.int().min(0).max(priceMinorMax)
export const Currency = z.string().regex(/^[A-Z]{3}$/, { error: 'Expected a currency code of three capital letters, such as RUB' })
export const Subject = oneLine(100)
export const Topic = oneLine(200)
export const Note = z.string().trim().min(1).max(2000)
export const Reason = z.string().trim().min(1).max(500)
export const VideoUrl = z.url({ protocol: /^https$/, error: 'Expected an address that starts with https://' }).max(500)

export const Limit = z.coerce.number<number>().int().min(1).max(500).default(200)
const After = z
  .string()
  .regex(/^[\dT:.Z-]{24}_[0-9a-f-]{36}$/, { error: 'Expected the `next` of the page before' })
  .refine((after) => isNear(after.slice(0, 24)) && Id.safeParse(after.slice(25)).success, near)
const State = z
  .enum(['unreported', 'make_up_owed'])
  .optional()
  .describe(
    '`unreported`: only lessons that have begun and wait for their report; `make_up_owed`: only cancelled ones for which another lesson was promised that is not planned yet',
  )
export const Between = z
  .strictObject({ from: Instant, until: Instant, studentId: Id.optional(), state: State, after: After.optional(), limit: Limit })
  .refine(({ from, until }) => Date.parse(from) < Date.parse(until), { path: ['until'], error: 'Expected an instant after from' })
export type Between = z.output<typeof Between>

const once = (students: { studentId: string }[]) => new Set(students.map(({ studentId }) => studentId)).size === students.length
/** A list that names each student once. */
export const eachOnce = [once, { error: 'Expected each student once' }] as const
