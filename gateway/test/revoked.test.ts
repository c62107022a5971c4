import { randomUUIDv7 } from 'node:crypto'
import { accessSecondsMax } from '@repitbot/contracts/trust'
import { openLog } from '@repitbot/kit/log'
import { localSignals } from '@repitbot/kit/signals'
import { until } from '@repitbot/kit/testing/until'
import { expect } from 'chai'
import { openRevoked } from '../src/revoked.ts'
import { serviceSecret, standIn } from './stand-in.ts'

describe('the ended sessions that a gateway knows', () => {
  it('are kept for longer than an access token lives, and then forgotten', async function () {
    this.timeout(30_000)
    let [at, polls] = [Date.parse('2026-09-07T08:00:00Z'), 0]
    const user = await standIn((_request, response) => {
      polls++
      response.setHeader('content-type', 'application/json').end('{"sessionIds":[]}')
    })
    const signals = localSignals()
    const runtime = { userUrl: user.url, serviceSecret, signals, log: openLog('test', 'silent'), now: () => new Date(at) }
    const revoked = openRevoked({ ...runtime, onRevoked: () => {} })
    try {
      const sessionId = randomUUIDv7()
      signals.send('sessions.revoked', { sessionIds: [sessionId] })
      await until(() => revoked.has(sessionId))
      const begins = at
      const hasAfter = async (seconds: number) => {
        at = begins + seconds * 1000
        const polled = polls
        await until(() => polls > polled + 1)
        return revoked.has(sessionId)
      }
      expect(await hasAfter(accessSecondsMax + 60), 'a token that was given just before').to.equal(true)
      expect(await hasAfter(15 * 60 + 1)).to.equal(false)
    } finally {
      revoked.close()
      await user.close()
    }
  })
})
