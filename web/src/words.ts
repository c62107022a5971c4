import type { Language } from '@repitbot/contracts/people'
import { failures as enFailures } from '@repitbot/contracts/texts/en/failures'
import { web as enFrame } from '@repitbot/contracts/texts/en/web'
import { webFamily as enFamily } from '@repitbot/contracts/texts/en/web-family'
import { webLessons as enLessons } from '@repitbot/contracts/texts/en/web-lessons'
import { webPeople as enPeople } from '@repitbot/contracts/texts/en/web-people'
import { webSettings as enSettings } from '@repitbot/contracts/texts/en/web-settings'
import { failures as ruFailures } from '@repitbot/contracts/texts/ru/failures'
import { web as ruFrame } from '@repitbot/contracts/texts/ru/web'
import { webFamily as ruFamily } from '@repitbot/contracts/texts/ru/web-family'
import { webLessons as ruLessons } from '@repitbot/contracts/texts/ru/web-lessons'
import { webPeople as ruPeople } from '@repitbot/contracts/texts/ru/web-people'
import { webSettings as ruSettings } from '@repitbot/contracts/texts/ru/web-settings'
import i18next from 'i18next'
import { me } from './session.ts'
import { createStore, useStore } from './store.ts'

const ru = { ...ruFrame, ...ruFamily, ...ruLessons, ...ruPeople, ...ruSettings }
const en = { ...enFrame, ...enFamily, ...enLessons, ...enPeople, ...enSettings }
type Stem<K> = K extends `${infer S}_${'one' | 'few' | 'many' | 'pupil'}` ? Stem<S> : K
export type Word = Stem<keyof typeof ru>

const kept = 'repitbot-language'
const first = (localStorage.getItem(kept) ?? navigator.language.slice(0, 2)) === 'en' ? 'en' : 'ru'
export const language = createStore<Language>(first)

const words = i18next.createInstance()
void words.init({
  lng: first,
  initAsync: false,
  interpolation: { escapeValue: false },
  resources: { ru: { translation: ru }, en: { translation: en } },
})
document.documentElement.lang = first

export function speak(to: Language): void {
  localStorage.setItem(kept, to)
  document.documentElement.lang = to
  void words.changeLanguage(to).then(() => language.set(to))
}
export const failureText = (code: keyof typeof ruFailures): string => (language.get() === 'en' ? enFailures : ruFailures)[code]

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
