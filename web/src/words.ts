import type { Language } from '@repitbot/contracts/people'
import { failures as enFailures } from '@repitbot/contracts/texts/en/failures'
import { achievements as enAchievements } from '@repitbot/contracts/texts/en/student'
import { web as en } from '@repitbot/contracts/texts/en/web'
import { webLessons as enLessons } from '@repitbot/contracts/texts/en/web-lessons'
import { failures as ruFailures } from '@repitbot/contracts/texts/ru/failures'
import { achievements as ruAchievements } from '@repitbot/contracts/texts/ru/student'
import { web as ru } from '@repitbot/contracts/texts/ru/web'
import { webLessons as ruLessons } from '@repitbot/contracts/texts/ru/web-lessons'
import i18next from 'i18next'
import { createStore, useStore } from './store.ts'

type Stem<K> = K extends `${infer S}_${'one' | 'few' | 'many'}` ? S : K
export type Word = Stem<keyof typeof ru | keyof typeof ruLessons>

const kept = 'repitbot-language'
const first = (localStorage.getItem(kept) ?? navigator.language.slice(0, 2)) === 'en' ? 'en' : 'ru'
export const language = createStore<Language>(first)

const words = i18next.createInstance()
void words.init({
  lng: first,
  initAsync: false,
  interpolation: { escapeValue: false },
  resources: { ru: { translation: { ...ru, ...ruLessons } }, en: { translation: { ...en, ...enLessons } } },
})
document.documentElement.lang = first

export function speak(to: Language): void {
  localStorage.setItem(kept, to)
  document.documentElement.lang = to
  void words.changeLanguage(to).then(() => language.set(to))
}
export const failureText = (code: keyof typeof ruFailures): string => (language.get() === 'en' ? enFailures : ruFailures)[code]
export const achievementTexts = () =>
  (language.get() === 'en' ? enAchievements : ruAchievements) as Record<string, { title: string; how: string } | undefined>

/** A word of the page in the language of the moment; a component takes it from `useWords`, so that it is drawn anew in another. */
export const say = (word: Word, values: Record<string, string | number> = {}): string => words.t(word, values)
export function useWords(): typeof say {
  useStore(language)
  return say
}
