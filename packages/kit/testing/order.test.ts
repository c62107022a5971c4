import { randomBytes, randomUUIDv7 } from 'node:crypto'
import type { Consumers } from '@repitbot/contracts/events'
import { expect } from 'chai'
import { openInbox } from '../consume.ts'
import { openDatabase } from '../database.ts'
import { openLog } from '../log.ts'
import { openMetrics } from '../metrics.ts'
import { migrate } from '../migrate.ts'
import { runtimeRole } from '../migrations.ts'
import { dropDatabase, ownerAddress, rolePassword, throwAwayDatabase } from './stores.ts'
import { toyService } from './toy.ts'

describe('kit: the events of one batch', () => {
  const name = `order_${randomBytes(6).toString('hex')}`
  before(() => throwAwayDatabase(name, []))
  after(() => dropDatabase(name))

  it('are handled in the declared order, whatever the order of arrival or of the table', async () => {
    const service = toyService()
    await migrate(service, ownerAddress(name), rolePassword)
    const database = openDatabase(service.name, { ...ownerAddress(name), user: runtimeRole(service.name), password: rolePassword })
    const handled: string[] = []
    const handle = (event: string) => async () => void handled.push(event)
    const consumers: Consumers[] = [
      {
        'streak.reached': handle('streak.reached'),
        'telegram.linked': handle('telegram.linked'),
        'student.level_up': handle('student.level_up'),
      },
    ]
    const metrics = openMetrics(service.name, { generation: () => 0, refusals: () => 0 })
    const log = openLog('toy', 'silent')
    const inbox = openInbox({ service: service.name, database, consumers, order: ['telegram.linked', 'student.level_up'], log, metrics })
    const schoolId = randomUUIDv7()
    const message = (event: string, body: object) => {
      const envelope = { schemaVersion: 1, schoolId, occurredAt: new Date().toISOString(), correlationId: randomUUIDv7() }
      return JSON.stringify({ id: randomUUIDv7(), name: event, ...envelope, body })
    }
    const studentId = randomUUIDv7()
    await inbox.accept([
      message('streak.reached', { studentId, days: 3 }),
      message('student.level_up', { studentId, from: 1, to: 2 }),
      message('telegram.linked', { userId: studentId, requestId: randomUUIDv7() }),
    ])
    expect(handled).to.deep.equal(['telegram.linked', 'student.level_up', 'streak.reached'])
    await inbox.close()
    await database.close()
  })
})
