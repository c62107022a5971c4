import { randomUUIDv7 } from 'node:crypto'
import { openLog } from '@repitbot/kit/log'
import { openRedis } from '@repitbot/kit/redis'
import { storeUrls } from '@repitbot/kit/testing/stores'
import { expect } from 'chai'
import { type Limiter, openLimiter } from '../src/limiter.ts'

const log = openLog('test', 'silent')

describe('limits counted by several gateways', () => {
  const opened: ReturnType<typeof openRedis>[] = []
  const connect = async (nobodyAt?: number) => {
    const { hostname: host, port } = new URL(storeUrls().redis)
    const redis = openRedis({ host, port: nobodyAt ?? Number(port) }, log, 2_000)
    opened.push(redis)
    if (!nobodyAt) await new Promise((resolve) => redis.once('ready', resolve))
    return redis
  }
  afterEach(() => {
    for (const redis of opened.splice(0)) redis.disconnect()
  })
  const gateways = async (count: number) => Promise.all(Array.from({ length: count }, async () => openLimiter(await connect(), log)))
  const asked = { correlationId: 'a-request' }
  const newLimit = (perMinute: number) => ({ name: 'client', key: randomUUIDv7(), perMinute })
  /** How many of `count` requests at once, spread over the gateways, are let through. */
  const countAdmitted = async (limiters: Limiter[], count: number, limit: ReturnType<typeof newLimit>) => {
    const taken = await Promise.all(
      Array.from({ length: count }, async (_, n) => (limiters[n % limiters.length] as Limiter).take(limit, asked)),
    )
    return taken.filter((one) => one.admitted).length
  }

  for (const perMinute of [1, 7, 100, 1_000])
    it(`let exactly ${perMinute} a minute through, however the client spreads them over four gateways at once`, async () => {
      const limiters = await gateways(4)
      const limit = newLimit(perMinute)
      expect(await countAdmitted(limiters, perMinute * 3 + 40, limit)).to.equal(perMinute)
      expect(await countAdmitted(limiters, 40, limit), 'and no more').to.equal(0)
    })

  it('let no more through when each gateway holds a part of a lease', async () => {
    const limiters = await gateways(3)
    const limit = newLimit(100)
    let sum = 0
    for (let n = 0; n < 150; n++) sum += await countAdmitted([limiters[(n * 7) % 3] as Limiter], 1, limit)
    expect(sum).to.equal(100)
  })

  /** A connection that counts how often it was asked for a lease. */
  const counting = async () => {
    let calls = 0
    const redis = new Proxy(await connect(), {
      get: (target, name) => {
        if (name === 'rlflxIncr') calls++
        const value = Reflect.get(target, name) as unknown
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    return { redis, calls: () => calls }
  }

  it('lease several requests from Redis at a time while a client is far from the limit', async () => {
    const { redis, calls } = await counting()
    const limit = newLimit(1_000)
    expect(await countAdmitted([openLimiter(redis, log)], 500, limit)).to.equal(500)
    expect(calls()).to.be.within(10, 25)
  })

  it('keep the leases of so many clients, and ask anew for a client whose lease was dropped', async () => {
    const { redis, calls } = await counting()
    const limiter = openLimiter(redis, log, 2)
    const [first, ...others] = [newLimit(1_000), newLimit(1_000), newLimit(1_000)]
    const take = (limit = first) => countAdmitted([limiter], 1, limit)
    expect([await take(), await take(), calls()]).to.deep.equal([1, 1, 1])
    for (const limit of others) await take(limit)
    expect([await take(), calls()]).to.deep.equal([1, 4])
  })

  it('go on from the last count when Redis goes away, and in memory never let more than the limit through', async () => {
    const redis = await connect()
    const limiter = openLimiter(redis, log)
    const limit = newLimit(20)
    expect(await countAdmitted([limiter], 15, limit)).to.equal(15)
    redis.disconnect()
    const begun = performance.now()
    expect(await countAdmitted([limiter], 30, limit)).to.equal(5)
    expect(performance.now() - begun).to.be.below(1_000)
    const other = newLimit(10)
    expect(await countAdmitted([limiter], 30, other), 'also of a new client').to.equal(10)
  })

  it('are counted in memory where there is no Redis', async () => {
    const limit = newLimit(10)
    expect(await countAdmitted([openLimiter(undefined, log)], 30, limit)).to.equal(10)
    expect(await countAdmitted([openLimiter(await connect(9), log)], 30, newLimit(10))).to.equal(10)
  })

  it('say how many are left and for how long, and keep their count when the limit is changed', async () => {
    const [limiter] = (await gateways(1)) as [Limiter]
    const limit = newLimit(10)
    expect(await countAdmitted([limiter], 6, limit)).to.equal(6)
    const { admitted, remaining, resetSeconds } = await limiter.take(limit, asked)
    expect([admitted, remaining]).to.deep.equal([true, 3])
    expect(resetSeconds).to.be.within(50, 60)
    expect(await countAdmitted([limiter], 5, { ...limit, perMinute: 7 }), 'lowered to what was used').to.equal(0)
    expect(await countAdmitted([limiter], 50, { ...limit, perMinute: 12 }), 'raised by five').to.equal(5)
  })
})
