import { randomUUIDv7 } from 'node:crypto'
import { openLog } from '@repitbot/kit/log'
import { openRedis } from '@repitbot/kit/redis'
import { storeUrls } from '@repitbot/kit/testing/stores'
import { expect } from 'chai'
import { type Limiter, openLimiter } from '../src/limiter.ts'

const log = openLog('test', 'silent')

describe('limits counted by several gateways', () => {
  const opened: ReturnType<typeof openRedis>[] = []
  const connected = async (nobodyAt?: number) => {
    const { hostname: host, port } = new URL(storeUrls().redis)
    const redis = openRedis({ host, port: nobodyAt ?? Number(port) }, log, 2_000)
    opened.push(redis)
    if (!nobodyAt) await new Promise((resolve) => redis.once('ready', resolve))
    return redis
  }
  afterEach(() => {
    for (const redis of opened.splice(0)) redis.disconnect()
  })
  const gateways = async (count: number) => Promise.all(Array.from({ length: count }, async () => openLimiter(await connected(), log)))
  const newLimit = (perMinute: number) => ({ name: 'client', key: randomUUIDv7(), perMinute })
  /** How many of so many at once, spread over the gateways, are let through. */
  const admitted = async (limiters: Limiter[], count: number, limit: ReturnType<typeof newLimit>) => {
    const taken = await Promise.all(Array.from({ length: count }, async (_, n) => (limiters[n % limiters.length] as Limiter).take(limit)))
    return taken.filter((one) => one.admitted).length
  }

  for (const perMinute of [1, 7, 100, 1_000])
    it(`let exactly ${perMinute} a minute through, however the client spreads them over four gateways at once`, async () => {
      const limiters = await gateways(4)
      const limit = newLimit(perMinute)
      expect(await admitted(limiters, perMinute * 3 + 40, limit)).to.equal(perMinute)
      expect(await admitted(limiters, 40, limit), 'and no more').to.equal(0)
    })

  it('let no more through when each gateway holds a part of a lease', async () => {
    const limiters = await gateways(3)
    const limit = newLimit(100)
    let sum = 0
    for (let n = 0; n < 150; n++) sum += await admitted([limiters[(n * 7) % 3] as Limiter], 1, limit)
    expect(sum).to.equal(100)
  })

  it('ask Redis for several at a time while a client is far from his limit', async () => {
    const redis = await connected()
    let asked = 0
    const counting = new Proxy(redis, {
      get: (target, name) => {
        if (name === 'rlflxIncr') asked++
        const value = Reflect.get(target, name) as unknown
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const limit = newLimit(1_000)
    expect(await admitted([openLimiter(counting, log)], 500, limit)).to.equal(500)
    expect(asked).to.be.within(10, 25)
  })

  it('go on from what was counted when Redis goes away, and never ask for more than the limit in memory', async () => {
    const redis = await connected()
    const limiter = openLimiter(redis, log)
    const limit = newLimit(20)
    expect(await admitted([limiter], 15, limit)).to.equal(15)
    redis.disconnect()
    const begun = performance.now()
    expect(await admitted([limiter], 30, limit)).to.equal(5)
    expect(performance.now() - begun).to.be.below(1_000)
    const other = newLimit(10)
    expect(await admitted([limiter], 30, other), 'nor anybody new').to.equal(10)
  })

  it('hold from memory where there is no Redis', async () => {
    const limit = newLimit(10)
    expect(await admitted([openLimiter(undefined, log)], 30, limit)).to.equal(10)
    expect(await admitted([openLimiter(await connected(9), log)], 30, newLimit(10))).to.equal(10)
  })

  it('tell how many are left and for how long, and forget nothing when the limit is changed', async () => {
    const [limiter] = (await gateways(1)) as [Limiter]
    const limit = newLimit(10)
    expect(await admitted([limiter], 6, limit)).to.equal(6)
    const { admitted: isIn, remaining, resetSeconds } = await limiter.take(limit)
    expect([isIn, remaining]).to.deep.equal([true, 3])
    expect(resetSeconds).to.be.within(50, 60)
    expect(await admitted([limiter], 5, { ...limit, perMinute: 7 }), 'lowered to what was used').to.equal(0)
    expect(await admitted([limiter], 50, { ...limit, perMinute: 12 }), 'raised by five').to.equal(5)
  })
})
