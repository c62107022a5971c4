import { randomBytes } from 'node:crypto'
import { Settings } from '@repitbot/contracts/settings'
import { expect } from 'chai'
import { fixedKeys } from '../auth.ts'
import { localBus } from '../bus.ts'
import { openLog } from '../log.ts'
import { migrate } from '../migrate.ts'
import { runtimeRole } from '../migrations.ts'
import { openService } from '../open.ts'
import { localSignals } from '../signals.ts'
import { dropDatabase, ownerAddress, rolePassword, throwAwayDatabase } from './stores.ts'
import { toyService } from './toy.ts'

const port = 20_000 + (process.pid % 10_000)
const statusOf = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status

describe('kit: a service whose schema is not migrated yet', () => {
  const name = `waiting_${randomBytes(6).toString('hex')}`
  before(() => throwAwayDatabase(name, []))
  after(() => dropDatabase(name))

  it('is live, not ready and unavailable until the migration, and then serves', async () => {
    const service = toyService()
    const opening = openService(service, {
      address: { ...ownerAddress(name), user: runtimeRole(service.name), password: rolePassword },
      bus: localBus(),
      signals: localSignals(),
      settings: { current: () => Settings.parse({}), generation: () => 0, uid: () => '', refusals: () => 0, close: () => {} },
      keys: () => fixedKeys({ keys: [] }),
      secrets: {},
      config: undefined,
      now: () => new Date(),
      log: openLog('toy', 'silent'),
      port,
      jobs: false,
    })
    while ((await statusOf('/health/live').catch(() => 0)) !== 200) await new Promise((resolve) => setTimeout(resolve, 10))
    expect([await statusOf('/health/ready'), await statusOf('/anything')]).to.deep.equal([503, 503])
    await migrate(service, ownerAddress(name), rolePassword)
    const open = await opening
    while ((await statusOf('/health/ready')) !== 200) await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await statusOf('/anything')).to.equal(404)
    await open.close()
  })
})
