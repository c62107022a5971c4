import { browserName } from '@repitbot/contracts/browser-name'
import { DayText, InstantText, ZoneText } from '@repitbot/contracts/events'
import { moneyText } from '@repitbot/contracts/money'
import type { Language } from '@repitbot/contracts/person-card'
import { bot as peopleEn } from '@repitbot/contracts/texts/en/people'
import { bot as signInEn } from '@repitbot/contracts/texts/en/sign-in'
import { achievements as achievementsEn, rarities as raritiesEn } from '@repitbot/contracts/texts/en/student'
import { bot as peopleRu } from '@repitbot/contracts/texts/ru/people'
import { bot as signInRu } from '@repitbot/contracts/texts/ru/sign-in'
import { achievements as achievementsRu, rarities as raritiesRu } from '@repitbot/contracts/texts/ru/student'
import { z } from 'zod'
import { dayIn, instantIn, timeIn } from './when.ts'

export type Value = string | number | boolean
/** The language and zones that a value is formatted for. The reader's zone is undefined until their card is here. */
export type ReaderLocale = { language: Language; zone: string | undefined; lessonZone: string }

/** The kind of a parameter of a notice: which stored values it takes, and how they are formatted for a reader. */
export type Kind<V extends Value = Value> = {
  schema: z.ZodType
  /** Left out where a value is shown as it is stored. */
  format?(value: V, locale: ReaderLocale): string
  /** A value for tests, so that a new notice needs no test values. */
  sample: V
  optional?: true
}
export type Kinds = Record<string, Kind>
type ValueOf<K> = K extends { sample: infer V } ? V : never
type OptionalIn<P extends Kinds> = { [K in keyof P]: P[K] extends { optional: true } ? K : never }[keyof P]
/** The stored values of parameters of these kinds. */
export type ParamsOf<P extends Kinds> = { [K in Exclude<keyof P, OptionalIn<P>>]: ValueOf<P[K]> } & {
  [K in OptionalIn<P>]?: ValueOf<P[K]> | undefined
}

export const optional = <V extends Value>(kind: Kind<V>) => ({ ...kind, optional: true as const })

/** Any text but those that have a kind of their own, which would be shown as they are stored. */
export type Text = string & { readonly [z.$brand]?: undefined }
export const text: Kind<Text> = { schema: z.string(), sample: 'Text' }
export const number: Kind<number> = { schema: z.number(), sample: 5 }
/** A number that decides the plural form of a text: its parameter is called `count`. */
export const count: Kind<number> = { schema: z.int(), sample: 3 }
export const flag: Kind<boolean> = { schema: z.boolean(), sample: true }
export const choice = <const V extends string>(...values: [V, ...V[]]): Kind<V> => ({ schema: z.enum(values), sample: values[0] })

/** The zone in which a lesson was planned. An instant beside it gets the name of the reader's zone when the time there is another. */
export const lessonZone: Kind<ZoneText> = { schema: ZoneText, sample: ZoneText.parse('Europe/Moscow') }
export const instant: Kind<InstantText> = {
  schema: InstantText,
  format: (value, { language, zone, lessonZone: other }) => instantIn({ language, zone: zone ?? other }, value, other),
  sample: InstantText.parse('2025-11-03T14:00:00.000Z'),
}
/** An instant that is shown as the time of the day alone. */
export const time: Kind<InstantText> = {
  schema: InstantText,
  format: (value, { language, zone = 'UTC' }) => timeIn({ language, zone }, value),
  sample: instant.sample,
}
export const day: Kind<DayText> = {
  schema: DayText,
  format: (value, { language }) => dayIn(language, value),
  sample: DayText.parse('2025-11-02'),
}

const StoredMoney = z
  .string()
  .regex(/^\d{1,16} [A-Z]{3}$/)
  .brand<'money'>()
/** An amount in minor units and its currency, as one value. */
type StoredMoney = z.output<typeof StoredMoney>
export const toStoredMoney = (amountMinor: number, currency: string): StoredMoney => StoredMoney.parse(`${amountMinor} ${currency}`)
export const money: Kind<StoredMoney> = {
  schema: StoredMoney,
  format: (value, { language }) => {
    const [amount = '', currency = ''] = value.split(' ')
    return moneyText(Number(amount), currency, language)
  },
  sample: toStoredMoney(75_000, 'RUB'),
}

const StoredPeople = z
  .string()
  .regex(/^[0-9a-f-]{36}(,[0-9a-f-]{36})*$/)
  .brand<'people'>()
/** Ids of students, as one value: their names are looked up when the notice is read. */
type StoredPeople = z.output<typeof StoredPeople>
export const toStoredPeople = (userIds: string[]): StoredPeople => StoredPeople.parse(userIds.join())
export const people: Kind<StoredPeople> = {
  schema: StoredPeople,
  sample: toStoredPeople(['0190a6f2-0000-7000-8000-000000000001']),
}

const titles: Record<Language, Record<string, { title: string }>> = { ru: achievementsRu, en: achievementsEn }
const rarities: Record<Language, Record<string, string>> = { ru: raritiesRu, en: raritiesEn }
/** An achievement by its code; one that only a newer version has is shown as its code. */
export const achievementName: Kind<string> = {
  schema: z.string(),
  format: (code, { language }) => titles[language][code]?.title ?? code,
  sample: 'first_lesson',
}
export const rarityName: Kind<string> = {
  schema: z.string(),
  format: (code, { language }) => rarities[language][code] ?? code,
  sample: 'common',
}

const roles: Record<Language, Record<string, string>> = { ru: peopleRu.roles, en: peopleEn.roles }
export const roleName: Kind<string> = {
  schema: z.string(),
  format: (role, { language }) => roles[language][role] ?? role,
  sample: 'parent',
}

const unknownBrowsers: Record<Language, string> = { ru: signInRu.start.unknownBrowser, en: signInEn.start.unknownBrowser }
const BrowserText = z.string().brand<'browser'>()
/** A browser by its name; an unknown one is empty. What a user agent says of itself is never stored nor shown: whoever signs in writes it. */
export const toBrowser = (userAgent: string) => BrowserText.parse(browserName(userAgent) ?? '')
export const browser: Kind<z.output<typeof BrowserText>> = {
  schema: BrowserText,
  format: (name, { language }) => name || unknownBrowsers[language],
  sample: toBrowser(''),
}

const ListedLesson = z.object({ at: InstantText, subject: z.string(), students: z.string(), reported: z.boolean() })
/** A lesson in a list of the day. */
export type ListedLesson = z.output<typeof ListedLesson>
/** The lessons of a day, as JSON: a parameter is one value. */
export const lessonList: Kind<string> = {
  schema: z.string().refine((value) => listedIn(value) !== undefined),
  sample: JSON.stringify([{ at: instant.sample, subject: 'Algebra', students: 'Masha', reported: false }]),
}
export function listedIn(list: string): ListedLesson[] | undefined {
  try {
    return z.array(ListedLesson).parse(JSON.parse(list))
  } catch {
    return undefined
  }
}

/** The declared values among the stored ones; throws when one is missing or of another kind. */
export function readParams<P extends Kinds>(kinds: P, stored: Record<string, unknown>): ParamsOf<P> {
  const read = Object.entries(kinds).flatMap(([name, { schema, optional: mayBeMissing }]) => {
    if (stored[name] === undefined && mayBeMissing) return []
    const { success, data } = schema.safeParse(stored[name])
    if (!success) throw new Error(`The stored parameter ${name} is missing or of another kind`)
    return [[name, data]]
  })
  return Object.fromEntries(read) as ParamsOf<P>
}

/** The values as people read them. */
export const formatParams = (kinds: Kinds, values: Record<string, Value | undefined>, locale: ReaderLocale): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(kinds).flatMap(([name, kind]) => {
      const value = values[name]
      return value === undefined ? [] : [[name, kind.format?.(value, locale) ?? value]]
    }),
  )
