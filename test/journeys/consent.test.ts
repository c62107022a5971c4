import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PersonCard } from '@repitbot/contracts/person-card'
import { expect } from 'chai'
import type { Draft } from '../../services/notification/src/rules/draft.ts'
import { noticeRows } from '../../services/notification/src/rules/notices.ts'
import { openTelegram, type Telegram } from '../telegram.ts'
import { chats, type Deliveries, openDeliveries } from './deliveries.ts'
import { lessonEvents, noon } from './lesson-events.ts'

describe('a "no" to notices', () => {
  let out: Deliveries
  before(async () => {
    out = await openDeliveries()
  })
  beforeEach(async () => {
    await out.reset()
    out.world.clock.set(noon)
  })
  after(() => out?.close())
  const { plan } = lessonEvents(() => out.world)

  const who = { student: 'student', parent: 'parent', tutor: 'tutor', admin: 'admin' } as const
  /** Every kind of notice there is, to each of its readers; returns those that left for them, as "code audience". */
  const leftBy = async (channels: PersonCard['channels'], kinds: typeof noticeRows, address: Partial<PersonCard> = {}) => {
    await out.reset()
    for (const one of Object.values(who)) await out.setCard(one, { email: `${one}@school.test`, channels, ...address })
    // Sunday evening, when the digest of the week is due too.
    out.world.clock.set('2026-09-13T14:59:00.000Z')
    const { schoolId } = out.world.people.student
    const drafts = kinds.flatMap(([code, { to, params }]) =>
      to.map((audience): Draft => {
        const { userId: recipientId } = out.world.people[who[audience]]
        return {
          ...{ schoolId, recipientId, audience, code, correlationId: 'consent-test', dedupeKey: randomUUIDv7() },
          aboutId: audience === 'tutor' ? null : out.world.people.student.userId,
          params: Object.fromEntries(Object.entries(params).map(([name, { sample }]) => [name, sample])),
          link: { kind: 'person', id: recipientId },
          expiresAt: '2026-12-01T00:00:00.000Z',
        }
      }),
    )
    await out.deps.store.saveNotices({ schoolId }, drafts, { now: out.world.clock.now() })
    out.world.clock.set('2026-09-13T15:01:00.000Z')
    await out.sendDue()
    const left = await out.world.sql<{ name: string }>(
      `select distinct n.code || ' ' || n.audience as name from notification.notice n join notification.delivery d on d.notice_id = n.id
       where d.state <> 'expired'`,
    )
    return left.map(({ name }) => name).sort()
  }
  const all = (kinds: typeof noticeRows) => kinds.flatMap(([code, { to }]) => to.map((audience) => `${code} ${audience}`)).sort()
  const security = noticeRows.filter(([, { everywhere }]) => everywhere)
  const others = noticeRows.filter(([, { everywhere, noFallback }]) => !everywhere && !noFallback)

  it('holds by Telegram and by e-mail for each kind of notice, and not for those of security', async function () {
    this.timeout(60_000)
    expect(await leftBy(null, others), 'a person who was never asked gets each of them').to.deep.equal(all(others))
    expect(out.mail.letters.length).to.be.above(others.length)
    const reached = { telegramChatId: chats.student }
    expect(await leftBy([], others, reached)).to.deep.equal([])
    expect([out.mail.letters, out.telegramTexts('student')]).to.deep.equal([[], []])
    expect(await leftBy([], security)).to.deep.equal(all(security))
  })

  it('holds for a message that waits for its next try, and for a broadcast', async () => {
    await out.setCard('student', { email: 'student@school.test' })
    out.mail.rule.answer = () => 451
    await plan()
    await out.sendDue()
    expect(await out.states('student')).to.deep.equal(['email waiting'])
    await out.setCard('student', { email: 'student@school.test', channels: [] })
    out.mail.rule.answer = () => undefined
    out.world.clock.advance(3_600_000)
    await out.world.as('tutor').broadcasts.send({ roles: ['student'], text: 'Каникулы' })
    await out.sendDue()
    expect(out.mail.letters).to.deep.equal([])
    expect((await out.world.as('student').inbox.list({})).notices, 'the inbox has both').to.have.length(2)
  })

  it('is not needed of somebody who was disabled: they are told nothing outwards, though they were before', async () => {
    for (const active of [true, false]) {
      await out.setCard('student', { email: 'student@school.test', active })
      await plan()
      await out.sendDue()
      expect(out.mail.letters, String(active)).to.have.length(1)
    }
  })

  it('to e-mail holds when Telegram is blocked', async () => {
    await out.setCard('student', { email: 'student@school.test', telegramChatId: chats.student, channels: ['telegram'] })
    out.emulator.chats.block(Number(chats.student), true)
    await plan()
    await plan()
    await out.sendDue()
    expect(out.mail.letters).to.deep.equal([])
    expect(new Set(await out.states('student'))).to.deep.equal(new Set(['telegram blocked']))
  })

  it('to quiet hours holds too: then notices come at night', async () => {
    await out.setCard('student', { telegramChatId: chats.student, quietHours: { from: '00:00', until: '00:00' } })
    await out.setCard('parent', { telegramChatId: chats.parent, quietHours: null })
    out.world.clock.set('2026-09-07T20:30:00.000Z')
    await plan()
    await out.sendDue()
    expect(out.telegramTexts('student')).to.have.length(1)
    expect(out.telegramTexts('parent'), 'who was never asked has the usual night').to.have.length(0)
  })
})

describe('the question of the bot, whether to send notices', function () {
  this.timeout(60_000)
  let telegram: Telegram
  before(async () => {
    telegram = await openTelegram({ yes: 201, no: 202, silent: 203 })
    telegram.platform.world.services.find(({ name }) => name === 'notification')?.startJobs()
  })
  after(() => telegram?.close())

  it('is obeyed: after a "no" nothing is sent there, after a "yes" or without an answer it is', async () => {
    const { platform } = telegram
    const names = ['yes', 'no', 'silent'] as const
    const tutor = platform.as('tutor')
    const ids = new Map<string, string>()
    for (const name of names) {
      const { userId } = await tutor.people.create({ role: 'student', name })
      const { token } = await tutor.people.invite({ role: 'student', userId })
      await telegram.chat(name).say(`/start inv_${token}`)
      ids.set(name, userId)
    }
    await telegram.chat('yes').press('Да')
    await telegram.chat('no').press('Нет')
    await telegram.chat('no').say('/settings')
    expect(telegram.chat('no').labels()).to.include('🔕 Telegram: нет')
    await telegram.chat('silent').say('/settings')
    expect(telegram.chat('silent').labels()).to.include('🔔 Telegram: да, по умолчанию')
    const channelsOf = async (name: string) => (await tutor.people.get({ userId: ids.get(name) ?? '' })).channels
    expect([await channelsOf('yes'), await channelsOf('no'), await channelsOf('silent')]).to.deep.equal([['telegram'], [], null])

    const before = new Map(names.map((name) => [name, telegram.chat(name).count()]))
    const startsAt = new Date(platform.world.clock.now().getTime() + 5 * 86_400_000)
    startsAt.setUTCHours(12, 0, 0, 0)
    for (const [at, name] of names.entries())
      await tutor.lessons.plan({
        type: 'individual',
        subject: 'Алгебра',
        startsAt: new Date(startsAt.getTime() + at * 3_600_000).toISOString(),
        minutes: 60,
        students: [{ studentId: ids.get(name) ?? '', priceMinor: 100_000, currency: 'RUB' }],
      })
    const news = (name: (typeof names)[number]) => telegram.chat(name).count() - (before.get(name) ?? 0)
    for (const end = Date.now() + 20_000; Date.now() < end && !(news('yes') && news('silent')); ) await sleep(50)
    await platform.world.idle()
    for (const end = Date.now() + 20_000; Date.now() < end; await sleep(50))
      if (!(await platform.world.sql(`select from notification.delivery where state in ('waiting', 'sending') and due_at <= now()`)).length)
        break
    expect(names.map(news)).to.deep.equal([1, 0, 1])
  })
})
