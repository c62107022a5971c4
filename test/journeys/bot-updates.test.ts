import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { botService } from '@repitbot/bot/service'
import { expect } from 'chai'
import { worldStart } from '../platform.ts'
import { type Chat, openTelegram, type Telegram } from '../telegram.ts'

describe('an update of the bot', function () {
  this.timeout(60_000)
  let telegram: Telegram
  let tutor: Chat
  before(async () => {
    telegram = await openTelegram({ tutor: 101, guest: 105 })
    tutor = await telegram.link('tutor', telegram.platform.people.tutor)
    await tutor.pressData('v1:lang:en')
  })
  beforeEach(() => telegram.platform.world.clock.set(worldStart))
  after(() => telegram?.close())

  /** Every wait before another attempt ends now. */
  const hurry = () => telegram.platform.world.sql('update bot.incoming set due_at = now() where done_at is null')
  const failing = (times: number, method = 'sendMessage') =>
    telegram.emulator.faults.push(...Array.from({ length: times }, () => ({ method, status: 500, description: 'Internal Server Error' })))
  const lastRow = async () =>
    (
      await telegram.platform.world.sql<{ failures: number; error: string | null; done: boolean }>(
        'select failures, error, done_at is not null as done from bot.incoming order by arrived desc limit 1',
      )
    )[0]
  /** Until the update that came last has failed so often, without waiting. */
  const failed = async (times: number) => {
    while (telegram.emulator.updates.count()) await sleep(5)
    for (let row = await lastRow(); (row?.failures ?? 0) < times && !row?.done; row = await lastRow()) {
      await hurry()
      await sleep(10)
    }
  }

  it('is answered where the ids begin anew and are lower: all of 120, and the bot asks no more often than it must', async () => {
    const guest = telegram.chat('guest')
    await guest.say('/start')
    const before = guest.count()
    const polls = telegram.emulator.updates.polls()
    telegram.emulator.updates.beginAnew(117_314_199)
    for (let at = 0; at < 120; at++) telegram.emulator.chats.write(guest.id, '/help')
    await telegram.idle()
    expect(guest.count()).to.equal(before + 120)
    await sleep(300)
    expect(telegram.emulator.updates.polls() - polls).to.be.at.most(125)
  })

  it('is handled in the order in which it came, also after one with a higher id that has to be tried again', async () => {
    const guest = telegram.chat('guest')
    await guest.say('/start')
    const before = guest.count()
    failing(1)
    telegram.emulator.updates.beginAnew(900_000_000)
    telegram.emulator.chats.write(guest.id, '/help')
    while (!(await lastRow())?.failures) await sleep(10)
    telegram.emulator.updates.beginAnew(500)
    telegram.emulator.chats.write(guest.id, '/privacy')
    await telegram.idle()
    expect(guest.count()).to.equal(before + 2)
    expect(guest.text()).to.contain('Что хранит бот')
  })

  it('is not taken for a much older one that had its id', async () => {
    const guest = telegram.chat('guest')
    await guest.say('/start')
    const before = guest.count()
    await telegram.platform.world.sql(
      `update bot.incoming set update_id = 7001, received_at = now() - interval '8 days', error = 'gave up'
       where arrived = (select max(arrived) from bot.incoming)`,
    )
    telegram.emulator.updates.beginAnew(7000)
    await guest.say('/privacy')
    expect(guest.count()).to.equal(before + 1)
  })

  it('that fails is tried again and answered once, with no word of a fault', async () => {
    const before = tutor.count()
    failing(2)
    telegram.emulator.chats.write(tutor.id, '/help')
    await failed(2)
    await hurry()
    await telegram.idle()
    expect(tutor.count()).to.equal(before + 1)
    expect(tutor.text()).to.contain('/today')
    expect((await lastRow())?.error).to.equal(null)
  })

  it('that fails each time is told as broken at the last attempt only, in the language of the person', async () => {
    const before = tutor.count()
    failing(5)
    telegram.emulator.chats.write(tutor.id, '/help')
    await failed(4)
    expect(tutor.count()).to.equal(before)
    await failed(5)
    await telegram.idle()
    expect(tutor.count()).to.equal(before + 1)
    expect(tutor.text()).to.match(/^Something broke/)
  })

  it('whose card Telegram refuses is answered at once without the buttons, and nothing else in the chat waits', async () => {
    const refusal = { method: 'sendMessage', status: 400, description: 'Bad Request: reply markup is too long' }
    telegram.emulator.faults.push(refusal)
    const began = Date.now()
    await tutor.say('/today')
    await tutor.say('/help')
    expect(Date.now() - began).to.be.below(5_000)
    const messages = (telegram.emulator.chats.find(tutor.id)?.messages ?? []).filter(({ from }) => from === 'bot').slice(-2)
    expect(messages[0]?.text).to.contain('Today').and.contain('did not take the buttons')
    expect(messages[0]?.markup?.inline_keyboard.flat().map(({ text }) => text)).to.deep.equal(['🏠 Menu'])
    telegram.emulator.faults.push(refusal, refusal)
    await tutor.say('/today')
    expect(tutor.text()).to.match(/^Something broke/)
    expect((await lastRow())?.error).to.contain('reply markup is too long')
  })

  it('is forgotten a day after it was answered, a month after it was given up, and never before it is handled', async () => {
    const { sql, services } = telegram.platform.world
    const ages: [hours: number, isDone: boolean, error: string | null, isLeft: boolean][] = [
      [23, true, null, true],
      [25, true, null, false],
      [29 * 24 + 23, true, 'gave up', true],
      [30 * 24 + 1, true, 'gave up', false],
      [60 * 24, false, null, true],
    ]
    const first = 9_000_000
    for (const [at, [hours, isDone, error]] of ages.entries())
      await sql(
        `insert into bot.incoming (update_id, chat_id, body, received_at, leased_until, done_at, error)
         values ($1, 1, '{}', now() - $2 * interval '1 h', now() + interval '1 h', case when $3 then now() end, $4)`,
        [first + at, hours, isDone, error],
      )
    const deps = services.find(({ name }) => name === 'bot')?.deps as ReturnType<typeof botService.open>
    await botService.jobs?.(deps).tidyUpdates?.run({ schoolId: '', correlationId: randomUUIDv7(), payload: {} })
    const left = await sql<{ at: number }>('select (update_id - $1)::int as at from bot.incoming where chat_id = 1 order by update_id', [
      first,
    ])
    await sql('delete from bot.incoming where chat_id = 1')
    expect(left.map(({ at }) => at)).to.deep.equal([...ages.keys()].filter((at) => ages[at]?.[3]))
  })

  it('about a lesson whose video address Telegram takes on no button is answered, with the address as text', async () => {
    const { people, as } = telegram.platform
    const students = [{ studentId: people.student.userId, priceMinor: 1_999 }]
    const plan = { type: 'individual' as const, subject: 'Maths', startsAt: '2026-09-08T09:00:00Z', minutes: 30, students }
    await as('tutor').lessons.plan({ ...plan, videoUrl: 'https://meet/room' })
    await tutor.pressData('v1:day:2026-09-08')
    await tutor.press('12:00')
    expect(tutor.text()).to.contain('🎥 https://meet/room')
  })
})
