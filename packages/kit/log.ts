import { pino } from 'pino'
import { context } from './context.ts'

export type Log = {
  debug: Write
  info: Write
  warn: Write
  error: Write
  /** For what is written with each request: of fields that say all and hide nothing, at a fraction of the cost. */
  plain: Write
}
type Write = (fields: Record<string, unknown>, message: string) => void
type Destination = { write(line: string): void }

/** JSON lines on stdout; each carries the service and the correlation id of what is being done. `level` may be `silent`. */
export function openLog(service: string, level: string, destination: Destination = pino.destination({ sync: true })): Log {
  const options = { level, base: { service }, timestamp: () => `,"time":"${new Date().toISOString()}"` }
  const redact = ['password', 'token', '*.password', '*.token', '*.email']
  const logger = pino({ ...options, mixin: () => ({ correlationId: context()?.correlationId }), redact }, destination)
  const plain = pino(options, destination)
  const write = (method: 'debug' | 'info' | 'warn' | 'error'): Write => logger[method].bind(logger)
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error'), plain: plain.info.bind(plain) }
}

/** Stdout by the bufferful, for a door that writes with each request: a line may come half a second late, and is lost with a killed process. */
export const bufferedOut = (): Destination => pino.destination({ sync: false, minLength: 4096, periodicFlush: 500 })
