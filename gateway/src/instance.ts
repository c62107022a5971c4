import { isIP } from 'node:net'
import { Pool } from 'undici'

const connectMsMax = 1_000
const connectionsMax = 128
/** Failures in a row after which an instance is left out until a look at it succeeds. */
const ejectAfter = 3

/** One process of a service: its connections, and how it has been of late. */
export type Instance = {
  address: string
  /** Streams stay open for minutes, so they have connections of their own, as many as there are. */
  pool: Pool
  streams: Pool
  state(): 'up' | 'down' | 'ejected'
  busy: number
  failuresInRow: number
  lookMs: number | undefined
  failed(): void
  answered(): void
  look(): Promise<void>
  takeBack(): void
  close(): Promise<void>
}

/** `url` is where the service is said to be, `ip` one of the addresses its name stands for. */
export function openInstance(url: URL, ip: string): Instance {
  const origin = `${url.protocol}//${isIP(ip) === 6 ? `[${ip}]` : ip}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`
  const options = { pipelining: 1, connect: { timeout: connectMsMax, servername: url.hostname }, keepAliveTimeout: 30_000 }
  const pool = new Pool(origin, { ...options, connections: connectionsMax })
  const streams = new Pool(origin, { ...options, connections: null })
  let seen: 'up' | 'down' = 'down'
  const instance: Instance = {
    address: origin,
    pool,
    streams,
    state: () => (instance.failuresInRow >= ejectAfter ? 'ejected' : seen),
    busy: 0,
    failuresInRow: 0,
    lookMs: undefined,
    failed: () => void instance.failuresInRow++,
    answered() {
      instance.failuresInRow = 0
    },
    async look() {
      const begun = performance.now()
      try {
        const times = { headersTimeout: connectMsMax, bodyTimeout: connectMsMax }
        const { statusCode, body } = await streams.request({ path: '/health/ready', method: 'GET', ...times })
        await body.dump()
        if (statusCode !== 200) throw new Error(`It answered ${statusCode}`)
        seen = 'up'
        instance.failuresInRow = 0
        instance.lookMs = Math.round((performance.now() - begun) * 10) / 10
      } catch {
        seen = 'down'
        instance.lookMs = undefined
      }
    },
    takeBack() {
      instance.failuresInRow = 0
      seen = 'up'
    },
    close: async () => void (await Promise.all([pool.destroy(), streams.destroy()])),
  }
  return instance
}
