import type { z } from 'zod'

/**
 * A job that a transaction may ask for: its name in the queue and the schema of its payload. Requests wait in the queue while a service is
 * upgraded, so a name stays as it is, and fields of a payload are only added, and optional.
 */
export type JobType<Payload extends z.ZodType = z.ZodType> = { name: string; payload: Payload }
export type JobRequest<Payload = unknown> = { schoolId: string; correlationId: string; payload: Payload }

/**
 * How a service runs a job: with `cron` (five fields, UTC) on the clock, else whenever a transaction asked for it by `tx.later`.
 * A run may repeat and may be late: it reads what is true now, and decides by `now()`. A throw is tried again with back-off.
 */
export type Job = {
  cron?: string
  run: (request: JobRequest) => Promise<void>
  /** The demo runs it after each day of the past that it makes, as the clock would have done. */
  inDemo?: true
}
/** By the names that they have in the queue. */
export type Jobs = Record<string, Job>

type Handlers<Types> = {
  [N in keyof Types]: (request: JobRequest<Types[N] extends JobType<infer P> ? z.output<P> : never>) => Promise<void>
}

/** The jobs that run when they are asked for. Each type needs its handler: a missing one does not compile, nor one for an unknown type. */
export function onRequest<Types extends Record<string, JobType>>(types: Types, handlers: Handlers<Types>): Jobs {
  const rows = Object.entries(types).map(([key, { name, payload }]): [string, Job] => {
    const handle = handlers[key] as (request: JobRequest) => Promise<void>
    return [name, { run: (request) => handle({ ...request, payload: payload.parse(request.payload) }) }]
  })
  return Object.fromEntries(rows)
}
