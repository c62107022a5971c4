import { failures as en } from '@repitbot/contracts/texts/en/failures'
import { bot } from '@repitbot/contracts/texts/ru/bot'
import { failures as ru } from '@repitbot/contracts/texts/ru/failures'
import { expect } from 'chai'
import { worldStart } from '../platform.ts'
import { type Chat, openTelegram, type Telegram } from '../telegram.ts'

const ids = { tutor: 201, admin: 202, student: 203, parent: 204, guest: 205 }
/** A crawl that takes longer goes in a circle; one that takes less has not found the cards. */
const [actsMax, tapsMin] = [400, { guest: 4, student: 50, parent: 50, admin: 150, tutor: 150 }]
const hourMs = 3_600_000
/** What is typed where a card asks for words, by a part of its question; `?` is refused everywhere. */
const answers: [question: string, answer: string][] = [
  [bot.add.subject, 'Химия'],
  [bot.add.day, '2026-09-10'],
  [bot.add.time, '12:15'],
  [bot.add.minutes, '45'],
  [bot.add.price.split('{{')[0] ?? '', '1500'],
  [bot.settings.askZone, 'Asia/Omsk'],
  [bot.settings.askQuiet, '23:00-07:00'],
]
/** Leaves the chat without a membership, so it is pressed last. */
const last = /unlinkyes/

type Act = { key: string; data?: string; say?: string }
type Card = { keys: string[]; to: Map<string, string> }

/** What a card asks: the beginning of its title and its last line, without names and numbers; the last line of a report is one of its students. */
function questionOf(text: string): string {
  const lines = text.split('\n').filter((line) => line && !line.startsWith('⚠️'))
  const line = lines.at(-1) ?? ''
  if (/: \S/.test(line)) return 'report'
  return `${lines[0]?.slice(0, 10)}: ${line}`.replaceAll(/\d+/g, '#').replace(/«.*»/, '*').slice(0, 50)
}

/** A button of a form is told from others by its question, any other by what it does and how its label begins; neither by its lesson, day or page. */
function keyOf(data: string, label: string, question: string): string {
  const [verb = '', id = ''] = data.slice(3).split(/:(.*)/s)
  if (verb === 'go' || verb === 'lang') return `${verb} ${id}`
  if (verb !== 'w') return `${verb} ${label.replace(/\p{L}+ ?\d.*|\d.*|\p{L}\p{L},.*/su, '')}`.trim()
  const choice = id
    .replace(/^[^.]*\./, '')
    .replace(/[\w-]{22}$/, label)
    .replace(/(?<=zone:).*/, '*')
  const named = /^([a-z]+|page:.*|p\d+)$/.test(choice) ? label : ''
  return `w ${question} ${choice.replaceAll(/(?<!v)\d+|(?<=v)[1-9]/g, '#')} ${named.replaceAll(/\d+/g, '#')}`.trim()
}

/** What the present card offers: its buttons, and what may be typed where it asks for it. */
function actsOf(chat: Chat): Act[] {
  const question = questionOf(chat.text())
  const buttons = (chat.last()?.markup?.inline_keyboard ?? []).flat()
  const taps = buttons.flatMap(({ text, callback_data: data }) => (data ? [{ key: keyOf(data, text, question), data }] : []))
  const [, answer] = answers.find(([part]) => chat.text().includes(part)) ?? []
  return [...taps, ...(answer ? [answer, '?'].map((say) => ({ key: `${question} ${say}`, say })) : [])]
}

describe('every button of the bot', function () {
  this.timeout(120_000)
  let telegram: Telegram
  const errors: string[] = []
  before(async () => {
    telegram = await openTelegram(ids, { logLevel: 'error', logTo: { write: (line) => void errors.push(line) } })
    await fillSchool(telegram)
  })
  after(() => telegram?.close())

  for (const role of Object.keys(ids) as (keyof typeof ids)[])
    it(`that the bot shows to a ${role} is answered when it is tapped, and refuses nothing`, async () => {
      const chat = telegram.chat(role)
      if (role !== 'guest') await telegram.link(role, telegram.platform.people[role])
      const taps = await pressAll(chat, (act, way) => checkAnswer(telegram, chat, { act, way, errors }))
      expect(taps).to.be.above(tapsMin[role])
    })
})

/** Presses each kind of button at least once, the nearest first by what was learned of the ways between cards; returns how many taps it took. */
async function pressAll(chat: Chat, check: (act: Act, way: string) => void): Promise<number> {
  const done = new Set<string>()
  const cards = new Map<string, Card>()
  const commands = chat.commands().map((command) => `/${command}`)
  const way: string[] = []
  let taps = 0
  let isLast = false
  const look = (acts: Act[]): string => {
    const keys = [...new Set(acts.map(({ key }) => key))].sort()
    const sign = keys.join('|')
    if (!cards.has(sign)) cards.set(sign, { keys, to: new Map() })
    return sign
  }
  const isOpen = (key: string) => !done.has(key) && (isLast || !last.test(key))
  /** The first act on the shortest way to a button that was never pressed; else a command that was never sent. */
  const next = (from: string): string | undefined => {
    const seen = new Map<string, string | undefined>([[from, undefined]])
    for (const [sign, first] of seen) {
      const { keys, to } = cards.get(sign) as Card
      const fresh = keys.find(isOpen)
      if (fresh) return first ?? fresh
      for (const [key, target] of to) if (!seen.has(target)) seen.set(target, first ?? key)
    }
    return commands.find((command) => !done.has(command))
  }
  let acts: Act[] = []
  for (let count = 0; count < actsMax; count++) {
    const sign = look(acts)
    const key = next(sign)
    if (key === undefined && isLast) return taps
    isLast ||= key === undefined
    if (key === undefined) continue
    const act = acts.find((one) => one.key === key) ?? { key, say: key }
    if (act.say === undefined) taps++
    done.add(key)
    way.push(key)
    await (act.data === undefined ? chat.say(act.say ?? '') : chat.pressData(act.data))
    // A card that was closed leaves an older one as the last, whose buttons may be out of date.
    const isClosed = act.data === 'v1:x:'
    if (!isClosed) check(act, way.slice(-12).join(' > '))
    // The other language is read no further, since its cards are the same.
    const isForeign = /^lang en| language /.test(key)
    if (isForeign) {
      await chat.say('/cancel')
      await chat.pressData('v1:lang:ru')
    }
    acts = isClosed ? [] : actsOf(chat)
    const target = look(acts)
    if (!isForeign) cards.get(sign)?.to.set(key, target)
    // A command leads to the same card from everywhere.
    if (act.say === key) for (const { to } of cards.values()) to.set(key, target)
  }
  throw new Error(`These were never pressed: ${[...cards.values()].flatMap(({ keys }) => keys.filter(isOpen)).join(', ')}`)
}

function checkAnswer({ emulator }: Telegram, chat: Chat, { act, way, errors }: { act: Act; way: string; errors: string[] }): void {
  expect(errors, way).to.deep.equal([])
  expect(emulator.chats.unanswered(), `${way}: the tap has no answer`).to.equal(0)
  expect(chat.text().length, way).to.be.within(1, 4096)
  const all = [chat.text(), chat.toast() ?? '', ...chat.labels()].join('\n')
  expect(all, way).to.not.match(/undefined|NaN|\{\{|\[object|(?<!\w)null(?!\w)/)
  for (const { internal } of [ru, en]) expect(all, way).to.not.contain(internal)
  // That a time is taken is known only when it is chosen, and that of a series' later lessons only when it is planned.
  if (act.say !== undefined || [bot.add.taken.split('{{')[0] ?? '', ru.double_booked].some((taken) => all.startsWith(`⚠️ ${taken}`))) return
  expect(all, way).to.not.contain('⚠️').and.not.contain(bot.notYours).and.not.contain(bot.stale)
  for (const refusal of Object.values({ ...ru, ...en })) expect(all, way).to.not.contain(refusal)
}

/** Lessons in every state, and more of everything than fits one page of a list. */
async function fillSchool({ platform }: Telegram): Promise<void> {
  const { people, as, world } = platform
  const { people: all, lessons } = as('tutor')
  const students = [people.student.userId, people.sibling.userId]
  for (let at = students.length; at < 10; at++) students.push((await all.create({ role: 'student', name: `Pupil ${at}` })).userId)
  const plan = (hours: number, count: number) =>
    lessons.plan({
      type: count > 1 ? 'group' : 'individual',
      subject: 'Algebra',
      startsAt: new Date(Date.parse(worldStart) + hours * hourMs).toISOString(),
      minutes: 30,
      tutorId: people.tutor.userId,
      videoUrl: 'https://video.test/room',
      students: students.slice(0, count).map((studentId) => ({ studentId, priceMinor: 150_000 })),
    })
  for (let at = 1; at <= 9; at++) {
    await plan(-at, 1)
    await plan(24 + at, 1)
  }
  const held = await plan(-30, 1)
  await lessons.complete({
    lessonId: held.id,
    topic: 'Fractions',
    students: [{ studentId: people.student.userId, attendance: 'attended' }],
  })
  await plan(-32, 10)
  await plan(48, 2)
  await world.idle()
}
