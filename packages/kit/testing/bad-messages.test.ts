import { randomUUIDv7 } from 'node:crypto'
import { expect } from 'chai'
import { cardOf } from './people.ts'
import { withDatabaseAway } from './stores.ts'
import { toyService } from './toy.ts'
import { until } from './until.ts'
import { openWorld, type World } from './world.ts'

/** Texts that no service can read as an event, by what is wrong with them. */
const unreadable = (envelope: Record<string, unknown>): Record<string, string> => ({
  'no JSON': 'user.created: Masha',
  'cut off in the middle': JSON.stringify(envelope).slice(0, -20),
  empty: '',
  'a number': '1',
  null: 'null',
  'without an id': JSON.stringify({ ...envelope, id: undefined }),
  'with an id that is no uuid': JSON.stringify({ ...envelope, id: "1'; drop table seen; --" }),
  'with an id of dashes': JSON.stringify({ ...envelope, id: '-'.repeat(36) }),
  'with a zero byte': `${JSON.stringify(envelope)}\0`,
  'with a school of dashes': JSON.stringify({ ...envelope, schoolId: '-'.repeat(36) }),
  'without a school': JSON.stringify({ ...envelope, schoolId: undefined }),
  'without a body': JSON.stringify({ ...envelope, body: undefined }),
  'with a body of another kind': JSON.stringify({ ...envelope, body: { userId: 'nobody' } }),
})

describe('kit: messages that cannot be handled', () => {
  for (const bus of ['amqp', 'local'] as const) {
    describe(`over ${bus}`, () => {
      let world: World
      const failsOnce = new Set<string>()
      before(async () => {
        world = await openWorld({ services: [toyService((userId) => failsOnce.delete(userId))], bus, people: false })
      })
      after(() => world.close())

      const newCard = () => cardOf('Somebody', { userId: randomUUIDv7(), schoolId: '', role: 'student' })
      const timesOf = async ({ userId }: { userId: string }) =>
        (await world.sql<{ times: number }>('select times from notification.seen where user_id = $1', [userId]))[0]?.times
      const retries = () =>
        world.sql<{ attempts: number; dead: boolean }>('select attempts, dead_at is not null as dead from notification.retry')
      const envelopeOf = (body: object) => ({
        id: randomUUIDv7(),
        name: 'user.created',
        schemaVersion: 1,
        schoolId: randomUUIDv7(),
        occurredAt: new Date().toISOString(),
        correlationId: randomUUIDv7(),
        body,
      })
      const publishText = async (text: string) => {
        const publisher = world.bus.publisher('bad')
        await until(() => publisher.publish([{ seq: '0', id: randomUUIDv7(), name: 'user.created', envelope: text }]).catch(() => false))
      }
      afterEach(() => world.sql('truncate notification.retry'))

      for (const [what, text] of Object.entries(unreadable(envelopeOf(newCard()))))
        it(`makes a message that is ${what} a dead letter at once, and goes on with the next`, async () => {
          await publishText(text)
          const card = newCard()
          await world.deliver('user.created', card)
          await world.idle()
          expect(await timesOf(card)).to.equal(1)
          expect(await retries()).to.deep.equal([{ attempts: 1, dead: true }])
        })

      it('handles an event once that failed at first, and keeps nothing of the failure', async () => {
        const card = newCard()
        failsOnce.add(card.userId)
        await world.deliver('user.created', card)
        await until(async () => (await timesOf(card)) === 1)
        await until(async () => (await retries()).length === 0)
        await world.idle()
        expect(await timesOf(card)).to.equal(1)
      })

      it('handles the events of one school when those of another in the same batch fail', async () => {
        const [good, bad] = [newCard(), newCard()]
        failsOnce.add(bad.userId)
        await Promise.all([bad, good].map((card) => world.deliver('user.created', card, { schoolId: randomUUIDv7() })))
        await world.idle()
        expect([await timesOf(good), await timesOf(bad)]).to.deep.equal([1, 1])
      })

      it('keeps every event while the database is away, and counts no attempt against them', async () => {
        const cards = [newCard(), newCard(), newCard()]
        const delivering: Promise<unknown>[] = []
        await withDatabaseAway(world.name, async () => {
          delivering.push(...cards.map((card) => world.deliver('user.created', card)))
          await new Promise((resolve) => setTimeout(resolve, 700))
        })
        await Promise.all(delivering)
        for (const card of cards) await until(async () => (await timesOf(card)) === 1)
        expect(await retries()).to.deep.equal([])
      })
    })
  }
})
