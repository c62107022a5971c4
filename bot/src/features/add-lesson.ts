import { addDays, instantOf } from '@repitbot/contracts/calendar'
import { priceMinorMax } from '@repitbot/contracts/lesson-fields'
import { amountText, currencySign, digitsOf, moneyText } from '@repitbot/contracts/money'
import { type Form, feature, type MemberContext, type PickButton, type Step } from '../feature.ts'
import { findTaken } from '../flows/find-taken.ts'
import { findUsual } from '../flows/find-usual.ts'
import { type Shown, studentChoice, turnPage } from '../flows/list-students.ts'
import { planLesson } from '../flows/plan-lesson.ts'
import { readAll } from '../flows/read-all.ts'
import { undoLesson, undoSeries } from '../flows/undo-plan.ts'
import {
  back,
  beginDraft,
  type Changeable,
  change,
  countSteps,
  currencyOf,
  type Draft,
  type Fault,
  isComplete,
  lengths,
  repeats,
  takeDay,
  takeHour,
  takeMinutes,
  takePrice,
  takeRepeat,
  takeSubject,
  takeTime,
  takeWho,
  turnMonth,
} from '../rules/add-lesson.ts'
import { addMonths, monthGrid } from '../rules/days.ts'
import { namesOf } from '../rules/lessons.ts'
import { type Button, inRows, type Screen } from '../rules/screen.ts'
import { long } from '../rules/taps.ts'
import { instantOn, monthNamed, weekdayNamed } from '../rules/when.ts'
import type { Words } from '../rules/words.ts'

type Data = Draft & Shown
/** Only suggestions: a big school has more lessons than are worth the wait. */
const subjectPagesMax = 4
const hours = Array.from({ length: 15 }, (_, at) => at + 8)

const form: Form<Data> = {
  async show(context, data, pick) {
    const { words } = context
    const { at } = data
    const title = words.html('add.title', countSteps(data))
    if (at === 'confirm')
      return { lines: [title, '', ...summary(context, data), '', words.html('add.confirm')], rows: confirmButtons(words, pick) }
    const sign = currencySign(currencyOf(data), words.language)
    const question = data.hour === undefined ? words.html(`add.${at}`, { sign }) : words.html('add.quarter')
    if (at !== 'who') return { lines: [title, '', question], rows: await choiceButtons(context, data, pick) }
    const { lines, rows } = await studentChoice(context, data, pick)
    return { lines: [title, '', question, ...lines], rows }
  },
  async choose(context, data, choice) {
    const { today } = context
    const [, verb = '', value = ''] = /^([a-z]+)(?::(.*))?$/s.exec(choice) ?? []
    if (verb === 'back') return goBack(context, data)
    if (verb === 'page') return { data: turnPage(data, value) }
    if (verb === 'plan') return isComplete(data) ? { leave: await planLesson(context, data) } : { fault: 'form.choose' }
    if (verb === 'change') return { data: change(data, value as Changeable) }
    if (verb === 'month') return toStep(turnMonth(data, value, today))
    if (verb === 'hour') return toStep(takeHour(data, Number(value)))
    return takeAnswer(context, data, value)
  },
  write: (context, data, text) => {
    if (data.at === 'who') return { data: { ...data, page: 0, find: text.slice(0, 100) } }
    return data.at === 'confirm' || data.at === 'repeat' ? undefined : takeAnswer(context, data, text)
  },
}

/** Plans a lesson or a series, step by step. */
export const addLesson = feature({
  command: 'add_lesson',
  for: ['admin', 'tutor'],
  form,
  open: async ({ api, words, pageUrl }) => {
    const [student] = await api.people.list({ role: 'student', limit: 1 })
    return student ? { form: 'add_lesson', data: beginDraft() } : { lines: [words.html('add.noStudents', { url: pageUrl })], rows: [] }
  },
  taps: {
    /** With a student chosen already. */
    plan: async (context, id) => {
      const { userId, name } = await context.api.people.get({ userId: long(id) })
      return { form: 'add_lesson', data: beginDraft({ who: { id: userId, name }, ...(await findUsual(context, userId)) }) }
    },
    unp: undoLesson,
    uns: undoSeries,
  },
})

async function takeAnswer(context: MemberContext, data: Data, value: string): Promise<Step<Data>> {
  const { today, api } = context
  switch (data.at) {
    case 'who': {
      const { userId, name } = await api.people.get({ userId: long(value) })
      return { data: takeWho(data, { id: userId, name }, await findUsual(context, userId)) }
    }
    case 'subject':
      return toStep(takeSubject(data, value))
    case 'day':
      return toStep(takeDay(data, value.trim(), today))
    case 'time':
      return ifFree(context, takeTime(data, value))
    case 'minutes':
      return ifFree(context, takeMinutes(data, value))
    case 'repeat':
      return toStep(takeRepeat(data, value))
    case 'price':
      return toPriceStep(context, data, takePrice(data, value))
    case 'confirm':
      return { fault: 'form.choose' }
  }
}

async function goBack(context: MemberContext, data: Data): Promise<Step<Data>> {
  const before = back(data)
  return before ? { data: before } : { leave: { lines: [context.words.html('cancelled')], rows: inRows(context.menu()) } }
}

async function choiceButtons(context: MemberContext, data: Data, pick: PickButton): Promise<Button[][]> {
  const { words, wall, today } = context
  switch (data.at) {
    case 'subject':
      return inRows((await recentSubjects(context)).map((subject) => pick(subject, `subject:${subject}`)))
    case 'day':
      return data.month ? monthButtons(context, data.month, pick) : dayButtons(words, today, pick)
    case 'time':
      return data.hour === undefined
        ? inRows(
            hours.map((hour) => pick(String(hour), `hour:${hour}`)),
            5,
          )
        : [['00', '15', '30', '45'].map((minute) => pick(`${data.hour}:${minute}`, `time:${data.hour}:${minute}`))]
    case 'minutes':
      return inRows(
        lengths.map((one) => pick(String(one), `minutes:${one}`)),
        lengths.length,
      )
    case 'repeat':
      return inRows(
        repeats.map((one) => pick(words.text(`add.${one}`), `repeat:${one}`)),
        1,
      )
    case 'price': {
      const currency = currencyOf(data)
      const usual = [1000, 1500, 2000]
        .map((amount) => amount * 10 ** digitsOf(currency))
        .filter((minor) => minor <= priceMinorMax)
        .map((minor) => pick(moneyText(minor, currency, wall.language), `price:${amountText(minor, currency)}`))
      return [usual, [pick(words.text('add.free'), 'price:0')]]
    }
    case 'who':
    case 'confirm':
      return []
  }
}

/** Today, tomorrow, the five days after them, and the calendar. */
const dayButtons = ({ text, language }: Words, today: string, pick: PickButton): Button[][] => {
  const nameOf = (day: string, at: number) =>
    at < 2 ? text(at ? 'add.tomorrow' : 'add.today') : `${weekdayNamed(language, day)} ${Number(day.slice(8))}`
  const days = Array.from({ length: 7 }, (_, at) => addDays(today, at))
  return [
    ...inRows(
      days.map((day, at) => pick(nameOf(day, at), `day:${day}`)),
      3,
    ),
    [pick(text('add.grid'), `month:${today.slice(0, 7)}`)],
  ]
}

/** A month, with buttons to the one before and the next; days that are over cannot be chosen. */
function monthButtons({ wall, today }: MemberContext, month: string, pick: PickButton): Button[][] {
  const place = (day: string | undefined) =>
    day && day >= today ? pick(String(Number(day.slice(8))), `day:${day}`) : pick(' ', `month:${month}`)
  const turn = (by: number, label: string) => pick(label, `month:${addMonths(month, by)}`)
  const head = [turn(-1, '‹'), pick(monthNamed(wall.language, month), `month:${month}`), turn(1, '›')]
  return [head, ...monthGrid(month).map((week) => week.map(place))]
}

const confirmButtons = ({ text }: Words, pick: PickButton): Button[][] => [
  [pick(text('add.plan'), 'plan')],
  [pick(text('add.changeSubject'), 'change:subject'), pick(text('add.changePrice'), 'change:price')],
  [pick(text('add.changeDay'), 'change:day'), pick(text('add.changeTime'), 'change:time')],
  [pick(text('add.changeLength'), 'change:minutes'), pick(text('add.changeRepeat'), 'change:repeat')],
]

/** What will be planned. */
function summary({ words, wall }: MemberContext, data: Data): Screen['lines'] {
  if (!isComplete(data)) return []
  const { who, subject, day, time, minutes, repeat, priceMinor } = data
  const values = {
    name: who.name,
    subject,
    when: instantOn(wall, instantOf(day, time, wall.zone).toISOString()),
    length: words.text('lesson.minutes', { count: minutes }),
    repeat: words.text(`add.${repeat}`),
    price: moneyText(priceMinor, currencyOf(data), wall.language),
  }
  return words.html('add.summary', values).split('\n')
}

/** Subjects of recent lessons, short enough for the data of a button. */
async function recentSubjects({ api, now }: MemberContext): Promise<string[]> {
  const at = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString()
  const lessons = await readAll(async (after) => {
    const page = await api.lessons.list({ from: at(-60), until: at(30), after, limit: 500 })
    return { items: page.lessons, next: page.next }
  }, subjectPagesMax)
  return [...new Set(lessons.toReversed().map(({ subject }) => subject))].filter((subject) => Buffer.byteLength(subject) <= 40).slice(0, 6)
}

function toPriceStep({ words }: MemberContext, data: Data, result: Data | Fault): Step<Data> {
  if (result !== 'price_form') return toStep(result)
  return { fault: 'add.price_form', values: { most: moneyText(priceMinorMax, currencyOf(data), words.language) } }
}
/** The next step, where the time is free; a lesson that takes it is told at once, and with whom it is. */
async function ifFree(context: MemberContext, result: Data | Fault): Promise<Step<Data>> {
  const taken = typeof result === 'string' ? undefined : await findTaken(context, result)
  return taken
    ? {
        fault: 'add.taken',
        values: { names: namesOf(taken), when: instantOn(context.wall, taken.startsAt), minutes: String(taken.minutes) },
      }
    : toStep(result)
}
const toStep = (result: Data | Fault): Step<Data> =>
  typeof result !== 'string' ? { data: result } : { fault: result === 'choose' ? 'form.choose' : `add.${result}` }
