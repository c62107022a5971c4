import type { Language } from '@repitbot/contracts/person-card'
import * as en from '@repitbot/contracts/texts/en/notification'
import * as ru from '@repitbot/contracts/texts/ru/notification'
import type { Texts } from '@repitbot/contracts/texts/translated'
import { createInstance, type i18n } from 'i18next'
import { formatParams, type Kinds, lessonZone, readParams } from './kinds.ts'
import type { Audience, Line, Params } from './notice.ts'
import { findRow } from './notices.ts'

/** A notice as it is stored, and the name of the student it is about (for a tutor the names of all) when their cards are here. */
export type Stored = { code: string; audience: Audience; params: Params; studentName: string | null }
/** In which language and zone a notice is read; undefined until the reader's card is here. */
export type Reader = { language: Language; zone: string } | undefined
/** `fault`: why the notice cannot be rendered. Its title is then its code. */
export type Rendered = { title: string; body: string; fault?: Error }

const texts: Texts<typeof ru> = { ru, en }
const translations: Record<Language, i18n> = { ru: openTranslation('ru'), en: openTranslation('en') }

/**
 * Values go into the texts as they are: each channel escapes them, and a value that looks like a placeholder stays text.
 * A missing text or value is an error, so that nobody reads half a sentence.
 */
function openTranslation(language: Language): i18n {
  const translation = createInstance()
  void translation.init({
    lng: language,
    initAsync: false,
    resources: { [language]: { translation: { ...texts[language] } } },
    interpolation: { escapeValue: false, skipOnVariables: true },
    missingInterpolationHandler: (text: string, [placeholder]: string[]) => {
      throw new Error(`${placeholder} has no value: ${text}`)
    },
    parseMissingKeyHandler: (key: string) => {
      throw new Error(`There is no text ${key}`)
    },
  })
  return translation
}

/** The words of the channels in one language. */
export const wordsOf = (language: Language) => translations[language].t

const namesMax = 3
/** Names as a title has room for them: the first three, and how many more there are. */
export const severalNames = (names: string[]): string =>
  names.length > namesMax ? `${names.slice(0, namesMax).join(', ')} +${names.length - namesMax}` : names.join(', ')

/** Many notices as one message: a line for each. */
export function renderDigest(all: Stored[], reader: { language: Language; zone: string }): Rendered {
  const title = wordsOf(reader.language)('outward.digest')
  return { title, body: all.map((one) => render(one, reader).title).join('\n') }
}

/**
 * A notice in its reader's language and zone; Russian and the lesson's own zone while the reader's card is not here.
 * Never throws: one notice that cannot be rendered must not break a whole inbox.
 */
export function render(stored: Stored, reader: Reader): Rendered {
  try {
    return renderOrThrow(stored, reader)
  } catch (error) {
    return { title: stored.code, body: '', fault: error as Error }
  }
}

function renderOrThrow({ code, audience, params, studentName }: Stored, reader: Reader): Rendered {
  const row = findRow(code)
  if (!row) throw new Error('No notice has this code')
  const language = reader?.language ?? 'ru'
  const { t } = translations[language]
  const values = readParams(row.params, params)
  const locale = { language, zone: reader?.zone, lessonZone: zoneIn(row.params, values) ?? reader?.zone ?? 'UTC' }
  // The card with the name may come later than the notice.
  const student = studentName ?? (audience === 'student' ? undefined : t(audience === 'parent' ? 'unknown.child' : 'unknown.student'))
  const formatted = { ...formatParams(row.params, values, locale), ...(student !== undefined && { student }) }
  const group = code in ru.gathered && Number(values.count) > 1 ? 'gathered' : 'notices'
  const of = (part: string) => t(`${group}.${code}.${audience}.${part}`, formatted)
  const renderLine = (line: Line) => {
    if (typeof line === 'string') return t(`lines.${line}`, formatted)
    const { own, count } = line
    return t(`lines.${line.line}`, {
      ...formatted,
      ...(own && formatParams(own.kinds, own.values, locale)),
      ...(count !== undefined && { count }),
    })
  }
  const lines = (row.lines?.(values) ?? []).filter((line): line is Line => line !== false)
  return { title: of('title'), body: [of('body'), ...lines.map(renderLine)].join('\n') }
}

/** The zone among the parameters of a notice, found by its kind. */
function zoneIn(kinds: Kinds, values: Params): string | undefined {
  const [name] = Object.entries(kinds).find(([, kind]) => kind === lessonZone) ?? []
  return name === undefined ? undefined : String(values[name])
}
