import { randomUUIDv7 } from 'node:crypto'
import { changePreferences } from '@repitbot/kit/testing/seen'
import { expect } from 'chai'
import { chats, type Deliveries, openDeliveries } from './deliveries.ts'
import { inHours, lessonEvents, noon } from './lesson-events.ts'

describe('a notice', () => {
  let out: Deliveries
  before(async () => {
    out = await openDeliveries()
  })
  beforeEach(async () => {
    await out.reset()
    out.world.clock.set(noon)
  })
  after(() => out?.close())
  const { plan, cancellation } = lessonEvents(() => out.world)

  it('waits for the end of quiet hours in the zone of the person, unless it is urgent', async () => {
    out.world.clock.set('2026-09-07T20:30:00.000Z')
    await out.setCard('student', { telegramChatId: chats.student, quietHours: { from: '22:00', until: '08:00' } })
    await out.setCard('parent', { telegramChatId: chats.parent, zone: 'Asia/Vladivostok', quietHours: { from: '22:00', until: '06:00' } })
    const far = await plan('2026-09-10T12:00:00.000Z')
    const near = await plan('2026-09-08T06:00:00.000Z')
    await out.sendDue()
    expect(out.telegramTexts('student'), 'it is 23:30 in Moscow').to.deep.equal([])
    expect(out.telegramTexts('parent'), 'and 06:30 in Vladivostok').to.have.length(2)
    await out.world.deliver('lesson.cancelled', cancellation(near))
    await out.world.deliver('lesson.cancelled', cancellation(far))
    await out.world.idle()
    await out.sendDue()
    expect(out.telegramTexts('student').map((text) => text.split('\n')[0])).to.deep.equal(['Занятие отменено: Алгебра'])
    out.world.clock.set('2026-09-08T05:00:00.000Z')
    await out.sendDue()
    expect(out.telegramTexts('student')).to.have.length(4)
  })

  it('that reminds of a lesson early in the morning comes the evening before, and not at night', async () => {
    await out.setCard('student', { telegramChatId: chats.student, quietHours: { from: '22:00', until: '08:00' } })
    const { lessonId } = await plan('2026-09-08T05:30:00.000Z')
    await out.sendDue()
    const [job] = await out.world.sql<{ run_at: Date }>('select run_at from notification_jobs._private_jobs where key like $1', [
      `remind:lesson_reminder_eve:${lessonId}:%`,
    ])
    const at = Number(job?.run_at) - Date.now() + out.world.clock.now().getTime()
    expect(at).to.be.closeTo(Date.parse('2026-09-07T18:30:00.000Z'), 30_000)
    const remind = async (code: string, at: string, more: object = {}) => {
      out.world.clock.set(at)
      const { schoolId } = out.world.people.student
      await out.jobs.remind?.run({ schoolId, correlationId: 'remind-test', payload: { code, lessonId, ...more } })
      await out.sendDue()
    }
    await remind('lesson_reminder_eve', '2026-09-07T18:30:00.000Z', { studentId: out.world.people.student.userId })
    await remind('lesson_reminder_1h', '2026-09-08T04:30:00.000Z')
    out.world.clock.set('2026-09-08T05:00:00.000Z')
    await out.sendDue()
    expect(out.telegramTexts('student').map((text) => text.split(':')[0])).to.deep.equal(['У тебя новое занятие', 'Заранее о занятии'])
    expect((await out.world.as('student').inbox.list({})).notices.some(({ code }) => code === 'lesson_reminder_1h')).to.equal(true)
  })

  it('is not sent once it is read, is too old, or its lesson has begun', async () => {
    await out.setCard('student', { telegramChatId: chats.student })
    await plan(inHours(2))
    out.world.clock.set(inHours(3))
    await out.sendDue()
    out.world.clock.set(inHours(3.5))
    await plan(inHours(100))
    await out.world.as('student').inbox.readAll({ upTo: (await out.world.as('student').inbox.list({ limit: 1 })).notices[0]!.id })
    await out.sendDue()
    await plan(inHours(101))
    out.world.clock.set(inHours(28))
    await out.sendDue()
    expect(out.telegramTexts('student')).to.deep.equal([])
    expect(await out.states('student')).to.deep.equal(['null expired', 'null expired', 'null expired'])
  })

  it('of a new device, which is named from a list, a linked Telegram, a changed password or role ignores quiet hours and goes by every channel', async () => {
    const quietHours = { from: '00:00', until: '23:59' }
    await out.setCard('tutor', { email: 't@school.test', telegramChatId: chats.tutor, channels: [], quietHours })
    const { userId } = out.world.people.tutor
    await out.world.deliver('session.opened', {
      userId,
      sessionId: randomUUIDv7(),
      agent: 'Press yes, Mozilla/5.0 (X11; Linux) Firefox/1',
      address: '203.0.113.5',
    })
    await out.world.deliver('telegram.linked', { userId, requestId: randomUUIDv7() })
    await out.world.deliver('password.changed', { userId, changeId: randomUUIDv7() })
    await out.world.deliver('role.changed', { userId, role: 'admin', version: 7 })
    await out.world.idle()
    await out.sendDue()
    expect(out.telegramTexts('tutor')).to.have.length(4)
    expect(out.mail.letters).to.have.length(4)
    expect(out.telegramTexts('tutor').join()).to.contain('Пароль сменён').and.to.contain('Новая роль: администратор')
    expect(out.telegramTexts('tutor').join()).to.contain('203.0.113.5. Браузер: Firefox, Linux.')
    await out.world.deliver('session.opened', { userId, sessionId: randomUUIDv7(), agent: 'Press yes', address: '203.0.113.5' })
    await out.world.idle()
    const [notice] = (await out.world.as('tutor').inbox.list({})).notices
    expect(notice?.body).to.contain('Браузер: неизвестный.')
    expect(JSON.stringify(notice), 'not even as a value').to.not.contain('Press')
  })

  it('about the day goes to a tutor at the times set by the tutor, once, and not for a day without lessons', async () => {
    await out.setCard('tutor', { telegramChatId: chats.tutor, quietHours: { from: '00:00', until: '23:59' } })
    await out.setCard('student', { name: 'Маша' })
    const body = await plan('2026-09-08T09:00:00.000Z')
    await plan('2026-09-08T12:00:00.000Z')
    const tick = async (at: string) => {
      out.world.clock.set(at)
      await out.jobs['tell-days']?.run({} as never)
      await out.sendDue()
    }
    await tick('2026-09-08T04:55:00.000Z')
    expect(out.telegramTexts('tutor')).to.deep.equal([])
    await tick('2026-09-08T05:00:00.000Z')
    await tick('2026-09-08T05:05:00.000Z')
    expect(out.telegramTexts('tutor')).to.deep.equal(['Сегодня у вас 2 занятия\nХорошего дня!\n12:00 Алгебра: Маша\n15:00 Алгебра: Маша'])
    await out.world.deliver('lesson.completed', {
      ...{ ...body, heldAt: body.startsAt },
      students: [{ ...body.students[0]!, attendance: 'attended', minutes: 60 }],
    })
    await out.world.idle()
    await changePreferences(out.world.as('tutor'), { eveningAt: '21:00' })
    await tick('2026-09-08T17:30:00.000Z')
    expect(out.telegramTexts('tutor')).to.have.length(1)
    await tick('2026-09-08T18:00:00.000Z')
    expect(out.telegramTexts('tutor')[1]).to.equal(
      'За день проведено 1 занятие\nНеотмеченных занятий: 1.\nНе отмечено: 15:00 Алгебра, Маша',
    )
    await tick('2026-09-09T05:00:00.000Z')
    expect(out.telegramTexts('tutor')).to.have.length(2)
  })
})
