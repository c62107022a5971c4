import type { LessonType } from '@repitbot/contracts/lesson-fields'
import { priceMinorMax } from '@repitbot/contracts/lesson-fields'
import type { LessonChange } from '@repitbot/contracts/lesson-plan'
import { amountText, currencyUsual, moneyText, parseMoney } from '@repitbot/contracts/money'
import type { z } from 'zod'
import { language, translate } from '../../words.ts'
import type { Scope } from '../lesson-acts.ts'
import type { StaffLesson } from '../lessons.ts'

/** What may be changed of a planned lesson, as it is typed; each student has a price. */
export type ChangeDraft = {
  subject: string
  topic: string
  type: LessonType
  minutes: string
  videoUrl: string
  studentIds: string[]
  prices: Record<string, string>
  scope: Scope
}
type Fields = Omit<z.input<typeof LessonChange>, 'version'>

export const currencyIn = ({ students }: StaffLesson): string => students[0]?.currency ?? currencyUsual

export const draftOf = (lesson: StaffLesson): ChangeDraft => ({
  subject: lesson.subject,
  topic: lesson.topic ?? '',
  type: lesson.type,
  minutes: String(lesson.minutes),
  videoUrl: lesson.videoUrl ?? '',
  studentIds: lesson.students.map(({ studentId }) => studentId),
  prices: Object.fromEntries(lesson.students.map(({ studentId, priceMinor, currency }) => [studentId, amountText(priceMinor, currency)])),
  scope: 'this',
})

/** Who is added pays what the others pay, until another price is written. */
export function withStudents({ studentIds, prices }: ChangeDraft, to: string[]): Pick<ChangeDraft, 'studentIds' | 'prices'> {
  const usual = prices[studentIds[0] ?? ''] ?? ''
  return { studentIds: to, prices: { ...Object.fromEntries(to.map((id) => [id, usual])), ...prices } }
}

/** Errors that are found before sending; a price by `price-<studentId>`. */
export function errorsIn(draft: ChangeDraft, currency: string): Record<string, string> {
  const { subject, minutes, videoUrl, studentIds, prices, type } = draft
  const found: Record<string, string> = {}
  if (!subject.trim()) found.subject = translate('needSubject')
  if (!(Number.isInteger(Number(minutes)) && Number(minutes) >= 5 && Number(minutes) <= 480)) found.minutes = translate('minutesBounds')
  if (videoUrl.trim() && !/^https:\/\/\S+$/.test(videoUrl.trim())) found.videoUrl = translate('videoBounds')
  if (!studentIds.length) found.students = translate('needStudent')
  if (studentIds.length > 30) found.students = translate('studentsMax')
  if (type === 'individual' && studentIds.length > 1) found.type = translate('oneInIndividual')
  for (const id of studentIds) {
    const minor = parseMoney(prices[id] ?? '', currency)
    if (minor === undefined || minor > priceMinorMax)
      found[`price-${id}`] = translate('priceBounds', { most: moneyText(priceMinorMax, currency, language.get()) })
  }
  return found
}

/** Where the server's answer belongs. */
export const toFieldErrors = (errors: Record<string, string>, { studentIds }: ChangeDraft): Record<string, string> =>
  Object.fromEntries(
    Object.entries(errors).map(([field, message]) => {
      const [, index, part] = /^students\.(\d+)\.(\w+)/.exec(field) ?? []
      return [part === 'priceMinor' ? `price-${studentIds[Number(index)]}` : (field.split('.')[0] ?? field), message]
    }),
  )

export const fieldsOf = ({ subject, topic, type, minutes, videoUrl, studentIds, prices }: ChangeDraft, currency: string): Fields => ({
  subject: subject.trim(),
  topic: topic.trim() || null,
  type,
  minutes: Number(minutes),
  videoUrl: videoUrl.trim() || null,
  students: studentIds.map((studentId) => ({ studentId, priceMinor: parseMoney(prices[studentId] ?? '', currency) ?? 0, currency })),
})

/** What stood in the lesson, to put it back. */
export const formerFields = ({ subject, topic, type, minutes, videoUrl, students }: StaffLesson): Fields => ({
  subject,
  topic: topic ?? null,
  type,
  minutes,
  videoUrl: videoUrl ?? null,
  students: students.map(({ studentId, priceMinor, currency }) => ({ studentId, priceMinor, currency })),
})
