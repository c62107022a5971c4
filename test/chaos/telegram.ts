import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { NewEvent } from '@repitbot/contracts/events'
import { amqpBus } from '@repitbot/kit/amqp'
import { openLog } from '@repitbot/kit/log'
import { cardOf } from '@repitbot/kit/testing/people'
import { notificationService } from '@repitbot/notification/service'
import { userService } from '@repitbot/user/service'
import { openEmulator } from '../../bot/emulator/emulator.ts'
import type { OwnStores } from '../fleet/own-stores.ts'
import { print, type Result } from '../fleet/results.ts'
import { type Fleet, openFleet } from '../fleet/services.ts'
import { openUnreliableServer, type ServerState } from '../journeys/unreliable-server.ts'

const token = '1:chaos'
const chats = 20
/** The states that Telegram goes through again and again, each with its seconds. While it is up the sender is killed. */
const states: [ServerState, number][] = [
  ['up', 15],
  ['down', 8],
  ['busy', 6],
  ['up', 15],
  ['failing', 8],
]
const lateMsMax = 300_000

export type TelegramRun = { seconds: number; code?: string }
type Counted = { total: number; lost: number; doubled: number; uncertain: number; kills: number; lateSeconds: number }

/** R11, sending: Telegram is unreliable for minutes, and the sender is killed between sending a message and storing that. */
export async function telegramUnreliable(stores: OwnStores, { seconds, code }: TelegramRun): Promise<Result[]> {
  const people = Array.from({ length: chats }, (_, n) => ({ id: 101 + n, firstName: `Person ${n}`, languageCode: 'ru' }))
  const emulator = await openEmulator({ token, people })
  for (const { id } of people) emulator.chats.write(id, '/start')
  const telegram = await openUnreliableServer(emulator.url)
  const env = { BOT_TOKEN: token, TELEGRAM_API_URL: telegram.url }
  const fleet = await openFleet(stores, [userService, notificationService], { code, label: 'telegram', env })
  try {
    await fleet.ready()
    const lessons = Math.max(5, Math.floor(seconds / 4))
    const students = people.map(({ id }) => ({ userId: randomUUIDv7(), chat: String(id) }))
    const publisher = openPublisher(stores)
    const load = publishLessons(publisher, students, { lessons, everyMs: (seconds * 1000) / lessons })
    const kills = await disturb({ telegram, fleet, seconds })
    await load
    const begun = Date.now()
    await waitUntilSent(fleet, lessons * chats)
    await publisher.close()
    return [
      resultOf(
        await countMessages({ fleet, emulator, students, lessons, kills, lateSeconds: Math.round((Date.now() - begun) / 1000) }),
        seconds,
      ),
    ]
  } finally {
    await fleet.end()
    await telegram.close()
    await emulator.close()
  }
}

function openPublisher({ ports }: OwnStores) {
  const bus = amqpBus({ url: `amqp://guest:guest@127.0.0.1:${ports.rabbitmq}`, exchange: 'repitbot', log: openLog('chaos', 'silent') })
  const busPublisher = bus.publisher('chaos')
  const schoolId = randomUUIDv7()
  const publish = async (name: NewEvent['name'], body: object) => {
    const id = randomUUIDv7()
    const rest = { schemaVersion: 1, schoolId, occurredAt: new Date().toISOString(), correlationId: id, body }
    for (;;) {
      const safe = await busPublisher.publish([{ seq: '0', id, name, envelope: JSON.stringify({ id, name, ...rest }) }]).catch(() => [])
      if (safe.length) return
      await sleep(50)
    }
  }
  return { schoolId, publish, close: () => bus.close() }
}

type Student = { userId: string; chat: string }
async function publishLessons(
  { schoolId, publish }: ReturnType<typeof openPublisher>,
  students: Student[],
  { lessons, everyMs }: { lessons: number; everyMs: number },
) {
  for (const { userId, chat } of students)
    await publish('user.created', {
      ...cardOf('student', { userId, schoolId, role: 'student' }),
      ...{ telegramChatId: chat, quietHours: { from: '00:00', until: '00:00' } },
    })
  for (let n = 0; n < lessons; n++) {
    await publish('lesson.planned', {
      ...{ lessonId: randomUUIDv7(), tutorId: randomUUIDv7(), type: 'group', subject: `Lesson ${n};`, minutes: 60, version: 1 },
      ...{ startsAt: new Date(Date.now() + 400 * 3_600_000).toISOString(), zone: 'Europe/Moscow' },
      students: students.map(({ userId: studentId }) => ({ studentId, priceMinor: 1, currency: 'RUB' })),
    })
    await sleep(everyMs)
  }
}

/** Puts Telegram through its states, and kills the sender once while Telegram is up, when it has a message whose answer the sender has not got yet. */
async function disturb({
  telegram,
  fleet,
  seconds,
}: {
  telegram: Awaited<ReturnType<typeof openUnreliableServer>>
  fleet: Fleet
  seconds: number
}) {
  const until = Date.now() + seconds * 1000
  let kills = 0
  for (let turn = 0; Date.now() < until; turn++) {
    const [state, lasts] = states[turn % states.length] ?? ['up', 1]
    await telegram.set(state)
    if (state === 'up') {
      await sleep(1_000)
      let armed = true
      telegram.onMessage(async () => {
        if (!armed) return
        armed = false
        kills++
        await fleet.kill('notification')
      })
    }
    await sleep(lasts * 1000)
    telegram.onMessage(() => {})
  }
  await telegram.set('up')
  return kills
}

async function waitUntilSent(fleet: Fleet, total: number) {
  for (const begun = Date.now(); Date.now() - begun < lateMsMax; await sleep(1_000)) {
    const rows = await fleet.sql<{ open: number; all: number }>(
      `select count(*) filter (where state in ('waiting', 'sending'))::int as open, count(*)::int as all from notification.delivery`,
    )
    if (rows[0]?.all === total && rows[0].open === 0) return
  }
  print('        messages still wait')
}

type Counting = {
  fleet: Fleet
  emulator: Awaited<ReturnType<typeof openEmulator>>
  students: Student[]
  lessons: number
  kills: number
  lateSeconds: number
}
async function countMessages({ fleet, emulator, students, lessons, ...of }: Counting): Promise<Counted> {
  const rows = await fleet.sql<{ userId: string; subject: string; state: string }>(
    `select d.recipient_id as "userId", n.params->>'subject' as subject, d.state from notification.delivery d
     join notification.notice n on n.recipient_id = d.recipient_id and n.id = d.notice_id`,
  )
  const states = new Map(rows.map(({ userId, subject, state }) => [`${userId} ${subject}`, state]))
  const counts = { lost: 0, doubled: 0 }
  for (const { userId, chat } of students) {
    const texts = (emulator.chats.find(Number(chat))?.messages ?? []).filter(({ from }) => from === 'bot').map(({ text }) => text)
    for (let n = 0; n < lessons; n++) {
      const times = texts.filter((text) => text.includes(`Lesson ${n};`)).length
      if (times > 1) counts.doubled++
      if (times === 0 && states.get(`${userId} Lesson ${n};`) !== 'uncertain') counts.lost++
    }
  }
  const uncertain = rows.filter(({ state }) => state === 'uncertain').length
  return { ...counts, ...of, total: lessons * students.length, uncertain }
}

function resultOf({ total, lost, doubled, uncertain, kills, lateSeconds }: Counted, seconds: number): Result {
  return {
    name: `R11 Telegram unreliable for ${seconds} s, its sender killed ${kills} times between sending and storing`,
    figure: `${total} messages, ${lost} lost, ${doubled} doubled, ${uncertain} uncertain, the last ${lateSeconds} s after Telegram was up again`,
    goal: '0 lost, 0 doubled, uncertain only those that were being sent at a kill or an outage',
    met: lost === 0 && doubled === 0 && kills > 0 && uncertain >= 1 && uncertain <= 4 * kills,
  }
}
