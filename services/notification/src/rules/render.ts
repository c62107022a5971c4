import type { Language } from '@repitbot/contracts/people'
import * as en from '@repitbot/contracts/texts/en/notification'
import { achievements as achievementsEn, rarities as raritiesEn } from '@repitbot/contracts/texts/en/student'
import * as ru from '@repitbot/contracts/texts/ru/notification'
import { achievements as achievementsRu, rarities as raritiesRu } from '@repitbot/contracts/texts/ru/student'
import { createInstance, type i18n } from 'i18next'
import type { Audience, Line, NoticeRow, Params } from './notice.ts'
import { isNoticeCode, notices } from './notices.ts'
import { dayIn, instantIn, timeIn } from './when.ts'

/** What is read in the inbox: the notice as stored, and the name of the student it is about when it is known. */
export type Stored = { code: string; audience: Audience; params: Params; studentName: string | null }
/** In which language and zone; unknown until the reader's card is here. */
export type Reader = { language: Language; zone: string } | undefined
export type Rendered = { title: string; body: string }

const spoken: Record<Language, i18n> = { ru: speaker('ru', ru), en: speaker('en', en) }
const game = {
  ru: { achievements: achievementsRu, rarities: raritiesRu },
  en: { achievements: achievementsEn, rarities: raritiesEn },
}
const instants = ['startsAt', 'movedFrom']

/** Values go into the texts as they are: whoever shows them escapes them, and what looks like a placeholder in one stays text. */
function speaker(language: Language, texts: typeof ru | typeof en): i18n {
  const speaking = createInstance()
  void speaking.init({
    lng: language,
    initAsync: false,
    resources: { [language]: { translation: { ...texts } } },
    interpolation: { escapeValue: false, skipOnVariables: true },
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

/** A notice in its reader's language and zone; Russian and the lesson's own zone for a reader not known yet. */
export function render({ code, audience, params, studentName }: Stored, reader: Reader): Rendered {
  const language = reader?.language ?? 'ru'
  const { t } = spoken[language]
  if (!isNoticeCode(code)) return { title: code, body: '' }
  const values = { ...shown(params, { language, zone: reader?.zone }), student: studentName ?? t('unknown.student') }
  const group = code in ru.gathered && Number(params.count) > 1 ? 'gathered' : 'notices'
  const of = (part: string) => t(`${group}.${code}.${audience}.${part}`, values)
  const row: NoticeRow = notices[code]
  const lines = (row.lines?.(params) ?? []).filter((line): line is Line => line !== false)
  const under = lines.map((line) =>
    typeof line === 'string'
      ? t(`lines.${line}`, values)
      : t(`lines.${line.line}`, {
          ...values,
          ...shown(line.values ?? {}, { language, zone: reader?.zone }),
          ...(line.count !== undefined && { count: line.count }),
        }),
  )
  return { title: of('title'), body: [of('body'), ...under].join('\n') }
}

/** The values as people read them. */
function shown(params: Params, { language, zone }: { language: Language; zone: string | undefined }): Params {
  const values = { ...params }
  const lessonZone = String(params.zone ?? zone ?? 'UTC')
  for (const name of instants)
    if (params[name] !== undefined) values[name] = instantIn({ language, zone: zone ?? lessonZone }, String(params[name]), lessonZone)
  if (params.at !== undefined) values.at = timeIn({ language, zone: zone ?? 'UTC' }, String(params.at))
  if (params.day !== undefined) values.day = dayIn(language, String(params.day))
  const { achievements, rarities } = game[language] as { achievements: Record<string, { title: string }>; rarities: Record<string, string> }
  if (params.achievement !== undefined) values.achievement = achievements[String(params.achievement)]?.title ?? String(params.achievement)
  if (params.rarity !== undefined) values.rarity = rarities[String(params.rarity)] ?? String(params.rarity)
  return values
}
