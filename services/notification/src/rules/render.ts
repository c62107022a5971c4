import type { Language } from '@repitbot/contracts/people'
import * as en from '@repitbot/contracts/texts/en/notification'
import * as ru from '@repitbot/contracts/texts/ru/notification'
import type { Texts } from '@repitbot/contracts/texts/translated'
import { createInstance, type i18n } from 'i18next'
import { type Kinds, lessonZone, readParams, writeParams } from './kinds.ts'
import type { Audience, Line, Params } from './notice.ts'
import { findRow } from './notices.ts'

/** What is read in the inbox: the notice as stored, and the name of the student it is about when it is known. */
export type Stored = { code: string; audience: Audience; params: Params; studentName: string | null }
/** In which language and zone; unknown until the reader's card is here. */
export type Reader = { language: Language; zone: string } | undefined
/** `fault`: why the notice cannot be written. Its title is then its code. */
export type Rendered = { title: string; body: string; fault?: Error }

const texts: Texts<typeof ru> = { ru, en }
const spoken: Record<Language, i18n> = { ru: speaker('ru'), en: speaker('en') }

/**
 * Values go into the texts as they are: whoever shows them escapes them, and what looks like a placeholder in one stays text.
 * A text or a value that is not there is an error, so that nobody reads a half of a sentence.
 */
function speaker(language: Language): i18n {
  const speaking = createInstance()
  void speaking.init({
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
  return speaking
}

/** The words of the channels in one language. */
export const wordsOf = (language: Language) => spoken[language].t

/** Many notices as one: a line for each. */
export function digested(all: Stored[], reader: { language: Language; zone: string }): Rendered {
  const title = wordsOf(reader.language)('outward.digest')
  return { title, body: all.map((one) => render(one, reader).title).join('\n') }
}

/**
 * A notice in its reader's language and zone; Russian and the lesson's own zone for a reader not known yet.
 * Never throws: one notice that cannot be written must not take a whole inbox with it.
 */
export function render(stored: Stored, reader: Reader): Rendered {
  try {
    return written(stored, reader)
  } catch (error) {
    return { title: stored.code, body: '', fault: error as Error }
  }
}

function written({ code, audience, params, studentName }: Stored, reader: Reader): Rendered {
  const row = findRow(code)
  if (!row) throw new Error('No notice has this code')
  const language = reader?.language ?? 'ru'
  const { t } = spoken[language]
  const given = readParams(row.params, params)
  const reading = { language, zone: reader?.zone, lessonZone: zoneIn(row.params, given) ?? reader?.zone ?? 'UTC' }
  // A parent's copy is about one child, whose name may come later; a tutor's own is about no child of theirs.
  const student = studentName ?? (audience === 'parent' ? t('unknown.student') : undefined)
  const values = { ...writeParams(row.params, given, reading), ...(student !== undefined && { student }) }
  const group = code in ru.gathered && Number(given.count) > 1 ? 'gathered' : 'notices'
  const of = (part: string) => t(`${group}.${code}.${audience}.${part}`, values)
  const under = (line: Line) => {
    if (typeof line === 'string') return t(`lines.${line}`, values)
    const { own, count } = line
    return t(`lines.${line.line}`, {
      ...values,
      ...(own && writeParams(own.kinds, own.values, reading)),
      ...(count !== undefined && { count }),
    })
  }
  const lines = (row.lines?.(given) ?? []).filter((line): line is Line => line !== false)
  return { title: of('title'), body: [of('body'), ...lines.map(under)].join('\n') }
}

/** The zone among the parameters of a notice, whatever it is called there. */
function zoneIn(kinds: Kinds, given: Params): string | undefined {
  const [name] = Object.entries(kinds).find(([, kind]) => kind === lessonZone) ?? []
  return name === undefined ? undefined : String(given[name])
}
