import { type LessonType, priceMinorMax } from '@repitbot/contracts/lesson-fields'
import { amountText, moneyText, parseMoney } from '@repitbot/contracts/money'
import { instantText } from '../../time.ts'
import { useDraft } from '../../ui/draft.tsx'
import { language, translate } from '../../words.ts'
import { type StaffLesson, startOf } from '../lessons.ts'
import { comingOf, oneWeekday } from './series-dates.ts'

export type Draft = {
  tutorId: string
  studentIds: string[]
  type: LessonType
  subject: string
  day: string
  time: string
  minutes: string
  repeats: boolean
  weekdays: number[]
  interval: string
  ends: 'never' | 'until' | 'count'
  until: string
  count: string
  price: string
  currency: string
  videoUrl: string
  /** The cancelled lesson that was promised to be made up for. */
  makeUpOf: string
}
export type Change = (change: Partial<Draft>) => void
export type Errors = Partial<Record<keyof Draft, string>>

/** The draft of a plan; where it was begun this time goes before what was typed last time. */
export function usePlanDraft(first: Draft, place: Partial<Draft>) {
  const typed = useDraft('plan', first, place)
  const change: Change = (some) => typed.change((was) => ({ ...some, ...withFirstDay(was, some) }))
  return { ...typed, change }
}
/** A series on one weekday goes along with its first day. */
const withFirstDay = (was: Draft, { day }: Partial<Draft>): Partial<Draft> =>
  day && was.weekdays.length < 2 ? { weekdays: oneWeekday(day) } : {}

/** Only who is here is planned for: a draft outlives the people it was begun with, and a select shows its first option for a value that it does not have. `gone`: students who left. */
export function amongOffered(draft: Draft, tutors: { value: string }[], gone: string[]): Draft {
  const tutor = tutors.find(({ value }) => value === draft.tutorId) ?? tutors[0]
  const studentIds = draft.studentIds.filter((id) => !gone.includes(id))
  return { ...draft, tutorId: tutor?.value ?? '', studentIds }
}

/** Several students make a group whatever was chosen for one. */
export const typeOf = ({ type, studentIds }: Draft): LessonType => (type === 'individual' && studentIds.length > 1 ? 'group' : type)

export function ruleOf({ repeats, day, weekdays, interval, ends, until, count }: Draft) {
  if (!repeats) return { day }
  return {
    day,
    weekdays,
    interval: Number(interval),
    ...(ends === 'until' && until && { until }),
    ...(ends === 'count' && Number(count) > 0 && { count: Number(count) }),
  }
}

/** What a first student had last time is the best guess for the next. */
export function likeLastTime(loaded: StaffLesson[], studentId: string): Partial<Draft> {
  const had = loaded.filter(({ students }) => students.some((seat) => seat.studentId === studentId))
  const last = had.toSorted((a, b) => startOf(b) - startOf(a))[0]
  const seat = last?.students.find((one) => one.studentId === studentId)
  if (!last || !seat) return {}
  const { priceMinor, currency } = seat
  return {
    ...{ subject: last.subject, minutes: String(last.minutes), videoUrl: last.videoUrl ?? '' },
    ...{ price: amountText(priceMinor, currency), currency },
  }
}

/** Errors that can be found before sending, by field. */
export function errorsOf(draft: Draft, zone: string): Errors {
  const { studentIds, subject, day, time, minutes, repeats, weekdays, ends, until, count, price, currency, videoUrl } = draft
  const priceMinor = parseMoney(price, currency)
  const most = moneyText(priceMinorMax, currency, language.get())
  const within = (text: string, least: number, most: number) => text.trim() !== '' && Number(text) >= least && Number(text) <= most
  const found: Errors = {
    studentIds: studentIds.length ? (studentIds.length > 30 ? translate('studentsMax') : undefined) : translate('needStudent'),
    subject: subject.trim() ? undefined : translate('needSubject'),
    day: day ? undefined : translate('needDay'),
    time: time ? undefined : translate('needTime'),
    minutes: within(minutes, 5, 480) && Number.isInteger(Number(minutes)) ? undefined : translate('minutesBounds'),
    price: priceMinor !== undefined && priceMinor <= priceMinorMax ? undefined : translate('priceBounds', { most }),
    videoUrl: !videoUrl.trim() || /^https:\/\/\S+$/.test(videoUrl.trim()) ? undefined : translate('videoBounds'),
  }
  if (repeats) {
    if (!weekdays.length) found.weekdays = translate('needWeekday')
    if (ends === 'until' && until < day) found.until = translate('untilBounds')
    if (ends === 'count' && !within(count, 1, 500)) found.count = translate('countBounds')
    if (!Object.values(found).some(Boolean) && !comingOf(ruleOf(draft), time, zone).length) found.until = translate('untilBounds')
  }
  return Object.fromEntries(Object.entries(found).filter(([, text]) => text)) as Errors
}

const served: Record<string, keyof Draft> = { students: 'studentIds', startsAt: 'time', at: 'time', from: 'day' }
/** Where in the form the server's answer belongs. */
export const toDraftErrors = (errors: Record<string, string>): Errors =>
  Object.fromEntries(
    Object.entries(errors).map(([field, message]) => {
      const first = field.split('.')[0] ?? field
      return [field.endsWith('priceMinor') ? 'price' : (served[first] ?? first), message]
    }),
  )

/** The draft as the server takes it. */
export function planOf(draft: Draft, zone: string, admin: boolean) {
  const { tutorId, studentIds, subject, day, time, minutes, price, currency, videoUrl } = draft
  const priceMinor = parseMoney(price, currency) ?? 0
  const common = {
    type: typeOf(draft),
    tutorId: admin ? tutorId : undefined,
    subject: subject.trim(),
    minutes: Number(minutes),
    videoUrl: videoUrl.trim() || undefined,
    zone,
    students: studentIds.map((studentId) => ({ studentId, priceMinor, currency })),
  }
  const { day: from, ...rule } = ruleOf(draft)
  return draft.repeats
    ? { series: { ...common, ...rule, freq: 'weekly' as const, from, at: time } }
    : { lesson: { ...common, makeUpOf: draft.makeUpOf || undefined, startsAt: instantText(`${day}T${time}`, zone) } }
}
