import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PersonCard } from '@repitbot/contracts/person-card'
import { cardOf, type Somebody } from '@repitbot/kit/testing/people'
import { openWorld } from '@repitbot/kit/testing/world'
import { SMTPServer } from 'smtp-server'
import { openEmulator } from '../../bot/emulator/emulator.ts'
import { notificationService } from '../../services/notification/src/service.ts'

export type Letter = { to: string; raw: string }
/** A mail server that accepts letters, or refuses a recipient with the code that `rule.answer` returns. */
export async function openMailServer() {
  const letters: Letter[] = []
  const rule: { answer: (to: string) => number | undefined } = { answer: () => undefined }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _session, done) => {
      const responseCode = rule.answer(address)
      done(responseCode ? Object.assign(new Error('Not now or never'), { responseCode }) : null)
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        letters.push({ to: session.envelope.rcptTo.map(({ address }) => address).join(), raw: Buffer.concat(chunks).toString() })
        done()
      })
    },
  })
  server.on('error', () => {})
  const sockets = new Set<Socket>()
  server.server.on('connection', (socket: Socket) => sockets.add(socket.once('close', () => sockets.delete(socket))))
  // The pool of the sender keeps its connections for many seconds, and closing waits for them.
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as { port: number }
  return { url: `smtp://127.0.0.1:${port}`, letters, rule, close }
}

export const token = '1:test'
export const chats = { student: '101', parent: '102', tutor: '103', sibling: '104' }

type Options = { env?: Record<string, string>; jobs?: boolean; between?: (telegramUrl: string) => Promise<string> }
/**
 * The notification service with the Telegram emulator and a real mail server on loopback. `between` may put a proxy before Telegram;
 * `jobs` runs the jobs of the service, which a test otherwise runs itself.
 */
export async function openDeliveries({ env = {}, jobs: runsJobs = false, between = async (url) => url }: Options = {}) {
  const people = Object.entries(chats).map(([firstName, id]) => ({ id: Number(id), firstName, languageCode: 'ru' }))
  const [emulator, mail] = await Promise.all([openEmulator({ token, people }), openMailServer()])
  for (const { id } of people) emulator.chats.write(id, '/start')
  const channels = {
    BOT_TOKEN: token,
    TELEGRAM_API_URL: await between(emulator.url),
    SMTP_URL: mail.url,
    MAIL_FROM: 'School <school@school.test>',
  }
  const world = await openWorld({ services: [notificationService], jobs: runsJobs, env: { ...channels, ...env } })
  const deps = world.services[0]?.deps as ReturnType<typeof notificationService.open>
  const { send, ...jobs } = notificationService.jobs?.(deps) ?? {}
  const versions = new Map<Somebody, number>()

  return {
    world,
    deps,
    emulator,
    mail,
    jobs,
    /** Publishes a person's card as the user service would, by default without quiet hours. */
    async setCard(who: Somebody, given: Partial<PersonCard>) {
      const version = (versions.get(who) ?? 1) + 1
      versions.set(who, version)
      const card = { ...cardOf(who, world.people[who]), quietHours: { from: '00:00', until: '00:00' }, ...given, version }
      await world.deliver('user.updated', card, { schoolId: world.people[who].schoolId })
      await world.idle()
    },
    /** Deletes all notices and deliveries, and all contacts of people. */
    async reset() {
      await world.idle()
      await world.sql(
        'truncate notification.notice, notification.delivery, notification.lesson, notification.channel_state, notification.preference',
      )
      await world.sql(
        `update notification.contact set email = null, telegram_chat_id = null, channels = null, quiet_hours = null;
         update notification.person set zone = 'Europe/Moscow'`,
      )
      for (const chat of emulator.chats.all()) Object.assign(chat, { messages: [], blocked: false, lastSentAt: undefined })
      mail.letters.length = 0
      mail.rule.answer = () => undefined
    },
    /** Sends every delivery that is due by the clock of the test, also those that only wait for their turn in a chat. */
    async sendDue() {
      for (let round = 0; round < 60; round++) {
        const due = await world.sql<{ id: string; school_id: string; at: Date }>(
          `select id, school_id, due_at as at from notification.delivery where state = 'waiting' and due_at <= $1 order by due_at`,
          [new Date(world.clock.now().getTime() + 1200)],
        )
        if (!due.length) return
        const last = due.at(-1)?.at as Date
        if (last > world.clock.now()) {
          await sleep(last.getTime() - world.clock.now().getTime())
          world.clock.set(last)
        }
        for (const { id, school_id: schoolId } of due)
          await send?.run({ schoolId, correlationId: 'send-due-test', payload: { deliveryId: id } })
      }
      throw new Error('Some deliveries stay due')
    },
    /** The messages of the bot in a person's chat, as plain text. */
    telegramTexts: (who: keyof typeof chats) =>
      (emulator.chats.find(Number(chats[who]))?.messages ?? []).filter(({ from }) => from === 'bot').map(({ text }) => text),
    states: async (who: Somebody) => {
      const rows = await world.sql<{ state: string; channel: string }>(
        'select state, channel from notification.delivery where recipient_id = $1 order by id',
        [world.people[who].userId],
      )
      return rows.map(({ state, channel }) => `${channel} ${state}`)
    },
    async close() {
      await world.close()
      await Promise.all([emulator.close(), mail.close()])
    },
  }
}
export type Deliveries = Awaited<ReturnType<typeof openDeliveries>>
