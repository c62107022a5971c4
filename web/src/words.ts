import type { FailureCode } from '@repitbot/contracts/failures'
import type { Language } from '@repitbot/contracts/people'
import i18next from 'i18next'
import { me } from './me.ts'
import { createStore, useStore } from './store.ts'
import type { words as ru } from './words-ru.ts'

type Stem<K> = K extends `${infer S}_${'one' | 'few' | 'many' | 'pupil'}` ? Stem<S> : K
export type Word = Stem<keyof typeof ru>

const kept = 'repitbot-language'
const first = (localStorage.getItem(kept) ?? navigator.language.slice(0, 2)) === 'en' ? 'en' : 'ru'
export const language = createStore<Language>(first)

/** Only the language that is spoken is loaded; another one when it is asked for. */
const texts = { ru: () => import('./words-ru.ts'), en: () => import('./words-en.ts') }
let refusals: Partial<Record<FailureCode, string>> = {}
const words = i18next.createInstance()
void words.init({ lng: first, initAsync: false, interpolation: { escapeValue: false }, resources: {} })

async function learn(to: Language): Promise<void> {
  const loaded = await texts[to]()
  words.addResourceBundle(to, 'translation', loaded.words)
  await words.changeLanguage(to)
  refusals = loaded.failures
  document.documentElement.lang = to
}
/** Nothing is drawn before there are words for it. */
export const spoken = learn(first)

export function speak(to: Language): void {
  localStorage.setItem(kept, to)
  if (to !== language.get()) void learn(to).then(() => language.set(to))
}
export const failureText = (code: FailureCode): string => refusals[code] ?? code

/** A pupil is spoken to in his own way, where `<word>_pupil` stands beside the word. */
const isPupil = () => {
  const who = me.get()
  return typeof who === 'object' && who.card.role === 'student'
}
/** A word of the page in the language of the moment; a component takes it from `useWords`, so that it is drawn anew in another. */
export const say = (word: Word, values: Record<string, string | number> = {}): string =>
  words.t(word, { ...values, ...(isPupil() && { context: 'pupil' }) })
export function useWords(): typeof say {
  useStore(language)
  useStore(me)
  return say
}
