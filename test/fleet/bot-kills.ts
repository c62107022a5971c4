import { setTimeout as sleep } from 'node:timers/promises'
import { openEmulator } from '@repitbot/bot/emulator'
import { openPlatform, type Platform } from '../platform.ts'
import { openBotProcess } from './bot-process.ts'
import { randomNumbers } from './lessons.ts'
import type { Result } from './results.ts'

type Emulator = Awaited<ReturnType<typeof openEmulator>>
type Chat = { id: number; sent: number; plans: number; invitations: number }
type Step = { say?: string; press?: string; expect: RegExp }

/** With the time a busy machine takes to start the bot again. */
const answerMsMax = 120_000
const dayMs = 86_400_000

export type KillRun = { updates: number; kills: number; chats: number; code?: string; answerMs?: number }

/** Tutors plan lessons and invite parents in their chats while the bot is killed with SIGKILL again and again; then every update and effect is counted. */
export async function botKills({ updates, kills, chats: width, code, answerMs = answerMsMax }: KillRun): Promise<Result> {
  let tick = Date.now()
  // A new bot each time, since Redis may still hold the limits of an earlier one.
  const token = `${tick}:kills`
  const people = Array.from({ length: width }, (_, at) => ({ id: 1001 + at, firstName: `Tutor ${at}`, languageCode: 'ru' }))
  const emulator = await openEmulator({ token, people, now: () => (tick += 1_100) })
  const platform = await openPlatform()
  const bot = await openBotProcess(platform, { url: emulator.url, token }, code)
  try {
    // The bot is another process with the real clock, so the other services use that too.
    platform.world.clock.real()
    const invitations = await inviteTutors(platform, width)
    await bot.start()
    const chats = people.map(({ id }) => ({ id, sent: 0, plans: 0, invitations: 0 }))
    const lost: string[] = []
    const enough = new AbortController()
    const talking = Promise.all(
      chats.map(async (chat, at) => {
        const run = async (step: Step) => {
          if (enough.signal.aborted || !(await runStep(emulator, chat, { step, answerMs }))) {
            lost.push(`${chat.id}: ${JSON.stringify(step.say ?? step.press)}`)
            throw new Error('lost')
          }
        }
        await talk(chat, { invitation: invitations[at] ?? '', updates: updates / width, run }).catch((error: Error) => {
          if (error.message !== 'lost') throw error
        })
      }),
    )
    const killed = await killRepeatedly(bot, { kills, until: talking, done: () => sum(chats, 'sent') / updates })
    await talking
    await sleep(500)
    const faults = await countFaults(platform, chats)
    const wrong = lost.length + faults.open + faults.failed + Math.abs(faults.lessons) + Math.abs(faults.invitations)
    return {
      name: `the bot, killed ${killed} times over ${sum(chats, 'sent')} updates`,
      figure: `${lost.length} not answered${lost.length ? ` (${lost.slice(0, 3).join('; ')})` : ''}, ${faults.open} not handled, ${faults.failed} failed; ${sum(chats, 'plans')} lessons and ${sum(chats, 'invitations')} invitations requested, ${faults.lessons} and ${faults.invitations} too many`,
      goal: 'each handled, effects once',
      met: wrong === 0 && killed >= kills,
    }
  } finally {
    await bot.kill()
    await platform.close()
    await emulator.close()
  }
}

const sum = (chats: Chat[], of: 'sent' | 'plans' | 'invitations') => chats.reduce((all, chat) => all + chat[of], 0)

/** Tutors with a student each, and an invitation to the chat. */
async function inviteTutors({ as, signIn, people }: Platform, width: number): Promise<string[]> {
  const tokens: string[] = []
  const admin = as(await signIn(people.admin.email)).people
  for (let at = 0; at < width; at++) {
    const tutor = await admin.create({ role: 'tutor', name: `Tutor ${at}` })
    await admin.create({ role: 'student', name: `Pupil ${at}`, tutorIds: [tutor.userId] })
    tokens.push((await admin.invite({ role: 'tutor', userId: tutor.userId })).token)
  }
  return tokens
}

type Talk = { invitation: string; updates: number; run: (step: Step) => Promise<void> }
/** Accepts the invitation, then plans a lesson and invites a parent in turn, as long as there are updates left. */
async function talk(chat: Chat, { invitation, updates, run }: Talk) {
  await run({ say: `/start inv_${invitation}`, expect: /Приглашает/ })
  for (let slot = 0; chat.sent < updates; slot++) {
    const day = new Date(Date.now() + (1 + Math.floor(slot / 8)) * dayMs).toISOString().slice(0, 10)
    await run({ say: '/add_lesson', expect: /С кем|Продолжить/ })
    await run({ press: 'Pupil', expect: slot ? /Какой день/ : /Какой предмет/ })
    if (!slot) await run({ say: 'Maths', expect: /Какой день/ })
    await run({ say: day, expect: /Во сколько/ })
    await run({ say: `${10 + (slot % 8)}:00`, expect: /Сколько минут/ })
    await run({ press: '30', expect: /Повторять/ })
    await run({ press: 'Один раз', expect: slot ? /Всё верно/ : /Сколько стоит/ })
    if (!slot) await run({ say: '1500', expect: /Всё верно/ })
    chat.plans++
    await run({ press: 'Запланировать', expect: /✅ Запланировано/ })
    await run({ say: '/invite', expect: /Кто из учеников/ })
    await run({ press: 'Pupil', expect: /Кого пригласить/ })
    chat.invitations++
    await run({ press: 'Родитель', expect: /Приглашение готово/ })
  }
}

/** Sends a text or presses a button, and waits for the card that answers it. A card may come twice when the bot dies between sending it and storing that. */
async function runStep({ chats }: Emulator, chat: Chat, { step, answerMs }: { step: Step; answerMs: number }): Promise<boolean> {
  const messages = () => chats.find(chat.id)?.messages ?? []
  const cards = () => messages().filter(({ from }) => from === 'bot')
  let before = 0
  if (step.say !== undefined) {
    chats.write(chat.id, step.say)
    before = messages().findLast(({ from }) => from === 'person')?.id ?? 0
  } else {
    const labelled = ({ text }: { text: string }) => text.includes(step.press ?? '')
    const card = cards().findLast(({ markup }) => markup?.inline_keyboard.flat().some(labelled))
    before = (card?.id ?? 1) - 1
    chats.tap(chat.id, card?.id ?? 0, card?.markup?.inline_keyboard.flat().find(labelled)?.callback_data ?? '')
  }
  chat.sent++
  for (const until = Date.now() + answerMs; Date.now() < until; await sleep(10))
    if (cards().some(({ id, text }) => id > before && step.expect.test(text))) return true
  return false
}

type Killing = { kills: number; until: Promise<unknown>; done: () => number }
/** Kills the bot evenly over the updates, each time at some moment of its work, never while it is only starting. */
async function killRepeatedly(bot: { start(): Promise<void>; kill(): Promise<void> }, { kills, until, done }: Killing): Promise<number> {
  const chance = randomNumbers(7)
  let over = false
  void until.finally(() => (over = true)).catch(() => {})
  let killed = 0
  while (!over && killed < kills) {
    if (done() >= (killed + 0.5) / (kills + 1)) {
      await sleep(chance() * 100)
      await bot.kill()
      killed++
      await bot.start()
    } else await sleep(10)
  }
  return killed
}

/** Compares the rows of the tables with the requests in the chats. */
async function countFaults({ world }: Platform, chats: Chat[]) {
  const [row] = await world.sql<Record<'open' | 'failed' | 'handled' | 'lessons' | 'invitations', number>>(
    `select (select count(*) from bot.incoming where done_at is null)::int as open,
       (select count(*) from bot.incoming where error is not null)::int as failed,
       (select count(*) from bot.incoming)::int as handled,
       (select count(*) from lesson.lesson)::int as lessons,
       (select count(*) from "user".invitation where role = 'parent' and expires_at > now())::int as invitations`,
  )
  const { open = 0, failed = 0, handled = 0, lessons = 0, invitations = 0 } = row ?? {}
  return {
    open: open + Math.max(0, sum(chats, 'sent') - handled),
    failed,
    lessons: lessons - sum(chats, 'plans'),
    invitations: invitations - sum(chats, 'invitations'),
  }
}
