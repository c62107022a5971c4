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
  const redact = ['password', 'token', '*.password', '*.token', '*.email']
  const logger = pino({ ...options, mixin: () => ({ correlationId: context()?.correlationId }), redact }, destination)
  const plain = pino(options, destination)
  const write = (method: 'debug' | 'info' | 'warn' | 'error'): Write => logger[method].bind(logger)
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error'), plain: plain.info.bind(plain) }
}

/** Buffered stdout, for a server that writes a line with each request: a line may come half a second late, and is lost when the process is killed. */
export const bufferedOut = (): Destination => pino.destination({ sync: false, minLength: 4096, periodicFlush: 500 })
