import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { chats, type Outward, openOutward } from './outward.ts'
import { type Mood, openUnsteady } from './unsteady.ts'

const hourMs = 3_600_000
const waitMsMax = 40_000

describe('while Telegram is unsteady', () => {
  let out: Outward
  let telegram: Awaited<ReturnType<typeof openUnsteady>>
  before(async () => {
    out = await openOutward({
      jobs: true,
      between: async (url) => {
        telegram = await openUnsteady(url)
        return telegram.url
      },
    })
    await out.card('student', { telegramChatId: chats.student })
    await out.card('sibling', { telegramChatId: chats.sibling })
  })
  beforeEach(async () => {
    await out.world.sql('truncate notification.notice, notification.delivery')
    for (const chat of out.emulator.chats.all()) chat.messages = []
    Object.assign(telegram.seen, { messages: 0, lost: 0 })
  })
  afterEach(() => telegram.be('well'))
  after(async () => {
    await out?.close()
    await telegram?.close()
  })

  /** Tells each of two students of so many lessons. */
  const tell = async (each: number) => {
    const { student, sibling, tutor } = out.world.people
    for (let n = 0; n < each; n++)
      await out.world.deliver('lesson.planned', {
        ...{ lessonId: randomUUIDv7(), tutorId: tutor.userId, type: 'group', subject: `Lesson ${n}`, minutes: 60, version: 1 },
        ...{ startsAt: new Date(Date.now() + 100 * hourMs).toISOString(), zone: 'Europe/Moscow' },
        students: [student, sibling].map(({ userId: studentId }) => ({ studentId, priceMinor: 1, currency: 'RUB' })),
      })
    await out.world.idle()
  }
  const states = async () => [...(await out.states('student')), ...(await out.states('sibling'))].sort()
  const isOver = async () => !(await states()).some((state) => /waiting|sending/.test(state))
  const over = async () => {
    for (const begun = Date.now(); !(await isOver()); await sleep(200))
      if (Date.now() - begun > waitMsMax) throw new Error('Messages wait for ever')
  }
  const subjects = () => [...out.readIn('student'), ...out.readIn('sibling')].map((text) => /Lesson \d+/.exec(text)?.[0]).sort()
  const eachOnce = (each: number) =>
    Array.from({ length: each }, (_, n) => `Lesson ${n}`)
      .flatMap((one) => [one, one])
      .sort()

  for (const mood of ['away', 'broken', 'busy'] as Mood[])
    it(`(${mood}) messages are late, none lost and none doubled`, async function () {
      this.timeout(90_000)
      await telegram.be(mood)
      await tell(4)
      await sleep(4_000)
      expect(subjects()).to.deep.equal([])
      await telegram.be('well')
      await over()
      expect(subjects()).to.deep.equal(eachOnce(4))
      expect(await states()).to.deep.equal(Array(8).fill('telegram sent'))
    })

  it('a message whose answer is lost is uncertain and not doubled, and the others come', async function () {
    this.timeout(90_000)
    await telegram.be('answerless')
    await tell(3)
    while (!telegram.seen.lost) await sleep(20)
    await telegram.be('well')
    await over()
    expect(subjects(), 'all came, for only answers were lost').to.deep.equal(eachOnce(3))
    const uncertain = (await states()).filter((state) => state === 'telegram uncertain')
    expect(uncertain.length, 'no more than were under way').to.equal(telegram.seen.lost).and.be.within(1, 2)
    expect((await states()).length - uncertain.length).to.equal((await states()).filter((state) => state === 'telegram sent').length)
  })

  it('a chat that is told too fast is obeyed, without asking what it would refuse', async function () {
    this.timeout(90_000)
    const begun = Date.now()
    await tell(4)
    await over()
    expect(subjects()).to.deep.equal(eachOnce(4))
    expect(telegram.seen.messages, 'not one was refused').to.equal(8)
    expect(Date.now() - begun).to.be.above(3_000)
  })
})
