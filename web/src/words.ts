import type { Language } from '@repitbot/contracts/people'
import { failures as enFailures } from '@repitbot/contracts/texts/en/failures'
import { achievements as enAchievements } from '@repitbot/contracts/texts/en/student'
import { timetable as enTimetable } from '@repitbot/contracts/texts/en/timetable'
import { web as en } from '@repitbot/contracts/texts/en/web'
import { failures as ruFailures } from '@repitbot/contracts/texts/ru/failures'
import { achievements as ruAchievements } from '@repitbot/contracts/texts/ru/student'
import { timetable as ruTimetable } from '@repitbot/contracts/texts/ru/timetable'
import { web as ru } from '@repitbot/contracts/texts/ru/web'
import i18next from 'i18next'
import { createStore, useStore } from './store.ts'

type Stem<K> = K extends `${infer S}_${'one' | 'few' | 'many'}` ? S : K
export type Word = Stem<keyof typeof ru | keyof typeof ruTimetable>

const kept = 'repitbot-language'
const first = (localStorage.getItem(kept) ?? navigator.language.slice(0, 2)) === 'en' ? 'en' : 'ru'
export const language = createStore<Language>(first)

const words = i18next.createInstance()
void words.init({
  lng: first,
  initAsync: false,
  interpolation: { escapeValue: false },
  resources: { ru: { translation: { ...ru, ...ruTimetable } }, en: { translation: { ...en, ...enTimetable } } },
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
