import { expect } from 'chai'
import { sendDelivery } from '../../services/notification/src/flows/send-delivery.ts'
import { chats, type Outward, openOutward } from './outward.ts'

describe('A digest of levels and achievements', () => {
  let out: Outward
  before(async () => {
    out = await openOutward()
  })
  beforeEach(async () => {
    await out.afresh()
    out.world.clock.set('2026-09-07T12:00:00.000Z')
  })
  after(() => out?.close())

  const level = async (to: number) => {
    await out.world.deliver('student.level_up', { studentId: out.world.people.student.userId, from: to - 1, to })
    await out.world.idle()
  }

  it('leaves together, at most once a day, and to parents on Sundays', async () => {
    await out.card('student', { telegramChatId: chats.student })
    await out.card('parent', { telegramChatId: chats.parent })
    await level(2)
    await level(3)
    await out.leave()
    expect(out.readIn('student')).to.deep.equal([])
    out.world.clock.set('2026-09-07T15:00:00.000Z')
    await out.leave()
    expect(out.readIn('student')).to.deep.equal(['Новые успехи\nУ тебя новый уровень: 2\nУ тебя новый уровень: 3'])
    await out.world.as('student').preferences.change({ digestAt: '19:00' })
    await level(4)
    out.world.clock.set('2026-09-07T16:30:00.000Z')
    await out.leave()
    expect(out.readIn('student'), 'the second of a day waits for the next').to.have.length(1)
    out.world.clock.set('2026-09-08T16:00:00.000Z')
    await out.leave()
    expect(out.readIn('student')).to.have.length(2)
    expect(out.readIn('parent')).to.deep.equal([])
    out.world.clock.set('2026-09-13T15:00:00.000Z')
    await out.leave()
    expect(out.readIn('parent')[0]?.split('\n')).to.have.length(4)
  })

  it('leaves whole by each channel that the person has chosen, at the same hour and once', async () => {
    await out.card('student', { email: 'student@school.test', telegramChatId: chats.student, channels: ['telegram', 'email'] })
    for (const to of [2, 3, 4]) await level(to)
    for (const at of ['2026-09-07T15:00:00.000Z', '2026-09-08T15:00:00.000Z', '2026-09-09T15:00:00.000Z']) {
      out.world.clock.set(at)
      await out.leave()
      expect(out.readIn('student')).to.deep.equal([
        'Новые успехи\nУ тебя новый уровень: 2\nУ тебя новый уровень: 3\nУ тебя новый уровень: 4',
      ])
      expect(out.mail.letters).to.have.length(1)
    }
    expect(await out.states('student')).to.have.members([2, 3, 4].flatMap(() => ['telegram sent', 'email sent']))
  })

  it('leaves as one message though all of it is worked on at the same time', async () => {
    await out.card('student', { telegramChatId: chats.student })
    for (const to of [2, 3, 4, 5]) await level(to)
    await out.leave()
    out.world.clock.set('2026-09-07T15:00:00.000Z')
    const waiting = await out.world.sql<{ id: string; schoolId: string }>(
      `select id, school_id as "schoolId" from notification.delivery where recipient_id = $1`,
      [out.world.people.student.userId],
    )
    await Promise.all(waiting.map(({ id, schoolId }) => sendDelivery(out.deps, schoolId, id)))
    await out.leave()
    expect(out.readIn('student').map((text) => text.split('\n').length)).to.deep.equal([5])
  })

  it('is the same letter when it is sent again, whichever part of it comes first', async () => {
    await out.card('student', { email: 'student@school.test' })
    for (const to of [2, 3]) await level(to)
    await out.leave()
    out.world.clock.set('2026-09-07T15:00:00.000Z')
    const [first, second] = await out.world.sql<{ id: string; schoolId: string }>(
      `select id, school_id as "schoolId" from notification.delivery where recipient_id = $1 order by id`,
      [out.world.people.student.userId],
    )
    for (const one of [second, first]) {
      await sendDelivery(out.deps, one!.schoolId, one!.id)
      // As if its sender had died before it marked the answer.
      await out.world.sql(`update notification.delivery set state = 'waiting'`)
    }
    const sent = out.mail.letters.map(({ raw }) => /^Message-ID: (\S+)/m.exec(raw)?.[1])
    expect(sent).to.have.length(2)
    expect(new Set(sent)).to.have.length(1)
  })

  it('leaves whole and at once by the next channel when the first is closed', async () => {
    await out.card('student', { email: 'student@school.test', telegramChatId: chats.student })
    for (const to of [2, 3, 4]) await level(to)
    out.emulator.chats.block(Number(chats.student), true)
    out.world.clock.set('2026-09-07T15:00:00.000Z')
    await out.leave()
    expect(out.mail.letters).to.have.length(1)
    expect(await out.states('student')).to.have.members([2, 3, 4].flatMap(() => ['telegram blocked', 'email sent']))
  })

  it('leaves without a notice that cannot be written, which is sent to nobody', async () => {
    await out.card('student', { telegramChatId: chats.student })
    for (const to of [2, 3, 4]) await level(to)
    await out.world.sql(`update notification.notice set params = '{"from": 2}' where params->>'to' = '3' and audience = 'student'`)
    out.world.clock.set('2026-09-07T15:00:00.000Z')
    await out.leave()
    expect(out.readIn('student')).to.deep.equal(['Новые успехи\nУ тебя новый уровень: 2\nУ тебя новый уровень: 4'])
    expect(await out.states('student')).to.have.members(['telegram sent', 'null failed', 'telegram sent'])
  })

  it('of a code that only a newer version knows leaves once that version is here', async () => {
    await out.card('student', { telegramChatId: chats.student })
    await level(2)
    const rename = (from: string, to: string) => out.world.sql('update notification.notice set code = $2 where code = $1', [from, to])
    await rename('level_up', 'of_tomorrow')
    out.world.clock.set('2026-09-07T15:00:00.000Z')
    await out.leave()
    expect(out.readIn('student')).to.deep.equal([])
    await rename('of_tomorrow', 'level_up')
    out.world.clock.advance(6 * 60_000)
    await out.leave()
    expect(out.readIn('student')).to.have.length(1)
  })
})
