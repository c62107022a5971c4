import { pino } from 'pino'
import { context } from './context.ts'

export type Log = {
  debug: Write
  info: Write
  warn: Write
  error: Write
  /** The line of each request, put together by hand, because it is the only one whose cost counts. The correlation id and the method must need no escaping in JSON. */
  answered(fields: Answered, ms: number): void
}
export type Answered = { correlationId: string; method: string; route: string; status: number }
type Write = (fields: Record<string, unknown>, message: string) => void
type Destination = { write(line: string): void }

/** Writes JSON lines to stdout; each has the service and the current correlation id. `level` may be `silent`. */
export function openLog(service: string, level: string, destination: Destination = pino.destination({ sync: true })): Log {
  const options = { level, base: { service }, timestamp: () => `,"time":"${new Date().toISOString()}"` }
  const formatters = { log: (fields: object) => withoutSecrets(fields) as Record<string, unknown> }
  const logger = pino({ ...options, mixin: () => ({ correlationId: context()?.correlationId }), formatters }, destination)
  const write = (method: 'debug' | 'info' | 'warn' | 'error'): Write => logger[method].bind(logger)
  const begin = `{"level":${logger.levels.values.info},"time":"`
  const time = openTime()
  const answered: Log['answered'] = ({ correlationId, method, route, status }, ms) =>
    destination.write(
      `${begin}${time()}","service":"${service}","correlationId":"${correlationId}","method":"${method}","route":${JSON.stringify(route)},"status":${status},"ms":${Math.round(ms * 10) / 10},"msg":"answered"}\n`,
    )
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    answered: logger.isLevelEnabled('info') ? answered : () => {},
  }
}

/** The time of now as ISO 8601; what is the same within a second is kept. */
function openTime(): () => string {
  let second = 0
  let text = ''
  return () => {
    const now = Date.now()
    const ms = now % 1000
    if (now - ms !== second) {
      second = now - ms
      text = new Date(second).toISOString().slice(0, -4)
    }
    return `${text}${ms < 10 ? '00' : ms < 100 ? '0' : ''}${ms}Z`
  }
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
