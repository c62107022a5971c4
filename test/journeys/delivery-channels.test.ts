import { expect } from 'chai'
import { chats, type Deliveries, openDeliveries } from './deliveries.ts'
import { hourMs, inHours, lessonEvents, noon } from './lesson-events.ts'

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
  const { plan, lesson } = lessonEvents(() => out.world)

  it('is sent by the first channel that works, escaped, and the inbox shows its delivery', async () => {
    await out.setCard('student', { email: 'student@school.test', telegramChatId: chats.student })
    await plan(inHours(30), { subject: '<b>Алгебра</b> & "co"' })
    await out.sendDue()
    expect(out.telegramTexts('student')).to.deep.equal([
      'У тебя новое занятие: <b>Алгебра</b> & "co"\nНачало: вт, 8 сент., 21:00. Длительность: 60 мин.',
    ])
    expect(out.mail.letters).to.deep.equal([])
    const inbox = out.world.as('student').inbox
    const [notice] = (await inbox.list({})).notices
    const [delivery] = await inbox.deliveries({ noticeId: notice!.id })
    expect(delivery).to.deep.equal({ channel: 'telegram', state: 'sent', at: out.world.clock.now().toISOString(), attempts: 1 })
    await out.world.deliver('lesson.planned', lesson(inHours(31)))
    expect(out.telegramTexts('student'), 'a repeat sends nothing').to.have.length(1)
  })

  it('is sent by every channel that the person has chosen, as a letter in plain text and in HTML', async () => {
    await out.setCard('parent', { email: 'parent@school.test', telegramChatId: chats.parent, channels: ['email', 'telegram'] })
    await plan(inHours(30), { subject: '<script>alert(1)</script>' })
    await out.sendDue()
    expect(out.telegramTexts('parent')).to.have.length(1)
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

  it('stays in the inbox alone for a person without a channel', async () => {
    await plan()
    await out.sendDue()
    expect((await out.world.as('student').inbox.list({})).notices).to.have.length(1)
    expect(await out.states('student')).to.deep.equal([])
  })

  it('goes to the next channel when the chat is blocked, tells the tutor once, and comes to the chat again when it is unblocked', async () => {
    await out.setCard('student', { name: 'Маша', email: 'student@school.test', telegramChatId: chats.student })
    out.emulator.chats.block(Number(chats.student), true)
    await plan()
    await plan(inHours(40))
    await out.sendDue()
    expect(out.mail.letters).to.have.length(2)
    // The second may have waited for its turn in the chat when the first found it closed: it is blocked too, and sent no less.
    const states = await out.states('student')
    expect(states.filter((state) => state === 'email sent')).to.have.length(2)
    expect(new Set(states)).to.deep.equal(new Set(['telegram blocked', 'email sent']))
    const blocked = (await out.world.as('tutor').inbox.list({})).notices.filter(({ code }) => code === 'channel_blocked')
    expect(blocked.map(({ title }) => title)).to.deep.equal(['Маша: сообщения не доходят'])
    out.emulator.chats.block(Number(chats.student), false)
    const revived = { userId: out.world.people.student.userId, channel: 'telegram' as const, at: inHours(1) }
    await out.world.deliver('channel.revived', revived)
    await out.world.deliver('channel.blocked', { ...revived, at: inHours(-1) })
    await plan(inHours(50))
    await out.sendDue()
    expect(out.telegramTexts('student')).to.have.length(1)
    expect(out.mail.letters).to.have.length(2)
  })

  it('comes to a new chat when the blocked one is replaced', async () => {
    await out.setCard('student', { telegramChatId: chats.student })
    await out.world.deliver('channel.blocked', { userId: out.world.people.student.userId, channel: 'telegram', at: inHours(-1) })
    await out.setCard('student', { name: 'Another name', telegramChatId: chats.student })
    await plan()
    await out.sendDue()
    expect(out.telegramTexts('student'), 'another name is no other chat').to.deep.equal([])
    await out.setCard('student', { telegramChatId: chats.sibling })
    await plan()
    await out.sendDue()
    expect(out.telegramTexts('sibling')).to.have.length(1)
  })

  it('is tried again by mail while the server refuses for now, and never where it refuses for good', async () => {
    await out.setCard('student', { email: 'student@school.test' })
    await out.setCard('parent', { email: 'gone@school.test' })
    out.mail.rule.answer = (to) => (to.startsWith('gone') ? 550 : 451)
    await plan()
    await out.sendDue().catch(() => {})
    expect(await out.states('parent')).to.deep.equal(['email failed'])
    expect(await out.states('student')).to.deep.equal(['email waiting'])
    out.mail.rule.answer = () => undefined
    out.world.clock.advance(hourMs)
    await out.sendDue()
    expect(out.mail.letters).to.have.length(1)
    expect(await out.states('student')).to.deep.equal(['email sent'])
  })

  it('whose process died while sending it is uncertain by Telegram, and sent again by mail', async () => {
    await out.setCard('student', { telegramChatId: chats.student })
    await out.setCard('parent', { email: 'parent@school.test' })
    await plan()
    await out.world.sql(
      `update notification.delivery set state = 'sending', attempts = 1, channel = case when recipient_id = $1 then 'telegram' else 'email' end`,
      [out.world.people.student.userId],
    )
    await out.jobs['sweep-deliveries']?.run({} as never)
    expect(await out.states('student'), 'it may be sending still').to.deep.equal(['telegram sending'])
    out.world.clock.advance(2 * 60_000)
    await out.jobs['sweep-deliveries']?.run({} as never)
    await out.sendDue()
    expect(await out.states('student')).to.deep.equal(['telegram uncertain'])
    expect(out.telegramTexts('student')).to.deep.equal([])
    expect(await out.states('parent')).to.deep.equal(['email sent'])
    const [notice] = (await out.world.as('student').inbox.list({})).notices
    expect((await out.world.as('student').inbox.deliveries({ noticeId: notice!.id }))[0]).to.include({ state: 'uncertain', attempts: 1 })
  })

  it('that tests a channel is one message, and is refused where the person has no such channel', async () => {
    await out.setCard('tutor', { telegramChatId: chats.tutor, quietHours: { from: '00:00', until: '23:59' } })
    const { preferences } = out.world.as('tutor')
    await preferences.test({ channel: 'telegram' })
    await out.sendDue()
    expect(out.telegramTexts('tutor')).to.deep.equal(['Проверка связи\nВы это читаете, значит, канал работает.'])
    await out.setCard('tutor', { telegramChatId: chats.tutor, email: 'tutor@school.test' })
    out.emulator.chats.block(Number(chats.tutor), true)
    await preferences.test({ channel: 'telegram' })
    await out.sendDue()
    expect(out.mail.letters, 'the test of one channel says nothing by another').to.deep.equal([])
    await out.setCard('tutor', { telegramChatId: chats.tutor, email: null })
    const refused = await preferences.test({ channel: 'email' }).catch((error: Error) => error.message)
    expect(refused).to.contain('no_such_channel')
  })
})
