import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { expect } from 'chai'
import type pg from 'pg'
import { openInbox } from '../consume.ts'
import { openDatabase } from '../database.ts'
import { openLog } from '../log.ts'
import { openMetrics } from '../metrics.ts'
import { migrate } from '../migrate.ts'
import { runtimeRole } from '../migrations.ts'
import { cardOf } from './people.ts'
import { dropDatabase, ownerAddress, rolePassword, throwAwayDatabase } from './stores.ts'
import { toyConsumers, toyService } from './toy.ts'

describe('kit: a transaction that cannot begin', () => {
  const name = `begin_${randomBytes(6).toString('hex')}`
  before(() => throwAwayDatabase(name, []))
  after(() => dropDatabase(name))

  it('leaves an event unmarked, though the first statement has run, so that it is handled when it comes again', async () => {
    const service = toyService()
    await migrate(service, ownerAddress(name), rolePassword)
    const database = openDatabase(service.name, { ...ownerAddress(name), user: runtimeRole(service.name), password: rolePassword })
    const consumers = [toyConsumers(database, () => false)]
    const metrics = openMetrics(service.name, { generation: () => 0, refusals: () => 0 })
    const inbox = openInbox({ service: service.name, database, consumers, log: openLog('toy', 'silent'), metrics })
    let failing = true
    database.pool.on('acquire', (client) => breakBegin(client, () => failing))
    const schoolId = randomUUIDv7()
    const message = JSON.stringify({
      id: randomUUIDv7(),
      name: 'user.created',
      schemaVersion: 1,
      schoolId,
      occurredAt: new Date().toISOString(),
      correlationId: randomUUIDv7(),
      body: cardOf('Somebody', { userId: randomUUIDv7(), schoolId, role: 'student' }),
    })
    await inbox.accept([message])
    const failed = 'select from retry where error like $1'
    expect((await database.pool.query(failed, ['%division by zero%'])).rowCount).to.equal(1)
    failing = false
    await inbox.accept([message])
    const rows = await database.transaction({ schoolId }, (tx) => tx.query('select times from seen'))
    expect(rows).to.deep.equal([{ times: 1 }])
    await inbox.close()
    await database.close()
  })
})

function breakBegin(client: pg.PoolClient, isFailing: () => boolean) {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown
  client.query = ((config: pg.QueryConfig, ...more: unknown[]) =>
    query(isFailing() && config.text?.startsWith('begin') ? { text: 'select 1 / 0' } : config, ...more)) as pg.PoolClient['query']
}
