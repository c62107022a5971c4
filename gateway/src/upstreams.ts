import type { HouseName } from '@repitbot/contracts/services'
import type { Check } from '@repitbot/kit/http'
import { Pool } from 'undici'

const connectMsMax = 1_000
const lookMs = 2_000
const connectionsMax = 128

export type Upstreams = {
  /** The next instance of a house in turn. Streams stay open for minutes, so they have connections of their own, as many as there are. */
  pool(house: HouseName, kind?: 'stream'): Pool
  checks(): Record<string, Check>
  look(): Promise<void>
  close(): Promise<void>
}

/** Connections kept to every house, and how each was last seen: looked at now and then, never while a request waits. */
export function openUpstreams(addresses: Record<HouseName, string[]>): Upstreams {
  const poolsOf = (connections: number | null) =>
    new Map(
      Object.entries(addresses).map(([name, urls]) => [
        name as HouseName,
        urls.map((url) => new Pool(url, { connections, pipelining: 1, connect: { timeout: connectMsMax }, keepAliveTimeout: 30_000 })),
      ]),
    )
  const pools = poolsOf(connectionsMax)
  const streams = poolsOf(null)
  const turns = new Map<HouseName, number>()
  const checks: Record<string, Check> = Object.fromEntries([...pools.keys()].map((name) => [name, { state: 'down' }]))
  const look = async () => {
    await Promise.all(
      [...pools].map(async ([name, instances]) => {
        checks[name] = await seen(instances)
      }),
    )
  }
  const timer = setInterval(() => void look(), lookMs).unref()
  return {
    pool(house, kind) {
      const instances = (kind === 'stream' ? streams : pools).get(house) ?? []
      const turn = (turns.get(house) ?? 0) % instances.length
      turns.set(house, turn + 1)
      return instances[turn] as Pool
    },
    checks: () => checks,
    look,
    async close() {
      clearInterval(timer)
      await Promise.all([...pools.values(), ...streams.values()].flat().map((pool) => pool.destroy()))
    },
  }
}

/** A house is up while one of its instances is ready; the latency is the quickest one's. */
async function seen(instances: Pool[]): Promise<Check> {
  const asked = instances.map(async (pool) => {
    const begun = performance.now()
    const { statusCode, body } = await pool.request({
      path: '/health/ready',
      method: 'GET',
      headersTimeout: connectMsMax,
      bodyTimeout: connectMsMax,
    })
    await body.dump()
    if (statusCode !== 200) throw new Error(`It answered ${statusCode}`)
    return Math.round((performance.now() - begun) * 10) / 10
  })
  return Promise.any(asked).then(
    (latencyMs): Check => ({ state: 'up', latencyMs }),
    (): Check => ({ state: 'down' }),
  )
}
