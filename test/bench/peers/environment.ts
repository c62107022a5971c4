import { createPublicKey } from 'node:crypto'
import { pino } from 'pino'
import { Counter, Histogram, Registry } from 'prom-client'

// What the peers written for Node have in common: their environment, and the parts that the gateway takes from the same libraries.

const { PORT, TO = '', REDIS_PORT, JWK = '', LIMIT, ORIGIN = '' } = process.env
export const peer = { port: Number(PORT), to: TO, redisPort: Number(REDIS_PORT), limit: Number(LIMIT), origin: ORIGIN }
export const publicKey = () => createPublicKey({ key: JSON.parse(JWK), format: 'jwk' })
export const bufferedLog = () => pino(pino.destination({ sync: false, minLength: 4096, periodicFlush: 500 }))

export function openFigures() {
  const registry = new Registry()
  const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
  const name = 'http_request_duration_seconds'
  const seconds = new Histogram({ name, help: 'Time to the answer', labelNames: ['status'], buckets, registers: [registry] })
  const refused = new Counter({ name: 'refused_total', help: 'Requests above the limit', registers: [registry] })
  return { registry, refused, ok: seconds.labels({ status: '200' }), other: seconds.labels({ status: 'other' }) }
}
