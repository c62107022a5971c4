import { pino } from 'pino'
import { context } from './context.ts'

export type Log = {
  debug: Write
  info: Write
  warn: Write
  error: Write
  /** For the line of each request: costs much less, because it adds no fields and hides no secrets. */
  plain: Write
}
type Write = (fields: Record<string, unknown>, message: string) => void
type Destination = { write(line: string): void }

/** Writes JSON lines to stdout; each has the service and the current correlation id. `level` may be `silent`. */
export function openLog(service: string, level: string, destination: Destination = pino.destination({ sync: true })): Log {
  const options = { level, base: { service }, timestamp: () => `,"time":"${new Date().toISOString()}"` }
  const formatters = { log: (fields: object) => withoutSecrets(fields) as Record<string, unknown> }
  const logger = pino({ ...options, mixin: () => ({ correlationId: context()?.correlationId }), formatters }, destination)
  const plain = pino(options, destination)
  const write = (method: 'debug' | 'info' | 'warn' | 'error'): Write => logger[method].bind(logger)
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error'), plain: plain.info.bind(plain) }
}

const secretNames = new Set(['password', 'token', 'email'])
const depthMax = 8

/** A copy of the fields in which passwords, tokens and e-mail addresses are hidden, at any depth. */
function withoutSecrets(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Error || value instanceof Date) return value
  if (depth === depthMax) return '[deep]'
  if (Array.isArray(value)) return value.map((one) => withoutSecrets(one, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, secretNames.has(name) ? '[hidden]' : withoutSecrets(one, depth + 1)]),
  )
}

/** Buffered stdout, for a server that writes a line with each request: a line may come half a second late, and is lost when the process is killed. */
export const bufferedOut = (): Destination => pino.destination({ sync: false, minLength: 4096, periodicFlush: 500 })
