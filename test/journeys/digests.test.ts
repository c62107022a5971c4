import { changePreferences } from '@repitbot/kit/testing/seen'
import { expect } from 'chai'
import { sendDelivery } from '../../services/notification/src/flows/send-delivery.ts'
import { chats, type Deliveries, openDeliveries } from './deliveries.ts'

describe('a digest of levels and achievements', () => {
  let out: Deliveries
  before(async () => {
    out = await openDeliveries()
  })
  beforeEach(async () => {
    await out.reset()
    out.world.clock.set('2026-09-07T12:00:00.000Z')
  })
  after(() => out?.close())

  const levelUp = async (to: number) => {
    await out.world.deliver('student.level_up', { studentId: out.world.people.student.userId, from: to - 1, to })
    await out.world.idle()
  }

  it('is sent as one message, at most once a day, and to parents on Sundays', async () => {
    await out.setCard('student', { telegramChatId: chats.student })
    await out.setCard('parent', { telegramChatId: chats.parent })
    await levelUp(2)
    await levelUp(3)
    await out.sendDue()
    expect(out.telegramTexts('student')).to.deep.equal([])
    out.world.clock.set('2026-09-07T15:00:00.000Z')
    await out.sendDue()
    expect(out.telegramTexts('student')).to.deep.equal(['Новые успехи\nУ тебя новый уровень: 2\nУ тебя новый уровень: 3'])
    await changePreferences(out.world.as('student'), { digestAt: '19:00' })
    await levelUp(4)
    out.world.clock.set('2026-09-07T16:30:00.000Z')
    await out.sendDue()
    expect(out.telegramTexts('student'), 'the second digest of a day waits for the next day').to.have.length(1)
    out.world.clock.set('2026-09-08T16:00:00.000Z')
    await out.sendDue()
    expect(out.telegramTexts('student')).to.have.length(2)
    expect(out.telegramTexts('parent')).to.deep.equal([])
    out.world.clock.set('2026-09-13T15:00:00.000Z')
    await out.sendDue()
    expect(out.telegramTexts('parent')[0]?.split('\n')).to.have.length(4)
  })

  it('is sent whole by each channel that the person has chosen, at the same hour and once', async () => {
    await out.setCard('student', { email: 'student@school.test', telegramChatId: chats.student, channels: ['telegram', 'email'] })
    for (const to of [2, 3, 4]) await levelUp(to)
    for (const at of ['2026-09-07T15:00:00.000Z', '2026-09-08T15:00:00.000Z', '2026-09-09T15:00:00.000Z']) {
      out.world.clock.set(at)
      await out.sendDue()
      expect(out.telegramTexts('student')).to.deep.equal([
        'Новые успехи\nУ тебя новый уровень: 2\nУ тебя новый уровень: 3\nУ тебя новый уровень: 4',
      ])
      expect(out.mail.letters).to.have.length(1)
    }
    expect(await out.states('student')).to.have.members([2, 3, 4].flatMap(() => ['telegram sent', 'email sent']))
  })

  it('is sent as one message though its notices are handled by several processes at once', async () => {
    await out.setCard('student', { telegramChatId: chats.student })
    for (const to of [2, 3, 4, 5]) await levelUp(to)
    await out.sendDue()
    out.world.clock.set('2026-09-07T15:00:00.000Z')
    const waiting = await out.world.sql<{ id: string; schoolId: string }>(
      `select id, school_id as "schoolId" from notification.delivery where recipient_id = $1`,
      [out.world.people.student.userId],
    )
    await Promise.all(waiting.map(({ id, schoolId }) => sendDelivery(out.deps, schoolId, id)))
    await out.sendDue()
    expect(out.telegramTexts('student').map((text) => text.split('\n').length)).to.deep.equal([5])
  })

  it('is the same letter when it is sent again, whichever of its notices comes first', async () => {
    await out.setCard('student', { email: 'student@school.test' })
    for (const to of [2, 3]) await levelUp(to)
    await out.sendDue()
    out.world.clock.set('2026-09-07T15:00:00.000Z')
    const [first, second] = await out.world.sql<{ id: string; schoolId: string }>(
      `select id, school_id as "schoolId" from notification.delivery where recipient_id = $1 order by id`,
      [out.world.people.student.userId],
    )
    for (const one of [second, first]) {
      await sendDelivery(out.deps, one!.schoolId, one!.id)
      // As after a process that died before it stored the answer.
      await out.world.sql(`update notification.delivery set state = 'waiting'`)
    }
    const sent = out.mail.letters.map(({ raw }) => /^Message-ID: (\S+)/m.exec(raw)?.[1])
    expect(sent).to.have.length(2)
    expect(new Set(sent)).to.have.length(1)
  })

  it('is sent whole and at once by the next channel when the first is blocked', async () => {
    await out.setCard('student', { email: 'student@school.test', telegramChatId: chats.student })
    for (const to of [2, 3, 4]) await levelUp(to)
    out.emulator.chats.block(Number(chats.student), true)
    out.world.clock.set('2026-09-07T15:00:00.000Z')
    await out.sendDue()
    expect(out.mail.letters).to.have.length(1)
    expect(await out.states('student')).to.have.members([2, 3, 4].flatMap(() => ['telegram blocked', 'email sent']))
  })

  it('leaves out a notice that cannot be rendered, which is not sent', async () => {
    await out.setCard('student', { telegramChatId: chats.student })
    for (const to of [2, 3, 4]) await levelUp(to)
    await out.world.sql(`update notification.notice set params = '{"from": 2}' where params->>'to' = '3' and audience = 'student'`)
    out.world.clock.set('2026-09-07T15:00:00.000Z')
    await out.sendDue()
    expect(out.telegramTexts('student')).to.deep.equal(['Новые успехи\nУ тебя новый уровень: 2\nУ тебя новый уровень: 4'])
    expect(await out.states('student')).to.have.members(['telegram sent', 'null failed', 'telegram sent'])
  })

  it('with a code that only a newer version knows is sent once that version runs', async () => {
    await out.setCard('student', { telegramChatId: chats.student })
    await levelUp(2)
    const rename = (from: string, to: string) => out.world.sql('update notification.notice set code = $2 where code = $1', [from, to])
    await rename('level_up', 'of_tomorrow')
    out.world.clock.set('2026-09-07T15:00:00.000Z')
    await out.sendDue()
    expect(out.telegramTexts('student')).to.deep.equal([])
    await rename('of_tomorrow', 'level_up')
    out.world.clock.advance(6 * 60_000)
    await out.sendDue()
    expect(out.telegramTexts('student')).to.have.length(1)
  })
})
