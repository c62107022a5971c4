import type { Language } from '@repitbot/contracts/person-card'
import { bot as peopleEn } from '@repitbot/contracts/texts/en/people'
import { achievements as achievementsEn, rarities as raritiesEn } from '@repitbot/contracts/texts/en/student'
import { bot as peopleRu } from '@repitbot/contracts/texts/ru/people'
import { achievements as achievementsRu, rarities as raritiesRu } from '@repitbot/contracts/texts/ru/student'
import { z } from 'zod'
import { dayIn, instantIn, timeIn } from './when.ts'

export type Value = string | number | boolean
/** The language and zones that a value is formatted for. The reader's zone is undefined until their card is here. */
export type ReaderLocale = { language: Language; zone: string | undefined; lessonZone: string }

/** The kind of a parameter of a notice: which stored values it takes, and how they are formatted for a reader. */
export type Kind<V extends Value = Value> = {
  schema: z.ZodType<V>
  /** Left out where a value is shown as it is stored. */
  format?(value: V, locale: ReaderLocale): string
  /** A value for tests, so that a new notice needs no test values. */
  sample: V
  optional?: true
}
export type Kinds = Record<string, Kind>
type ValueOf<K> = K extends { schema: z.ZodType<infer V> } ? V : never
type OptionalIn<P extends Kinds> = { [K in keyof P]: P[K] extends { optional: true } ? K : never }[keyof P]
/** The stored values of parameters of these kinds. */
export type ParamsOf<P extends Kinds> = { [K in Exclude<keyof P, OptionalIn<P>>]: ValueOf<P[K]> } & {
  [K in OptionalIn<P>]?: ValueOf<P[K]> | undefined
}

export const optional = <V extends Value>(kind: Kind<V>) => ({ ...kind, optional: true as const })

export const text: Kind<string> = { schema: z.string(), sample: 'Text' }
export const number: Kind<number> = { schema: z.number(), sample: 5 }
/** A number that decides the plural form of a text: its parameter is called `count`. */
export const count: Kind<number> = { schema: z.int(), sample: 3 }
export const flag: Kind<boolean> = { schema: z.boolean(), sample: true }
export const choice = <const V extends string>(...values: [V, ...V[]]): Kind<V> => ({ schema: z.enum(values), sample: values[0] })

/** The zone in which a lesson was planned. An instant beside it gets the name of the reader's zone when the time there is another. */
export const lessonZone: Kind<string> = { schema: z.string(), sample: 'Europe/Moscow' }
export const instant: Kind<string> = {
  schema: z.iso.datetime(),
  format: (value, { language, zone, lessonZone: other }) => instantIn({ language, zone: zone ?? other }, value, other),
  sample: '2025-11-03T14:00:00.000Z',
}
/** An instant that is shown as the time of the day alone. */
export const time: Kind<string> = {
  schema: z.iso.datetime(),
  format: (value, { language, zone = 'UTC' }) => timeIn({ language, zone }, value),
  sample: '2025-11-03T14:00:00.000Z',
}
export const day: Kind<string> = { schema: z.iso.date(), format: (value, { language }) => dayIn(language, value), sample: '2025-11-02' }

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

const ListedLesson = z.object({ at: z.iso.datetime(), subject: z.string(), students: z.string(), reported: z.boolean() })
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
