import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { chats, type Deliveries, openDeliveries } from './deliveries.ts'
import { openUnreliableServer, type ServerState } from './unreliable-server.ts'

const hourMs = 3_600_000
const waitMsMax = 40_000

describe('while Telegram is unreliable', () => {
  let out: Deliveries
  let telegram: Awaited<ReturnType<typeof openUnreliableServer>>
  before(async () => {
    out = await openDeliveries({
      jobs: true,
      between: async (url) => {
        telegram = await openUnreliableServer(url)
        return telegram.url
      },
    })
    await out.setCard('student', { telegramChatId: chats.student })
    await out.setCard('sibling', { telegramChatId: chats.sibling })
  })
  beforeEach(async () => {
    await out.world.sql('truncate notification.notice, notification.delivery')
    for (const chat of out.emulator.chats.all()) chat.messages = []
    Object.assign(telegram.seen, { messages: 0, lost: 0 })
  })
  afterEach(() => telegram.set('up'))
  after(async () => {
    await out?.close()
    await telegram?.close()
  })

  /** Plans lessons of which each of two students gets a message. */
  const planLessons = async (each: number) => {
    const { student, sibling, tutor } = out.world.people
    for (let n = 0; n < each; n++)
      await out.world.deliver('lesson.planned', {
        lessonId: randomUUIDv7(),
        tutorId: tutor.userId,
        type: 'group',
        subject: `Lesson ${n}`,
        minutes: 60,
        version: 1,
        startsAt: new Date(Date.now() + 100 * hourMs).toISOString(),
        zone: 'Europe/Moscow',
        students: [student, sibling].map(({ userId: studentId }) => ({ studentId, priceMinor: 1, currency: 'RUB' })),
      })
    await out.world.idle()
  }
  const states = async () => [...(await out.states('student')), ...(await out.states('sibling'))].sort()
  const isDone = async () => !(await states()).some((state) => /waiting|sending/.test(state))
  const allSent = async () => {
    for (const begun = Date.now(); !(await isDone()); await sleep(200))
      if (Date.now() - begun > waitMsMax) throw new Error(`Messages still wait after ${waitMsMax / 1000} s`)
  }
  const subjects = () =>
    [...out.telegramTexts('student'), ...out.telegramTexts('sibling')].map((text) => /Lesson \d+/.exec(text)?.[0]).sort()
  const eachOnce = (each: number) =>
    Array.from({ length: each }, (_, n) => `Lesson ${n}`)
      .flatMap((one) => [one, one])
      .sort()

  for (const state of ['down', 'failing', 'busy'] as ServerState[])
    it(`(${state}) messages are late, but none is lost and none is sent twice`, async function () {
      this.timeout(90_000)
      await telegram.set(state)
      await planLessons(4)
      await sleep(4_000)
      expect(subjects()).to.deep.equal([])
      await telegram.set('up')
      await allSent()
      expect(subjects()).to.deep.equal(eachOnce(4))
      expect(await states()).to.deep.equal(Array(8).fill('telegram sent'))
    })

  it('a message whose answer is lost is uncertain and not sent again, and the others come', async function () {
    this.timeout(90_000)
    await telegram.set('losing-answers')
    await planLessons(3)
    while (!telegram.seen.lost) await sleep(20)
    await telegram.set('up')
    await allSent()
    expect(subjects(), 'all came, since only answers were lost').to.deep.equal(eachOnce(3))
    const uncertain = (await states()).filter((state) => state === 'telegram uncertain')
    expect(uncertain.length, 'no more than were under way').to.equal(telegram.seen.lost).and.be.within(1, 2)
    expect((await states()).length - uncertain.length).to.equal((await states()).filter((state) => state === 'telegram sent').length)
  })

  it('messages to one chat are sent no faster than Telegram allows, so that it refuses none', async function () {
    this.timeout(90_000)
    const begun = Date.now()
    await planLessons(4)
    await allSent()
    expect(subjects()).to.deep.equal(eachOnce(4))
    expect(telegram.seen.messages, 'not one was refused').to.equal(8)
    expect(Date.now() - begun).to.be.above(3_000)
  })
})
