import type { FailureCode } from '@repitbot/contracts/failures'
import type { Language } from '@repitbot/contracts/person-card'
import i18next from 'i18next'
import { me } from './me.ts'
import { browserStorage, languageKey } from './storage.ts'
import { createStore, useStore } from './store.ts'
import type { words as ru } from './words-ru.ts'

type Stem<K> = K extends `${infer S}_${'one' | 'few' | 'many' | 'pupil'}` ? Stem<S> : K
export type Word = Stem<keyof typeof ru>

const first = (browserStorage.get(languageKey) ?? navigator.language.slice(0, 2)) === 'en' ? 'en' : 'ru'
export const language = createStore<Language>(first)

/** Only the language in use is loaded, another one when it is chosen. */
const texts = { ru: () => import('./words-ru.ts'), en: () => import('./words-en.ts') }
let refusals: Partial<Record<FailureCode, string>> = {}
const words = i18next.createInstance()
void words.init({ lng: first, initAsync: false, interpolation: { escapeValue: false }, resources: {} })

async function loadLanguage(to: Language): Promise<void> {
  const loaded = await texts[to]()
  words.addResourceBundle(to, 'translation', loaded.words)
  await words.changeLanguage(to)
  refusals = loaded.failures
  document.documentElement.lang = to
}
/** Nothing is drawn before its texts are loaded. */
export const languageLoaded = loadLanguage(first)

export function setLanguage(to: Language): void {
  browserStorage.set(languageKey, to)
  if (to !== language.get()) void loadLanguage(to).then(() => language.set(to))
}
export const failureText = (code: FailureCode): string => refusals[code] ?? code

/** A pupil reads the informal form of a text, where the texts have `<word>_pupil` beside it. */
const isPupil = () => {
  const who = me.get()
  return typeof who === 'object' && who.card.role === 'student'
}
/** A text of the page in the current language. A component takes it from `useWords`, and is drawn again when the language changes. */
export const translate = (word: Word, values: Record<string, string | number> = {}): string =>
  words.t(word, { ...values, ...(isPupil() && { context: 'pupil' }) })
export function useWords(): typeof translate {
  useStore(language)
  useStore(me)
  return translate
}
