import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { openFailing } from './failing-service.ts'
import { bearer, lessonList } from './stand-in.ts'

describe('the trial request of an open breaker', () => {
  const start = openFailing()

  it('lets another trial request through when the client of the first leaves', async () => {
    const { how, gateway, ask, state, askTimes } = await start({ timeoutMs: 2_000 })
    how.answer = 'cut'
    await askTimes(3)
    await sleep(1_050)
    how.answer = 'nothing'
    await fetch(gateway.url + lessonList, { headers: await bearer(), signal: AbortSignal.timeout(40) }).catch(() => {})
    await sleep(50)
    expect(await state()).to.include({ state: 'half-open', failuresInRow: 3 })
    how.answer = 200
    expect((await ask()).status).to.equal(200)
    expect((await state())?.state).to.equal('closed')
  })

  for (const instances of [1, 2, 3])
    it(`closes within seconds once the service answers again, however long it would wait (instances: ${instances})`, async () => {
      const { how, ask, state, askTimes } = await start({ recoverySeconds: 300, instances })
      how.answer = 'nothing'
      while ((await state())?.state !== 'open') await askTimes(1)
      how.answer = 200
      await until(async () => (await ask()).status === 200, 5_000)
      expect((await state())?.state).to.equal('closed')
    })

  it('lets one request at a time through to a service that hangs though it answers probes, and refuses the others at once', async () => {
    const { how, ask, state, askTimes } = await start({ recoverySeconds: 300, timeoutMs: 3_000, failureThreshold: 1 })
    how.answer = 'nothing'
    await askTimes(1)
    const before = how.requests
    let refused = 0
    await until(async () => {
      await Promise.race([sleep(20), ask().then(({ status }) => (refused += Number(status === 503)))])
      return how.requests > before
    }, 5_000)
    const others = await Promise.all(Array.from({ length: 20 }, async () => (await ask()).status))
    expect(new Set(others)).to.deep.equal(new Set([503]))
    expect(how.requests - before, 'one trial').to.equal(1)
    expect(refused).to.be.above(20)
    expect((await state())?.state).to.equal('half-open')
  })
})

async function until(check: () => Promise<boolean>, msMax: number) {
  const begun = performance.now()
  while (!(await check())) {
    expect(performance.now() - begun, 'waited too long').to.be.below(msMax)
    await sleep(20)
  }
}
