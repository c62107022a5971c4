import { randomUUIDv7 } from 'node:crypto'
import { letterSeal } from '@repitbot/kit/seal'
import { serviceSecret } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { type Deliveries, openDeliveries } from './deliveries.ts'
import { hourMs, inHours, noon } from './lesson-events.ts'

const letter = {
  to: 'student@school.test',
  language: 'ru',
  title: 'Новый пароль',
  body: 'Ссылка действует час',
  link: { url: 'https://school.test/reset#secret', label: 'Задать пароль' },
}

describe('a letter', () => {
  let out: Deliveries
  before(async () => {
    out = await openDeliveries()
  })
  beforeEach(async () => {
    await out.reset()
    out.world.clock.set(noon)
  })
  after(() => out?.close())

  /** Publishes a letter as the user service would; returns its id. */
  const write = async ({ secret = serviceSecret, hours = 1 } = {}) => {
    const letterId = randomUUIDv7()
    const sealed = letterSeal(secret).seal(letterId, JSON.stringify(letter))
    await out.world.deliver('letter.written', { letterId, sealed, expiresAt: inHours(hours) })
    await out.world.idle()
    return letterId
  }
  const send = (letterId: string) =>
    out.jobs.letter?.run({ schoolId: out.world.people.admin.schoolId, correlationId: randomUUIDv7(), payload: { letterId } })
  const row = async (letterId: string) => {
    const [found] = await out.world.sql<{ state: string; sealed: string; attempts: number; requested: boolean }>(
      `select state, sealed <> '' as sealed, attempts,
         exists (select from notification_jobs._private_jobs where key = 'letter:' || letter.id) as requested
       from notification.letter where id = $1`,
      [letterId],
    )
    return found
  }
  /** As a queue that runs only what is requested anew from here on. */
  const forgetRequests = () => out.world.sql('delete from notification_jobs._private_jobs')

  it('is sent once, however often its job runs, and its content is not kept', async () => {
    const id = await write()
    for (let run = 0; run < 3; run++) await send(id)
    expect(out.mail.letters.map(({ to }) => to)).to.deep.equal([letter.to])
    expect(await row(id)).to.include({ state: 'sent', sealed: false, attempts: 1 })
  })

  it('is the same one when its event comes again: what was sent is not sent again', async () => {
    const id = await write()
    await send(id)
    const sealed = letterSeal(serviceSecret).seal(id, JSON.stringify(letter))
    await out.world.deliver('letter.written', { letterId: id, sealed, expiresAt: inHours(1) })
    await out.world.idle()
    await send(id)
    expect(out.mail.letters).to.have.length(1)
    expect(await row(id)).to.include({ state: 'sent', sealed: false })
  })

  it('whose link has expired is not sent, and that at the very second', async () => {
    const [late, early] = [await write(), await write()]
    out.world.clock.advance(hourMs - 1)
    await send(early)
    out.world.clock.advance(1)
    await send(late)
    expect(out.mail.letters).to.have.length(1)
    expect([(await row(early))?.state, (await row(late))?.state]).to.deep.equal(['sent', 'expired'])
    expect(await row(late)).to.include({ sealed: false })
  })

  it('that the server refuses for good is given up, with nothing requested anew', async () => {
    out.mail.rule.answer = () => 550
    const id = await write()
    await forgetRequests()
    await send(id)
    expect(await row(id)).to.deep.equal({ state: 'failed', sealed: false, attempts: 1, requested: false })
  })

  it('that the server refuses for now is kept and requested again, twenty times at most', async () => {
    out.mail.rule.answer = () => 451
    const id = await write()
    for (let attempt = 1; attempt < 20; attempt++) {
      await forgetRequests()
      await send(id)
    }
    expect(await row(id)).to.deep.equal({ state: 'waiting', sealed: true, attempts: 19, requested: true })
    await forgetRequests()
    await send(id)
    expect(await row(id)).to.deep.equal({ state: 'failed', sealed: false, attempts: 20, requested: false })
  })

  it('that was sealed with another secret is given up, and nothing of it leaves', async () => {
    const id = await write({ secret: 'the secret of another installation' })
    await forgetRequests()
    await send(id)
    expect(out.mail.letters).to.deep.equal([])
    expect(await row(id)).to.deep.equal({ state: 'failed', sealed: false, attempts: 1, requested: false })
  })
})
