import { randomUUIDv7 } from 'node:crypto'
import { expect } from 'chai'
import { tidy } from '../tidy.ts'
import { toyService } from './toy.ts'
import { openWorld, type World } from './world.ts'

/** For each table of the kit: how long a row is kept, and how one of that age is written. */
const ages = [
  {
    table: 'outbox',
    what: 'a published event',
    days: 7,
    insert: `insert into notification.outbox (id, school_id, name, envelope, said_at, published_at)
      values ($1, $2, 'reach.granted', '{}', $3, $3)`,
  },
  {
    table: 'inbox',
    what: 'the mark of a handled event',
    days: 35,
    insert: 'insert into notification.inbox (event_id, consumed_at) select $1, $3::timestamptz where $2::uuid is not null',
  },
  {
    table: 'idempotency',
    what: 'the reply under an idempotency key',
    days: 2,
    insert: `insert into notification.idempotency (school_id, user_id, key, fingerprint, used_at) values ($2, $1, 'key', 'print', $3)`,
  },
]
const idOf: Record<string, string> = { outbox: 'id', inbox: 'event_id', idempotency: 'user_id' }

describe('kit: the nightly tidying', () => {
  let world: World
  before(async () => {
    world = await openWorld({ services: [toyService()], bus: 'local', people: false })
  })
  after(() => world.close())

  const run = async () => {
    const { database } = world.services[0]!.deps as { database: { pool: Parameters<typeof tidy>[0] } }
    await tidy(database.pool).run({ schoolId: '', correlationId: randomUUIDv7(), payload: {} })
  }

  for (const { table, what, days, insert } of ages)
    it(`forgets ${what} after ${days} days, and not an hour before`, async () => {
      const [older, younger] = [randomUUIDv7(), randomUUIDv7()]
      const at = (hours: number) => new Date(Date.now() - (days * 24 + hours) * 3_600_000)
      await world.sql(insert, [older, randomUUIDv7(), at(1)])
      await world.sql(insert, [younger, randomUUIDv7(), at(-1)])
      await run()
      const id = idOf[table]
      const left = await world.sql<{ id: string }>(`select ${id} as id from notification.${table} where ${id} = any ($1)`, [
        [older, younger],
      ])
      expect(left.map((row) => row.id)).to.deep.equal([younger])
    })

  it('never forgets an event that is not published yet', async () => {
    const id = randomUUIDv7()
    await world.sql(
      `insert into notification.outbox (id, school_id, name, envelope, said_at) values ($1, $1, 'lesson.planned', '{}', now() - interval '90 days')`,
      [id],
    )
    await run()
    expect(await world.sql('select from notification.outbox where id = $1', [id])).to.have.length(1)
    await world.sql('delete from notification.outbox where id = $1', [id])
  })
})
