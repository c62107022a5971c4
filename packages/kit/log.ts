import { pino } from 'pino'
import { context } from './context.ts'

export type Log = { debug: Write; info: Write; warn: Write; error: Write }
type Write = (fields: Record<string, unknown>, message: string) => void

/** JSON lines on stdout; each carries the house and the correlation id of what is being done. `level` may be `silent`. */
export function openLog(house: string, level: string, destination?: { write(line: string): void }): Log {
  const options = {
    level,
    base: { house },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    mixin: () => ({ correlationId: context()?.correlationId }),
    redact: ['password', 'token', '*.password', '*.token', '*.email'],
  }
  return pino(options, destination ?? pino.destination({ sync: true }))
}
