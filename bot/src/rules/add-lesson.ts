import { isDay } from '@repitbot/contracts/calendar'
import { priceMinorMax, Subject } from '@repitbot/contracts/lesson-fields'
import { currencyUsual, parseMoney } from '@repitbot/contracts/money'
import { addMonths } from './days.ts'

/**
 * What a lesson is planned from, step by step; `asked`: the steps answered so far, so that the person can go back. Stored in unfinished forms:
 * a renamed field must still be read by its old name for a day.
 */
export type Draft = {
  at: Step
  asked: Step[]
  who?: { id: string; name: string }
  tutorId?: string
  subject?: string
  day?: string
  /** The month whose grid is shown while a day is chosen. */
  month?: string
  hour?: number
  time?: string
  minutes?: number
  repeat?: Repeat
  priceMinor?: number
  /** That of the price; RUB where none is usual with this student. */
  currency?: string
}
export const steps = ['who', 'subject', 'day', 'time', 'minutes', 'repeat', 'price', 'confirm'] as const
export type Step = (typeof steps)[number]
export const repeats = ['once', 'weekly', 'fortnightly'] as const
export type Repeat = (typeof repeats)[number]
export const lengths = [30, 45, 60, 90, 120] as const
/** Why an answer is not accepted; the step stays the same. */
export type Fault = 'day_past' | 'day_far' | 'day_form' | 'time_form' | 'minutes_form' | 'subject_form' | 'price_form' | 'choose'

export const beginDraft = (values: Partial<Draft> = {}): Draft => toNextStep({ ...values, at: 'who', asked: [] }, [])

const isAnswered = (draft: Draft, step: Step): boolean =>
  ({
    who: draft.who,
    subject: draft.subject,
    day: draft.day,
    time: draft.time,
    minutes: draft.minutes,
    repeat: draft.repeat,
    price: draft.priceMinor,
    confirm: undefined,
  })[step] !== undefined

/** To the first step that has no answer yet. */
function toNextStep(draft: Draft, asked: Step[]): Draft {
  const at = steps.find((step) => !isAnswered(draft, step)) ?? 'confirm'
  return { ...draft, at, asked, month: undefined, hour: undefined }
}
const withAnswer = (draft: Draft, answer: Partial<Draft>): Draft => toNextStep({ ...draft, ...answer }, [...draft.asked, draft.at])

/** One step back, without its answer unless it is a change on the last card, which needs them all; undefined at the first. */
export function back(draft: Draft): Draft | undefined {
  if (draft.hour !== undefined) return { ...draft, hour: undefined }
  if (draft.month !== undefined) return { ...draft, month: undefined }
  const [before, at] = [draft.asked.at(-2), draft.asked.at(-1)]
  return at && { ...draft, ...(before !== 'confirm' && withoutAnswer(at)), at, asked: draft.asked.slice(0, -1) }
}
const withoutAnswer = (step: Step): Partial<Draft> => ({ [step === 'price' ? 'priceMinor' : step]: undefined })

/** From the last card back to one step; its new answer leads to the last card again, and so does going back, with the answer that it had. */
export type Changeable = Exclude<Step, 'who' | 'confirm'>
export const change = (draft: Draft, at: Changeable): Draft => ({
  ...draft,
  at,
  asked: [...draft.asked, 'confirm'],
})

/** The place of this step among all that were or will be asked: a step that is changed has the place that it had. */
export const countSteps = ({ at, asked, ...answers }: Draft): { step: number; of: number } => {
  const all = steps.filter((step) => step === at || asked.includes(step) || !isAnswered({ at, asked, ...answers }, step))
  return { step: all.indexOf(at) + 1, of: all.length }
}

const yearAhead = (today: string) => addMonths(today.slice(0, 7), 12)
export function takeDay(draft: Draft, day: string, today: string): Draft | Fault {
  if (!isDay(day)) return 'day_form'
  if (day < today) return 'day_past'
  return day.slice(0, 7) > yearAhead(today) ? 'day_far' : withAnswer(draft, { day })
}
/** Shows the grid of a month, from this one to one a year ahead. */
export const turnMonth = (draft: Draft, month: string, today: string): Draft | Fault =>
  /^\d{4}-(0[1-9]|1[0-2])$/.test(month) && month >= today.slice(0, 7) && month <= yearAhead(today) ? { ...draft, month } : 'choose'

export const takeHour = (draft: Draft, hour: number): Draft | Fault =>
  Number.isInteger(hour) && hour >= 0 && hour < 24 ? { ...draft, hour } : 'choose'
/** Takes 17:15, 9.30 or 9. */
export function takeTime(draft: Draft, text: string): Draft | Fault {
  const [, hour = '', minute = '00'] = /^(\d{1,2})(?:[:.\- ](\d{2}))?$/.exec(text.trim()) ?? []
  const isTime = hour !== '' && Number(hour) < 24 && Number(minute) < 60
  return isTime ? withAnswer(draft, { time: `${hour.padStart(2, '0')}:${minute}` }) : 'time_form'
}
export function takeMinutes(draft: Draft, text: string): Draft | Fault {
  const minutes = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0
  return minutes >= 5 && minutes <= 480 ? withAnswer(draft, { minutes }) : 'minutes_form'
}
export const takeRepeat = (draft: Draft, text: string): Draft | Fault => {
  const repeat = repeats.find((one) => one === text)
  return repeat ? withAnswer(draft, { repeat }) : 'choose'
}
export function takeSubject(draft: Draft, text: string): Draft | Fault {
  const subject = Subject.safeParse(text.replaceAll(/\s+/g, ' '))
  return subject.success ? withAnswer(draft, { subject: subject.data }) : 'subject_form'
}
export const currencyOf = ({ currency = currencyUsual }: Draft): string => currency
/** Takes an amount, such as 1500 or 1 500,50. */
export function takePrice(draft: Draft, text: string): Draft | Fault {
  const priceMinor = parseMoney(text, currencyOf(draft))
  return priceMinor !== undefined && priceMinor <= priceMinorMax ? withAnswer(draft, { priceMinor }) : 'price_form'
}
/** What is usual with a student. */
export type Usual = Pick<Draft, 'subject' | 'priceMinor' | 'currency' | 'tutorId'>
/** Takes the student; what is usual with them is filled in and can be changed on the last card. */
export const takeWho = (draft: Draft, who: NonNullable<Draft['who']>, usual: Usual): Draft => withAnswer(draft, { who, ...usual })

/** A draft with every answer. */
export type CompleteDraft = Draft & Required<Pick<Draft, 'who' | 'subject' | 'day' | 'time' | 'minutes' | 'repeat' | 'priceMinor'>>
export const isComplete = (draft: Draft): draft is CompleteDraft => steps.every((step) => step === 'confirm' || isAnswered(draft, step))
