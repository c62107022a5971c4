import type { Language } from '@repitbot/contracts/person-card'
import { bot as en } from '@repitbot/contracts/texts/en/bot'
import { failures as failuresEn } from '@repitbot/contracts/texts/en/failures'
import { bot as ru } from '@repitbot/contracts/texts/ru/bot'
import { failures as failuresRu } from '@repitbot/contracts/texts/ru/failures'
import type { Texts } from '@repitbot/contracts/texts/translated'
import { createInstance, type i18n } from 'i18next'

type Russian = typeof ru & { failures: typeof failuresRu }
const texts: Texts<Russian> = { ru: { ...ru, failures: failuresRu }, en: { ...en, failures: failuresEn } }
/** The path of a text, such as `today.title`; a plural's is without its form. */
type Stem<K extends string> = K extends `${infer S}_${'one' | 'few' | 'many' | 'other'}` ? S : K
type Paths<T> = T extends string
  ? ''
  : { [K in keyof T & string]: Paths<T[K]> extends '' ? Stem<K> : `${K}.${Paths<T[K]>}` }[keyof T & string]
export type TextKey = Paths<Russian>
type Values = Record<string, string | number>

export const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const translations: Record<Language, i18n> = {
  ru: openTranslation('ru'),
  en: openTranslation('en'),
}

/** A value that looks like a placeholder stays text. */
function openTranslation(language: Language): i18n {
  const translation = createInstance()
  void translation.init({
    lng: language,
    initAsync: false,
    resources: { [language]: { translation: texts[language] } },
    interpolation: { escape: escaped, skipOnVariables: true },
  })
  return translation
}

export type Words = ReturnType<typeof wordsIn>
export function wordsIn(language: Language) {
  const { t } = translations[language]
  return {
    language,
    /** A line of a message, which is HTML: values, which people wrote, are escaped in it. */
    html: (key: TextKey, values: Values = {}): string => t(key, values),
    /** A button or a toast, which Telegram shows as it is: nothing is escaped. */
    text: (key: TextKey, values: Values = {}): string => t(key, { ...values, interpolation: { escapeValue: false } }),
  }
}

/** The language for a person who has not chosen one, from the language of their Telegram. */
export const languageFrom = (code: string | null | undefined): Language => (code && !/^(ru|uk|be|kk)\b/.test(code) ? 'en' : 'ru')
