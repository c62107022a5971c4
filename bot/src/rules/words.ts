import type { Language } from '@repitbot/contracts/people'
import * as en from '@repitbot/contracts/texts/en/bot'
import { failures as failuresEn } from '@repitbot/contracts/texts/en/failures'
import * as ru from '@repitbot/contracts/texts/ru/bot'
import { failures as failuresRu } from '@repitbot/contracts/texts/ru/failures'
import { createInstance, type i18n } from 'i18next'

type Texts = typeof ru & { failures: typeof failuresRu }
/** The path of a text, such as `today.title`; a plural's is without its form. */
type Stem<K extends string> = K extends `${infer S}_${'one' | 'few' | 'many' | 'other'}` ? S : K
type Paths<T> = T extends string
  ? ''
  : { [K in keyof T & string]: Paths<T[K]> extends '' ? Stem<K> : `${K}.${Paths<T[K]>}` }[keyof T & string]
export type TextKey = Paths<Texts>
type Values = Record<string, string | number>

export const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const spoken: Record<Language, i18n> = {
  ru: speaker('ru', { ...ru, failures: failuresRu }),
  en: speaker('en', { ...en, failures: failuresEn }),
}

/** What looks like a placeholder in a value stays text. */
function speaker(language: Language, texts: object): i18n {
  const speaking = createInstance()
  void speaking.init({
    lng: language,
    initAsync: false,
    resources: { [language]: { translation: texts } },
    interpolation: { escape: escaped, skipOnVariables: true },
  })
  return speaking
}

export type Words = ReturnType<typeof wordsIn>
export function wordsIn(language: Language) {
  const { t } = spoken[language]
  return {
    language,
    /** A line of a message: whatever people wrote is escaped in it. */
    line: (key: TextKey, values: Values = {}): string => t(key, values),
    /** A button or a toast, which Telegram shows as it is. */
    plain: (key: TextKey, values: Values = {}): string => t(key, { ...values, interpolation: { escapeValue: false } }),
  }
}

/** The language of somebody who has not chosen one. */
export const languageFrom = (code: string | null | undefined): Language => (code && !/^(ru|uk|be|kk)\b/.test(code) ? 'en' : 'ru')
