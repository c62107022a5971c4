import { isIP } from 'node:net'
import { Pool } from 'undici'

const connectMsMax = 1_000
const connectionsMax = 128
/** Failures in a row after which an instance gets no requests until a probe of it succeeds. */
const ejectAfter = 3

/** One process of a service: its connections and its state. */
export type Instance = {
  address: string
  pool: Pool
  /** Streams stay open for minutes, so they have connections of their own, without a bound. */
  streams: Pool
  state(): 'up' | 'down' | 'ejected'
  busy: number
  failuresInRow: number
  /** How long the last probe took; undefined where it failed. */
  probeMs: number | undefined
  failed(): void
  answered(): void
  /** Asks the instance whether it is ready, and sets its state by the answer. */
  probe(): Promise<void>
  takeBack(): void
  close(): Promise<void>
}

/** `url` is the configured address of the service, `ip` one of the addresses that its name resolves to. */
export function openInstance(url: URL, ip: string): Instance {
  const origin = `${url.protocol}//${isIP(ip) === 6 ? `[${ip}]` : ip}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`
  const options = { pipelining: 1, connect: { timeout: connectMsMax, servername: url.hostname }, keepAliveTimeout: 30_000 }
  const pool = new Pool(origin, { ...options, connections: connectionsMax })
  const streams = new Pool(origin, { ...options, connections: null })
  let probed: 'up' | 'down' = 'down'
  const instance: Instance = {
    address: origin,
    pool,
    streams,
    state: () => (instance.failuresInRow >= ejectAfter ? 'ejected' : probed),
    busy: 0,
    failuresInRow: 0,
    probeMs: undefined,
    failed: () => void instance.failuresInRow++,
    answered() {
      instance.failuresInRow = 0
    },
    async probe() {
      const begun = performance.now()
      try {
        const times = { headersTimeout: connectMsMax, bodyTimeout: connectMsMax }
        const { statusCode, body } = await streams.request({ path: '/health/ready', method: 'GET', ...times })
        await body.dump()
        if (statusCode !== 200) throw new Error(`It answered ${statusCode}`)
        probed = 'up'
        instance.failuresInRow = 0
        instance.probeMs = Math.round((performance.now() - begun) * 10) / 10
      } catch {
        probed = 'down'
        instance.probeMs = undefined
      }
    },
    takeBack() {
      instance.failuresInRow = 0
      probed = 'up'
    },
    close: async () => void (await Promise.all([pool.destroy(), streams.destroy()])),
  }
  return instance
}
