import * as en from '@repitbot/contracts/texts/en/student'
import * as ru from '@repitbot/contracts/texts/ru/student'
import type { Texts } from '@repitbot/contracts/texts/translated'
import { useStore } from '../store.ts'
import { language } from '../words.ts'

const texts: Texts<typeof ru> = { ru, en }
type Achievement = { title: string; how: string }
/** The words of the game: achievements, rarities, reasons of XP, kinds of days. */
export function useGameTexts() {
  const { achievements, rarities, xpReasons, dayKinds } = texts[useStore(language)]
  return { achievements: achievements as Record<string, Achievement | undefined>, rarities, xpReasons, dayKinds }
}
