import { addDays, instantOf } from '@repitbot/contracts/calendar'
import { type Form, feature, type Pick, type Signed, type Step } from '../feature.ts'
import { planLesson } from '../flows/plan-lesson.ts'
import { undoLesson, undoSeries } from '../flows/undo-plan.ts'
import { usualWith } from '../flows/usual-with.ts'
import {
  back,
  begun,
  change,
  counted,
  type Draft,
  type Fault,
  isWhole,
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
import { type Button, inRows, paged, type Screen } from '../rules/screen.ts'
import { long, short } from '../rules/taps.ts'
import { instantOn, moneyIn, monthNamed, weekdayNamed } from '../rules/when.ts'
import type { Words } from '../rules/words.ts'

type Data = Draft & { page?: number }
const hours = Array.from({ length: 15 }, (_, at) => at + 8)

const form: Form<Data> = {
  async show(talk, data, pick) {
    const { words } = talk
    const { at } = data
    const title = words.html('add.title', counted(data))
    if (at === 'confirm')
      return { lines: [title, '', ...summary(talk, data), '', words.html('add.confirm')], rows: confirming(words, pick) }
    const asked = data.hour === undefined ? words.html(`add.${at}`) : words.html('add.quarter')
    return { lines: [title, '', asked], rows: await choices(talk, data, pick) }
  },
  async choose(talk, data, choice) {
    const { today } = talk
    const [, verb = '', value = ''] = /^([a-z]+)(?::(.*))?$/s.exec(choice) ?? []
    if (verb === 'back') return goBack(talk, data)
    if (verb === 'page') return { data: { ...data, page: Number(value) } }
    if (verb === 'plan') return isWhole(data) ? { leave: await planLesson(talk, data) } : { fault: 'form.choose' }
    if (verb === 'change') return { data: change(data, value as 'day') }
    if (verb === 'month') return taken(turnMonth(data, value, today))
    if (verb === 'hour') return taken(takeHour(data, Number(value)))
    return answeredBy(talk, data, value)
  },
  write: (talk, data, text) =>
    data.at === 'who' || data.at === 'confirm' || data.at === 'repeat' ? undefined : answeredBy(talk, data, text),
}

/** Plans a lesson or a series, step by step. */
export const addLesson = feature({
  command: 'add_lesson',
  for: ['admin', 'tutor'],
  form,
  open: async ({ ask, words, pageUrl }) => {
    const [student] = await ask.people.list({ role: 'student', limit: 1 })
    return student ? { form: 'add_lesson', data: begun() } : { lines: [words.html('add.noStudents', { url: pageUrl })], rows: [] }
  },
  taps: {
    /** With a student chosen already. */
    plan: async (talk, id) => {
      const { userId, name } = await talk.ask.people.get({ userId: long(id) })
      return { form: 'add_lesson', data: begun({ who: { id: userId, name }, ...(await usualWith(talk, userId)) }) }
    },
    unp: undoLesson,
    uns: undoSeries,
  },
})

async function answeredBy(talk: Signed, data: Data, value: string): Promise<Step<Data>> {
  const { today, ask } = talk
  switch (data.at) {
    case 'who': {
      const { userId, name } = await ask.people.get({ userId: long(value) })
      return { data: takeWho(data, { id: userId, name }, await usualWith(talk, userId)) }
    }
    case 'subject':
      return taken(takeSubject(data, value))
    case 'day':
      return taken(takeDay(data, value.trim(), today))
    case 'time':
      return taken(takeTime(data, value))
    case 'minutes':
      return taken(takeMinutes(data, value))
    case 'repeat':
      return taken(takeRepeat(data, value))
    case 'price':
      return taken(takePrice(data, value))
    case 'confirm':
      return { fault: 'form.choose' }
  }
}

async function goBack(talk: Signed, data: Data): Promise<Step<Data>> {
  const before = back(data)
  return before ? { data: before } : { leave: { lines: [talk.words.html('cancelled')], rows: inRows(talk.menu()) } }
}

async function choices(talk: Signed, data: Data, pick: Pick): Promise<Button[][]> {
  const { words, wall, today, ask } = talk
  switch (data.at) {
    case 'who': {
      const { shown, turning } = paged(await ask.people.list({ role: 'student', limit: 200 }), data.page ?? 0, (to, label) =>
        pick(label, `page:${to}`),
      )
      return [...inRows(shown.map(({ userId, name }) => pick(name.slice(0, 60), `who:${short(userId)}`))), ...turning]
    }
    case 'subject':
      return inRows((await subjects(talk)).map((subject) => pick(subject, `subject:${subject}`)))
    case 'day':
      return data.month ? grid(talk, data.month, pick) : chips(words, today, pick)
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
      const usual = [1000, 1500, 2000].map((amount) => pick(moneyIn(wall.language, amount * 100, 'RUB'), `price:${amount}`))
      return [usual, [pick(words.text('add.free'), 'price:0')]]
    }
    case 'confirm':
      return []
  }
}

/** Today, tomorrow, the five days after them, and the calendar. */
const chips = ({ text, language }: Words, today: string, pick: Pick): Button[][] => {
  const named = (day: string, at: number) =>
    at < 2 ? text(at ? 'add.tomorrow' : 'add.today') : `${weekdayNamed(language, day)} ${Number(day.slice(8))}`
  const days = Array.from({ length: 7 }, (_, at) => addDays(today, at))
  return [
    ...inRows(
      days.map((day, at) => pick(named(day, at), `day:${day}`)),
      3,
    ),
    [pick(text('add.grid'), `month:${today.slice(0, 7)}`)],
  ]
}

/** A month, with a way to the next and back; days that are over cannot be chosen. */
function grid({ wall, today }: Signed, month: string, pick: Pick): Button[][] {
  const place = (day: string | undefined) =>
    day && day >= today ? pick(String(Number(day.slice(8))), `day:${day}`) : pick(' ', `month:${month}`)
  const turn = (by: number, label: string) => pick(label, `month:${addMonths(month, by)}`)
  const head = [turn(-1, '‹'), pick(monthNamed(wall.language, month), `month:${month}`), turn(1, '›')]
  return [head, ...monthGrid(month).map((week) => week.map(place))]
}

const confirming = ({ text }: Words, pick: Pick): Button[][] => [
  [pick(text('add.plan'), 'plan')],
  [pick(text('add.changeSubject'), 'change:subject'), pick(text('add.changePrice'), 'change:price')],
  [pick(text('add.changeDay'), 'change:day'), pick(text('add.changeTime'), 'change:time')],
]

/** What will be planned, as it will be read. */
function summary({ words, wall }: Signed, data: Data): Screen['lines'] {
  if (!isWhole(data)) return []
  const { who, subject, day, time, minutes, repeat, priceMinor } = data
  const told = {
    name: who.name,
    subject,
    when: instantOn(wall, instantOf(day, time, wall.zone).toISOString()),
    length: words.text('lesson.minutes', { count: minutes }),
    repeat: words.text(`add.${repeat}`),
    price: moneyIn(wall.language, priceMinor, 'RUB'),
  }
  return words.html('add.summary', told).split('\n')
}

/** Subjects given lately, short enough for a button's data. */
async function subjects({ ask, now }: Signed): Promise<string[]> {
  const at = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString()
  const { lessons } = await ask.lessons.list({ from: at(-60), until: at(30) })
  return [...new Set(lessons.map(({ subject }) => subject))].filter((subject) => Buffer.byteLength(subject) <= 40).slice(0, 6)
}

const taken = (told: Data | Fault): Step<Data> =>
  typeof told !== 'string' ? { data: told } : { fault: told === 'choose' ? 'form.choose' : `add.${told}` }
