import { randomUUIDv7 } from 'node:crypto'
import { expect } from 'chai'
import { chats, type Outward, openOutward } from './outward.ts'

const hourMs = 3_600_000
/** A letter without the marks of its way. */
const plain = (raw: string) => raw.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=')
/** A Monday, 15:00 in Moscow. */
const noon = '2026-09-07T12:00:00.000Z'

describe('A notice outwards', () => {
  let out: Outward
  before(async () => {
    out = await openOutward()
  })
  beforeEach(async () => {
    await out.afresh()
    out.world.clock.set(noon)
  })
  after(() => out?.close())

  const inHours = (hours: number) => new Date(Date.parse(noon) + hours * hourMs).toISOString()
  const lesson = (startsAt: string, more: object = {}) => ({
    ...{ lessonId: randomUUIDv7(), tutorId: out.world.people.tutor.userId, type: 'individual' as const, subject: 'Алгебра' },
    ...{ startsAt, minutes: 60, zone: 'Europe/Moscow', version: 1, ...more },
    students: [{ studentId: out.world.people.student.userId, priceMinor: 150_000, currency: 'RUB' }],
  })
  const plan = async (startsAt = inHours(30), more: object = {}) => {
    const body = lesson(startsAt, more)
    await out.world.deliver('lesson.planned', body)
    await out.world.idle()
    return body
  }
  const cancelled = (body: ReturnType<typeof lesson>) => ({
    ...{ ...body, version: 2, cancelledBy: out.world.people.tutor.userId, chargePercent: 0, makeUpCredit: false },
  })
  const level = async (to: number) => {
    await out.world.deliver('student.level_up', { studentId: out.world.people.student.userId, from: to - 1, to })
    await out.world.idle()
  }

  it('leaves by the first channel that lives, escaped, and its delivery is seen in the inbox', async () => {
    await out.card('student', { email: 'student@school.test', telegramChatId: chats.student })
    await plan(inHours(30), { subject: '<b>Алгебра</b> & "co"' })
    await out.leave()
    expect(out.readIn('student')).to.deep.equal([
      'У тебя новое занятие: <b>Алгебра</b> & "co"\nНачало: вт, 8 сент., 21:00. Длительность: 60 мин.',
    ])
    expect(out.mail.letters).to.deep.equal([])
    const inbox = out.world.as('student').inbox
    const [notice] = (await inbox.list({})).notices
    const [delivery] = await inbox.deliveries({ noticeId: notice!.id })
    expect(delivery).to.deep.equal({ channel: 'telegram', state: 'sent', at: out.world.clock.now().toISOString(), attempts: 1 })
    await out.world.deliver('lesson.planned', lesson(inHours(31)))
    expect(out.readIn('student'), 'a repeat sends nothing').to.have.length(1)
  })

  it('leaves by every channel that the person has chosen, and as a letter reads plain and in HTML', async () => {
    await out.card('parent', { email: 'parent@school.test', telegramChatId: chats.parent, channels: ['email', 'telegram'] })
    await plan(inHours(30), { subject: '<script>alert(1)</script>' })
    await out.leave()
    expect(out.readIn('parent')).to.have.length(1)
    const [letter] = out.mail.letters
    expect(letter?.to).to.equal('parent@school.test')
    expect(letter?.raw)
      .to.match(/Content-Type: text\/plain/)
      .and.match(/Content-Type: text\/html/)
    expect(letter?.raw)
      .to.match(/^Message-ID: <[\w-]+@school.test>/m)
      .and.not.contain('<script>')
    expect(await out.states('parent')).to.have.members(['telegram sent', 'email sent'])
  })

  it('reaches whom no channel can reach in the inbox alone', async () => {
    await plan()
    await out.leave()
    expect((await out.world.as('student').inbox.list({})).notices).to.have.length(1)
    expect(await out.states('student')).to.deep.equal([])
  })

  it('goes to the next channel when the chat is closed, tells the tutor once, and comes back when it is opened', async () => {
    await out.card('student', { name: 'Маша', email: 'student@school.test', telegramChatId: chats.student })
    out.emulator.chats.block(Number(chats.student), true)
    await plan()
    await plan(inHours(40))
    await out.leave()
    expect(out.mail.letters).to.have.length(2)
    // The second may have waited for its turn in the chat when the first found it closed: it is blocked too, and sent no less.
    const states = await out.states('student')
    expect(states.filter((state) => state === 'email sent')).to.have.length(2)
    expect(new Set(states)).to.deep.equal(new Set(['telegram blocked', 'email sent']))
    const told = (await out.world.as('tutor').inbox.list({})).notices.filter(({ code }) => code === 'channel_blocked')
    expect(told.map(({ title }) => title)).to.deep.equal(['Маша: сообщения не доходят'])
    out.emulator.chats.block(Number(chats.student), false)
    const revived = { userId: out.world.people.student.userId, channel: 'telegram' as const, at: inHours(1) }
    await out.world.deliver('channel.revived', revived)
    await out.world.deliver('channel.blocked', { ...revived, at: inHours(-1) })
    await plan(inHours(50))
    await out.leave()
    expect(out.readIn('student')).to.have.length(1)
    expect(out.mail.letters).to.have.length(2)
  })

  it('comes back to a chat that is linked anew', async () => {
    await out.card('student', { telegramChatId: chats.student })
    await out.world.deliver('channel.blocked', { userId: out.world.people.student.userId, channel: 'telegram', at: inHours(-1) })
    await out.card('student', { name: 'Another name', telegramChatId: chats.student })
    await plan()
    await out.leave()
    expect(out.readIn('student'), 'another name is no other chat').to.deep.equal([])
    await out.card('student', { telegramChatId: chats.sibling })
    await plan()
    await out.leave()
    expect(out.readIn('sibling')).to.have.length(1)
  })

  it('waits for the end of quiet hours in the zone of the person, unless it cannot wait', async () => {
    out.world.clock.set('2026-09-07T20:30:00.000Z')
    await out.card('student', { telegramChatId: chats.student, quietHours: { from: '22:00', until: '08:00' } })
    await out.card('parent', { telegramChatId: chats.parent, zone: 'Asia/Vladivostok', quietHours: { from: '22:00', until: '06:00' } })
    const far = await plan('2026-09-10T12:00:00.000Z')
    const near = await plan('2026-09-08T06:00:00.000Z')
    await out.leave()
    expect(out.readIn('student'), 'it is 23:30 in Moscow').to.deep.equal([])
    expect(out.readIn('parent'), 'and 06:30 in Vladivostok').to.have.length(2)
    await out.world.deliver('lesson.cancelled', cancelled(near))
    await out.world.deliver('lesson.cancelled', cancelled(far))
    await out.world.idle()
    await out.leave()
    expect(out.readIn('student').map((text) => text.split('\n')[0])).to.deep.equal(['Занятие отменено: Алгебра'])
    out.world.clock.set('2026-09-08T05:00:00.000Z')
    await out.leave()
    expect(out.readIn('student')).to.have.length(4)
  })

  it('of a lesson whose hour before is at night comes the evening before, and not at night', async () => {
    await out.card('student', { telegramChatId: chats.student, quietHours: { from: '22:00', until: '08:00' } })
    const { lessonId } = await plan('2026-09-08T05:30:00.000Z')
    await out.leave()
    const [job] = await out.world.sql<{ run_at: Date }>('select run_at from notification_jobs._private_jobs where key like $1', [
      `remind:lesson_reminder_eve:${lessonId}:%`,
    ])
    const at = Number(job?.run_at) - Date.now() + out.world.clock.now().getTime()
    expect(at).to.be.closeTo(Date.parse('2026-09-07T18:30:00.000Z'), 30_000)
    const remind = async (code: string, at: string, more: object = {}) => {
      out.world.clock.set(at)
      const { schoolId } = out.world.people.student
      await out.clockwork.remind?.run({ schoolId, correlationId: 'remind-test', payload: { code, lessonId, ...more } })
      await out.leave()
    }
    await remind('lesson_reminder_eve', '2026-09-07T18:30:00.000Z', { studentId: out.world.people.student.userId })
    await remind('lesson_reminder_1h', '2026-09-08T04:30:00.000Z')
    out.world.clock.set('2026-09-08T05:00:00.000Z')
    await out.leave()
    expect(out.readIn('student').map((text) => text.split(':')[0])).to.deep.equal(['У тебя новое занятие', 'Заранее о занятии'])
    expect((await out.world.as('student').inbox.list({})).notices.some(({ code }) => code === 'lesson_reminder_1h')).to.equal(true)
  })

  it('is not sent once it is read, too old, or the lesson has begun', async () => {
    await out.card('student', { telegramChatId: chats.student })
    await plan(inHours(2))
    out.world.clock.set(inHours(3))
    await out.leave()
    out.world.clock.set(inHours(3.5))
    await plan(inHours(100))
    await out.world.as('student').inbox.readAll({ upTo: (await out.world.as('student').inbox.list({ limit: 1 })).notices[0]!.id })
    await out.leave()
    await plan(inHours(101))
    out.world.clock.set(inHours(28))
    await out.leave()
    expect(out.readIn('student')).to.deep.equal([])
    expect(await out.states('student')).to.deep.equal(['null expired', 'null expired', 'null expired'])
  })

  it('opens what it is about: the lesson for each in his own place, progress of the child, and the inbox when it is about several', async () => {
    const { student, sibling } = out.world.people
    const mailed = (who: string) => ({ email: `${who}@school.test`, language: 'en' as const })
    for (const who of ['student', 'parent', 'tutor'] as const) await out.card(who, mailed(who))
    const opened = () =>
      out.mail.letters
        .splice(0)
        .map(({ to, raw }) => `${to.split('@')[0]} ${/RepitBot: http:\/\/localhost:8000(\S*)/.exec(plain(raw))?.[1]}`)
    const { lessonId } = await plan(inHours(2), { subject: 'Algebra' })
    await out.world.deliver('lesson.moved', { ...lesson(inHours(4)), lessonId, version: 2, movedFrom: inHours(2), movedBy: student.userId })
    await out.world.idle()
    await out.leave()
    expect(new Set(opened())).to.deep.equal(
      new Set([`parent /lessons/${lessonId}`, `tutor /week?lesson=${lessonId}`, `student /lessons/${lessonId}`]),
    )
    await level(2)
    out.world.clock.set('2026-09-13T15:00:00.000Z')
    await out.leave()
    expect(opened()).to.have.members([`student /progress?child=${student.userId}`, `parent /progress?child=${student.userId}`])
    await level(3)
    await out.world.deliver('student.level_up', { studentId: sibling.userId, from: 1, to: 2 })
    await out.world.idle()
    out.world.clock.set('2026-09-20T15:00:00.000Z')
    await out.leave()
    expect(opened()).to.include('parent /inbox')
  })

  it('too long for Telegram is cut, and leads to the page', async () => {
    await out.card('student', { telegramChatId: chats.student })
    await out.world.deliver('lesson.completed', {
      ...{ ...lesson(inHours(-2)), heldAt: inHours(-2), note: `${'я<'.repeat(3000)}` },
      students: [{ ...lesson(noon).students[0]!, attendance: 'attended', minutes: 60 }],
    })
    await out.world.idle()
    await out.leave()
    const [text] = out.readIn('student')
    expect(text?.length).to.be.within(3800, 4096)
    expect(text).to.match(/…\nЧитать целиком на странице$/)
  })

  it('is tried again by mail while the server is away, and never where it is refused for good', async () => {
    await out.card('student', { email: 'student@school.test' })
    await out.card('parent', { email: 'gone@school.test' })
    out.mail.rule.answer = (to) => (to.startsWith('gone') ? 550 : 451)
    await plan()
    await out.leave().catch(() => {})
    expect(await out.states('parent')).to.deep.equal(['email failed'])
    expect(await out.states('student')).to.deep.equal(['email waiting'])
    out.mail.rule.answer = () => undefined
    out.world.clock.advance(hourMs)
    await out.leave()
    expect(out.mail.letters).to.have.length(1)
    expect(await out.states('student')).to.deep.equal(['email sent'])
  })

  it('that somebody was sending when he died is uncertain by Telegram, and sent again by mail', async () => {
    await out.card('student', { telegramChatId: chats.student })
    await out.card('parent', { email: 'parent@school.test' })
    await plan()
    await out.world.sql(
      `update notification.delivery set state = 'sending', attempts = 1, channel = case when recipient_id = $1 then 'telegram' else 'email' end`,
      [out.world.people.student.userId],
    )
    await out.clockwork['sweep-deliveries']?.run({} as never)
    expect(await out.states('student'), 'it may be sending still').to.deep.equal(['telegram sending'])
    out.world.clock.advance(2 * 60_000)
    await out.clockwork['sweep-deliveries']?.run({} as never)
    await out.leave()
    expect(await out.states('student')).to.deep.equal(['telegram uncertain'])
    expect(out.readIn('student')).to.deep.equal([])
    expect(await out.states('parent')).to.deep.equal(['email sent'])
    const [notice] = (await out.world.as('student').inbox.list({})).notices
    expect((await out.world.as('student').inbox.deliveries({ noticeId: notice!.id }))[0]).to.include({ state: 'uncertain', attempts: 1 })
  })

  it('tests a channel by one message, and says so when there is none', async () => {
    await out.card('tutor', { telegramChatId: chats.tutor, quietHours: { from: '00:00', until: '23:59' } })
    const { preferences } = out.world.as('tutor')
    await preferences.test({ channel: 'telegram' })
    await out.leave()
    expect(out.readIn('tutor')).to.deep.equal(['Проверка связи\nВы это читаете, значит, канал работает.'])
    const refused = await preferences.test({ channel: 'email' }).catch((error: Error) => error.message)
    expect(refused).to.contain('no_such_channel')
  })

  it('of a new device and of Telegram linked passes quiet hours, by every channel', async () => {
    await out.card('tutor', { email: 't@school.test', telegramChatId: chats.tutor, quietHours: { from: '00:00', until: '23:59' } })
    const { userId } = out.world.people.tutor
    await out.world.deliver('session.opened', { userId, sessionId: randomUUIDv7(), agent: 'Firefox', address: '203.0.113.5' })
    await out.world.deliver('telegram.linked', { userId, requestId: randomUUIDv7() })
    await out.world.idle()
    await out.leave()
    expect(out.readIn('tutor')).to.have.length(2)
    expect(out.mail.letters).to.have.length(2)
    expect(out.readIn('tutor').join()).to.contain('203.0.113.5')
  })

  it('tells a tutor of his day at the times he has set, once, and not of a day without lessons', async () => {
    await out.card('tutor', { telegramChatId: chats.tutor, quietHours: { from: '00:00', until: '23:59' } })
    await out.card('student', { name: 'Маша' })
    const body = await plan('2026-09-08T09:00:00.000Z')
    await plan('2026-09-08T12:00:00.000Z')
    const tick = async (at: string) => {
      out.world.clock.set(at)
      await out.clockwork['tell-days']?.run({} as never)
      await out.leave()
    }
    await tick('2026-09-08T04:55:00.000Z')
    expect(out.readIn('tutor')).to.deep.equal([])
    await tick('2026-09-08T05:00:00.000Z')
    await tick('2026-09-08T05:05:00.000Z')
    expect(out.readIn('tutor')).to.deep.equal(['Сегодня у вас 2 занятия\nХорошего дня!\n12:00 Алгебра: Маша\n15:00 Алгебра: Маша'])
    await out.world.deliver('lesson.completed', {
      ...{ ...body, heldAt: body.startsAt },
      students: [{ ...body.students[0]!, attendance: 'attended', minutes: 60 }],
    })
    await out.world.idle()
    await out.world.as('tutor').preferences.change({ eveningAt: '21:00' })
    await tick('2026-09-08T17:30:00.000Z')
    expect(out.readIn('tutor')).to.have.length(1)
    await tick('2026-09-08T18:00:00.000Z')
    expect(out.readIn('tutor')[1]).to.equal('За день проведено 1 занятие\nНеотмеченных занятий: 1.\nНе отмечено: 15:00 Алгебра, Маша')
    await tick('2026-09-09T05:00:00.000Z')
    expect(out.readIn('tutor')).to.have.length(2)
  })
})
