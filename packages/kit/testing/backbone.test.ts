import { randomUUIDv7 } from 'node:crypto'
import { expect } from 'chai'
import { cardOf } from './people.ts'
import { toyService } from './toy.ts'
import { until } from './until.ts'
import { openWorld, type World } from './world.ts'

describe('kit: the backbone', () => {
  for (const bus of ['amqp', 'local'] as const) {
    describe(`over ${bus}`, () => {
      let world: World
      const poison = randomUUIDv7()
      before(async () => {
        world = await openWorld({ services: [toyService((userId) => userId === poison)], bus, people: false })
      })
      after(() => world.close())
      const newCard = (userId = randomUUIDv7()) => cardOf('Somebody', { userId, schoolId: '', role: 'student' })
      const times = async (userId: string) =>
        (await world.sql<{ times: number }>('select times from notification.seen where user_id = $1', [userId]))[0]?.times

      it('handles an event that comes three times once', async () => {
        const card = newCard()
        const { id } = await world.deliver('user.created', card)
        await world.deliver('user.created', card, { id })
        await world.deliver('user.created', card, { id })
        await world.idle()
        expect(await times(card.userId)).to.equal(1)
      })

      it('handles each of many that are published together', async () => {
        const cards = Array.from({ length: 120 }, () => newCard())
        const context = { schemaVersion: 1, schoolId: randomUUIDv7(), occurredAt: new Date().toISOString(), correlationId: randomUUIDv7() }
        const many = cards.map((body, at) => {
          const [id, name] = [randomUUIDv7(), 'user.created']
          return { seq: `${at}`, id, name, envelope: JSON.stringify({ ...context, id, name, body }) }
        })
        const publisher = world.bus.publisher('many')
        let safe: string[] = []
        await until(async () => {
          safe = await publisher.publish(many).catch(() => [])
          return safe.length > 0
        })
        expect(safe).to.deep.equal(many.map(({ seq }) => seq))
        const handled = () =>
          world.sql('select from notification.seen where user_id = any($1) and times = 1', [cards.map(({ userId }) => userId)])
        await until(async () => (await handled()).length === cards.length)
      })

      it('stops trying a poison event after five attempts and loses none of the good ones around it', async () => {
        const good = Array.from({ length: 50 }, () => newCard())
        await Promise.all([...good.slice(0, 25), newCard(poison), ...good.slice(25)].map((card) => world.deliver('user.created', card)))
        await world.idle()
        for (const { userId } of good) expect(await times(userId)).to.equal(1)
        expect(await times(poison)).to.equal(undefined)
        const rows = await world.sql<{ attempts: number; dead: boolean }>(
          'select attempts, dead_at is not null as dead from notification.retry',
        )
        expect(rows).to.deep.equal([{ attempts: 5, dead: true }])
      })
    })
  }
})
