import { randomUUIDv7 } from 'node:crypto'
import { expect } from 'chai'
import type { Database, Transaction } from '../database.ts'
import { within } from '../reach.ts'
import { withDatabaseAway } from './stores.ts'
import { toyService } from './toy.ts'
import { openWorld, type World } from './world.ts'

describe('kit: a transaction', () => {
  let world: World
  let database: Database
  const [schoolA, schoolB] = [randomUUIDv7(), randomUUIDv7()]

  before(async () => {
    world = await openWorld({ services: [toyService()], bus: 'local', people: false })
    database = (world.services[0]!.deps as { database: Database }).database
    for (const schoolId of [schoolA, schoolB]) await database.transaction({ schoolId }, (tx) => insertSeen(tx, schoolId))
  })
  after(() => world.close())

  const insertSeen = (tx: Transaction, schoolId: string, userId = randomUUIDv7()) =>
    tx.query('insert into seen values ($1, $2, 1)', [schoolId, userId])
  const schoolsSeen = async (...schoolId: string[]) => {
    const rows = await database.transaction({ schoolId }, (tx) => tx.query<{ school_id: string }>('select school_id from seen', [], 'all'))
    return [...new Set(rows.map((row) => row.school_id))].sort()
  }
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: { code?: string }) => error.code ?? String(error),
    )

  it('sees only the rows of its own schools, even by a statement without a filter', async () => {
    expect(await schoolsSeen(schoolA)).to.deep.equal([schoolA])
    expect(await schoolsSeen(schoolB)).to.deep.equal([schoolB])
    expect(await schoolsSeen(schoolA, schoolB)).to.deep.equal([schoolA, schoolB].sort())
  })

  it('sees only its own school while others use the same connections in turn', async () => {
    const turns = Array.from({ length: 200 }, (_, turn) => (turn % 2 ? schoolA : schoolB))
    const seen = await Promise.all(turns.map((school) => schoolsSeen(school)))
    expect(seen.flat()).to.deep.equal(turns)
  })

  it('cannot write into another school, nor move a row there', async () => {
    expect(await refusal(database.transaction({ schoolId: schoolA }, (tx) => insertSeen(tx, schoolB)))).to.equal('42501')
    const moved = database.transaction({ schoolId: schoolA }, (tx) => tx.query('update seen set school_id = $1', [schoolB]))
    expect(await refusal(moved)).to.equal('42501')
  })

  it('refuses a school id that is not a uuid', async () => {
    expect(await refusal(database.transaction({ schoolId: `${schoolA}' ; drop table seen; --` }, async () => 1))).to.match(/not a uuid/)
  })

  it('is unavailable while the database refuses every connection', async () => {
    const code = await withDatabaseAway(world.name, () => refusal(schoolsSeen(schoolA)))
    expect(code).to.equal('unavailable')
    expect(await schoolsSeen(schoolA)).to.deep.equal([schoolA])
  })

  it('publishes nothing and writes nothing when its commit fails', async () => {
    const holderId = randomUUIDv7()
    const work = database.transaction({ schoolId: schoolA }, async (tx) => {
      await insertSeen(tx, schoolA, holderId)
      tx.publish({
        name: 'reach.granted',
        body: { holderId, overId: randomUUIDv7(), as: 'tutor', version: 1 },
        correlationId: randomUUIDv7(),
      })
      // Refused at the commit and not before, when all events are already in the outbox.
      await tx.query('create temp table late (id int unique deferrable initially deferred) on commit drop')
      await tx.query('insert into late values (1), (1)')
    })
    expect(await refusal(work)).to.equal('23505')
    expect(await world.published('reach.granted')).to.deep.equal([])
    expect(await world.sql('select from notification.seen where user_id = $1', [holderId])).to.deep.equal([])
  })

  it('does not count as committed when the error of a statement was swallowed', async () => {
    const work = database.transaction({ schoolId: schoolA }, (tx) => tx.query('select 1 / 0').catch(() => 'done'))
    expect(await refusal(work)).to.match(/rolled back/)
  })

  it('fails with the error of a statement that was not awaited, whatever came after it', async () => {
    const userId = randomUUIDv7()
    const work = (after: (tx: Transaction) => Promise<unknown>) =>
      database.transaction({ schoolId: schoolA }, async (tx) => {
        await insertSeen(tx, schoolA, userId)
        tx.send('select 1 / 0')
        await after(tx)
      })
    const atTheCommit = await refusal(work(async () => {}))
    const before = await refusal(work((tx) => tx.query('select 1')))
    expect([atTheCommit, before]).to.deep.equal(['22012', '22012'])
    expect(await world.sql('select from notification.seen where user_id = $1', [userId])).to.deep.equal([])
  })

  it('names no other school than the one that it joined', async () => {
    const joined = database.transaction({ schoolId: schoolA }, () => database.transaction({ schoolId: schoolB }, async () => 1))
    expect(await refusal(joined)).to.match(/names another school/)
    const within = database.transaction({ schoolId: [schoolA, schoolB] }, () => database.transaction({ schoolId: schoolB }, async () => 1))
    expect(await within).to.equal(1)
  })

  it('is tried again when it and another wait for each other', async () => {
    const ids = [randomUUIDv7(), randomUUIDv7()]
    await database.transaction({ schoolId: schoolA }, async (tx) => {
      for (const id of ids) await insertSeen(tx, schoolA, id)
    })
    let [first, waiting] = [true, 0]
    const bothHoldOne = Promise.withResolvers<void>()
    const count = (order: string[]) =>
      database.transaction({ schoolId: schoolA }, async (tx) => {
        for (const [at, id] of order.entries()) {
          await tx.query('update seen set times = times + 1 where user_id = $1', [id])
          if (at === 0 && first && ++waiting === 2) bothHoldOne.resolve()
          if (at === 0 && first) await bothHoldOne.promise
        }
        first = false
      })
    await Promise.all([count(ids), count(ids.toReversed())])
    const rows = await world.sql<{ times: number }>('select times from notification.seen where user_id = any ($1)', [ids])
    expect(rows).to.deep.equal([{ times: 3 }, { times: 3 }])
  })

  it('is closed by no late repeat of an older word about a link, and opened by none', async () => {
    const [holder, over] = [randomUUIDv7(), randomUUIDv7()]
    const link = (version: number) => ({ holderId: holder, overId: over, as: 'parent' as const, version })
    const isOpen = async () => {
      await world.idle()
      return (await world.sql<{ granted: boolean }>('select granted from notification.reach where holder_id = $1', [holder]))[0]?.granted
    }
    await world.deliver('reach.revoked', link(2), { schoolId: schoolA })
    await world.deliver('reach.granted', link(1), { schoolId: schoolA })
    expect(await isOpen(), 'the grant comes after its revocation').to.equal(false)
    await world.deliver('reach.granted', link(3), { schoolId: schoolA })
    await world.deliver('reach.revoked', link(2), { schoolId: schoolA })
    expect(await isOpen(), 'the revocation comes after the next grant').to.equal(true)
  })

  it('can be limited to a caller and the people linked to the caller', async () => {
    const [caller, linked, revoked, other] = Array.from({ length: 4 }, () => randomUUIDv7()) as [string, string, string, string]
    const link = (overId: string, version: number) => ({ holderId: caller, overId, as: 'parent' as const, version })
    await world.deliver('reach.granted', link(linked, 1), { schoolId: schoolA })
    await world.deliver('reach.granted', link(revoked, 1), { schoolId: schoolA })
    await world.deliver('reach.revoked', link(revoked, 2), { schoolId: schoolA })
    await world.idle()
    const reached = (reach: 'own' | 'linked' | 'school') =>
      database.transaction({ schoolId: schoolA }, async (tx) => {
        const people = 'select user_id from unnest($1::uuid[]) as person (user_id)'
        const condition = within({ userId: caller, reach }, 'user_id')
        const rows = await tx.query<{ user_id: string }>(`${people} where ${condition}`, [[caller, linked, revoked, other]])
        return rows.map(({ user_id }) => user_id)
      })
    expect(await reached('own')).to.deep.equal([caller])
    expect(await reached('linked')).to.have.members([caller, linked])
    expect(await reached('school')).to.have.length(4)
  })

  it('never takes in what must outlive its refusal', async () => {
    const apart = () => database.transaction({ schoolId: schoolA }, (tx) => insertSeen(tx, schoolA), { alone: true })
    expect(await refusal(database.transaction({ schoolId: schoolA }, apart))).to.match(/outlive a refusal/)
    await apart()
  })
})
