import { setTimeout as sleep } from 'node:timers/promises'
import type { Refused } from '@repitbot/contracts/client'
import { openLog } from '@repitbot/kit/log'
import { openRedis } from '@repitbot/kit/redis'
import { storeUrls } from '@repitbot/kit/testing/stores'
import { expect } from 'chai'
import { sharedTurns } from '../../services/notification/src/flows/take-turn.ts'
import { chats, type Deliveries, openDeliveries } from './deliveries.ts'

describe('a message to many', () => {
  let out: Deliveries
  before(async () => {
    out = await openDeliveries()
  })
  beforeEach(async () => {
    await out.reset()
    await out.setCard('student', { telegramChatId: chats.student })
    await out.setCard('parent', { email: 'parent@school.test', language: 'en' })
    await out.setCard('tutor', { name: 'Ольга', telegramChatId: chats.tutor })
  })
  after(() => out?.close())

  it('has a preview: how many people it reaches by each channel, and its text in each language', async () => {
    const preview = await out.world.as('tutor').broadcasts.preview({ roles: ['student', 'parent', 'tutor'], text: 'Каникулы <с 1 ноября>' })
    expect(preview.recipients, 'two students and their parent, and no tutors').to.equal(3)
    expect(preview.byChannel).to.deep.equal({ telegram: 1, email: 1, inboxOnly: 1, notJoined: 0 })
    expect(preview.texts).to.deep.equal([
      { language: 'ru', title: 'Сообщение: Ольга', body: 'Каникулы <с 1 ноября>' },
      { language: 'en', title: 'A message from Ольга', body: 'Каникулы <с 1 ноября>' },
    ])
    expect(await out.world.as('tutor').broadcasts.list({})).to.deep.equal([])
  })

  it('counts those who have no account apart, and says so of each: they cannot read the inbox', async () => {
    await out.setCard('sibling', { signsIn: false })
    const { broadcasts } = out.world.as('tutor')
    const message = { roles: ['student' as const, 'parent' as const], text: 'Каникулы' }
    expect((await broadcasts.preview(message)).byChannel).to.deep.equal({ telegram: 1, email: 1, inboxOnly: 0, notJoined: 1 })
    const { id } = await broadcasts.send(message)
    const { counts, rows } = await broadcasts.get({ broadcastId: id })
    expect(counts).to.include({ inbox: 0, notJoined: 1 })
    expect(rows.find(({ userId }) => userId === out.world.people.sibling.userId)?.state).to.equal('notJoined')
    await out.setCard('sibling', { signsIn: true })
    expect((await broadcasts.get({ broadcastId: id })).counts).to.include({ inbox: 1, notJoined: 0 })
  })

  it('reaches each of them once, and reports the state of each', async () => {
    const tutor = out.world.as('tutor').broadcasts
    out.mail.rule.answer = () => 550
    const { id, recipients } = await tutor.send({ roles: ['student', 'parent'], text: 'Каникулы' }, { idempotencyKey: 'broadcast-once' })
    const again = await tutor.send({ roles: ['student', 'parent'], text: 'Каникулы' }, { idempotencyKey: 'broadcast-once' })
    expect([again.id, recipients]).to.deep.equal([id, 3])
    expect((await tutor.get({ broadcastId: id })).counts).to.include({ waiting: 2, inbox: 1 })
    await out.sendDue()
    const report = await tutor.get({ broadcastId: id })
    expect(report.counts).to.include({ sent: 1, failed: 1, inbox: 1, waiting: 0 })
    const of = (who: 'student' | 'parent' | 'sibling') => report.rows.find(({ userId }) => userId === out.world.people[who].userId)?.state
    expect([of('student'), of('parent'), of('sibling')]).to.deep.equal(['sent', 'failed', 'inbox'])
    expect(out.telegramTexts('student')).to.deep.equal(['Сообщение: Ольга\nКаникулы'])
  })

  it('does not reach a student who is no longer the tutor’s, nor the parent', async () => {
    const { student, sibling, tutor } = out.world.people
    const recipients = async () =>
      (await out.world.as('tutor').broadcasts.preview({ roles: ['student', 'parent'], text: 'Каникулы' })).recipients
    const before = await recipients()
    const reach = (overId: string, name: 'reach.granted' | 'reach.revoked', version: number) =>
      out.world.deliver(name, { holderId: tutor.userId, overId, as: 'tutor', version })
    for (const { userId } of [student, sibling]) await reach(userId, 'reach.revoked', 2)
    await out.world.idle()
    expect([before, await recipients()]).to.deep.equal([3, 0])
    for (const { userId } of [student, sibling]) await reach(userId, 'reach.granted', 3)
    await out.world.idle()
  })

  it('is sent ten times an hour by one person, also when they come at once, and thirty times in a school', async () => {
    const { world } = out
    await world.sql('truncate notification.broadcast cascade')
    const send = (who: 'tutor' | 'otherTutor' | 'admin') =>
      world
        .as(who)
        .broadcasts.send({ roles: ['student'], text: 'Ещё раз' })
        .then(
          () => 'sent',
          (error: Refused) => `${error.problem.code} ${error.problem.with?.limit} ${error.problem.with?.perHour}`,
        )
    const countOf = (found: string[]) => Object.fromEntries(found.map((one) => [one, found.filter((other) => other === one).length]))
    const many = (who: 'tutor' | 'otherTutor' | 'admin') => Promise.all(Array.from({ length: 12 }, () => send(who)))
    expect(countOf(await many('tutor'))).to.deep.equal({ sent: 10, 'too_many_requests broadcast-sender 10': 2 })
    expect(countOf(await many('otherTutor'))).to.include({ sent: 10 })
    expect(countOf(await many('admin'))).to.include({ sent: 10 })
    await world.sql('update notification.broadcast set by_id = gen_random_uuid() where by_id = $1', [world.people.tutor.userId])
    expect(await send('tutor')).to.equal('too_many_requests broadcast-school 30')
    await world.sql("update notification.broadcast set created_at = created_at - interval '1 hour'")
    expect(await send('tutor')).to.equal('sent')
    await world.sql('truncate notification.broadcast cascade')
  })

  it('goes to the whole school from an admin, and other tutors do not see it', async () => {
    const { id, recipients } = await out.world.as('admin').broadcasts.send({ roles: ['student', 'parent', 'tutor'], text: 'Собрание' })
    expect(recipients).to.equal(7)
    expect((await out.world.as('tutor').broadcasts.list({})).map((one) => one.id)).to.not.include(id)
    const refused = await out.world
      .as('otherTutor')
      .broadcasts.get({ broadcastId: id })
      .catch((error: Error) => error.message)
    expect(refused).to.contain('not_found')
  })
})

describe('turns to send, shared through Redis', () => {
  const log = openLog('test', 'silent')
  let at: { host: string; port: number }
  let redis: ReturnType<typeof openRedis>
  before(async () => {
    const { hostname: host, port } = new URL(storeUrls().redis)
    at = { host, port: Number(port) }
    redis = openRedis(at, log)
    await new Promise((resolve) => redis.once('ready', resolve))
  })
  after(() => redis?.disconnect())

  it('are one a second for a chat and thirty for all, however many instances ask', async () => {
    const instances = [1, 2, 3].map(() => sharedTurns(redis, 'a-token'))
    const [one, ...others] = await Promise.all(instances.map((turns) => turns.take('chat')))
    expect([one, ...others].filter((wait) => wait === 0)).to.have.length(1)
    const begun = performance.now()
    let taken = 0
    const taking = instances.map(async (turns, n) => {
      for (let chat = 0; performance.now() - begun < 1_000; chat++) {
        const wait = await turns.take(`${n} ${chat}`)
        if (wait === 0) taken++
        else await sleep(wait)
      }
    })
    await Promise.all(taking)
    expect(taken).to.be.within(20, 40)
  })

  it('wait in every instance when Telegram has told one to wait', async () => {
    const [one, other] = [sharedTurns(redis, 'b-token'), sharedTurns(redis, 'b-token')]
    await one.pause(3_000)
    expect(await other.take('chat')).to.be.within(2_000, 3_000)
  })

  it('are counted by each instance alone while Redis is down', async () => {
    const gone = openRedis({ ...at, port: 1 }, log)
    const turns = sharedTurns(gone, 'c-token')
    expect(await turns.take('chat')).to.equal(0)
    expect(await turns.take('chat')).to.be.above(500)
    gone.disconnect()
  })
})
