import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '@repitbot/kit/testing/until'
import { expect } from 'chai'
import fc from 'fast-check'
import { openQueue, type QueueMetrics } from '../src/kernel/queue.ts'
import { silent } from './runtime.ts'

const metrics: QueueMetrics = { added: () => {}, retried: () => {}, started: () => {}, ended: () => {} }
const retry = { msMin: 1, msMax: 4 }

describe('operator: the queue', () => {
  it('reconciles a key once at a time, with no more than its workers, and once more after each addition', async () => {
    const step = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), pauseMs: fc.nat(2), workMs: fc.nat(3), fails: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 3 }), async (steps, workers) => {
        const inFlight = new Set<string>()
        const done = new Map<string, number>()
        const added = new Map<string, number>()
        let most = 0
        let doubled = 0
        let turn = 0
        const queue = openQueue({
          reconcile: async (key) => {
            if (inFlight.has(key)) doubled++
            inFlight.add(key)
            most = Math.max(most, inFlight.size)
            const sees = added.get(key) ?? 0
            const { workMs, fails } = steps[turn++ % steps.length]!
            await sleep(workMs)
            inFlight.delete(key)
            if (fails && turn < 60) throw new Error('as the test wants it')
            done.set(key, sees)
            return undefined
          },
          workers,
          log: silent,
          metrics,
          retry,
        })
        queue.run(true)
        for (const [index, { key, pauseMs }] of steps.entries()) {
          added.set(key, index + 1)
          queue.add(key)
          if (pauseMs) await sleep(pauseMs - 1)
        }
        await until(() => [...added].every(([key, last]) => done.get(key) === last))
        expect(doubled, 'two at a time').to.equal(0)
        expect(most).to.be.at.most(workers)
        await queue.close()
      }),
      { numRuns: 40 },
    )
  })

  it('holds a key only once, however often it is added', async () => {
    let turns = 0
    const queue = openQueue({
      reconcile: async () => {
        turns++
        return undefined
      },
      workers: 4,
      log: silent,
      metrics,
    })
    for (let time = 0; time < 100; time++) queue.add('a')
    expect(queue.depth()).to.equal(1)
    queue.run(true)
    await until(() => turns === 1)
    await queue.close()
    expect(turns).to.equal(1)
  })

  it('waits as long as the API server asks for, and longer after each failure', async () => {
    const begun: number[] = []
    const queue = openQueue({
      reconcile: async () => {
        begun.push(performance.now())
        if (begun.length === 1) throw Object.assign(new Error('too many'), { status: 429, retryAfterMs: 150 })
        return undefined
      },
      workers: 1,
      log: silent,
      metrics,
      retry,
    })
    queue.run(true)
    queue.add('a')
    await until(() => begun.length === 2)
    expect(begun[1]! - begun[0]!).to.be.at.least(145)
    await queue.close()
  })
})
