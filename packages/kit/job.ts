import type { z } from 'zod'

/**
 * A job that a transaction may schedule: its name in the queue and the schema of its payload. Requests wait in the queue while a service is
 * upgraded, so never rename a job, and add only optional fields to its payload.
 */
export type JobType<Payload extends z.ZodType = z.ZodType> = { name: string; payload: Payload }
export type JobRequest<Payload = unknown> = { schoolId: string; correlationId: string; payload: Payload }

/**
 * How a service runs a job: with `cron` (five fields, UTC) by the clock, otherwise when a transaction scheduled it by `tx.later`. A job may
 * run twice and may run late, so it reads the current state and decides by `now()`. When it throws, it is retried with back-off.
 */
export type Job = {
  cron?: string
  run: (request: JobRequest) => Promise<void>
  /** The demo runs it after each past day that it makes, as the clock would have done. */
  inDemo?: true
}
/** Jobs by their names in the queue. */
export type Jobs = Record<string, Job>

type Handlers<Types> = {
  [N in keyof Types]: (request: JobRequest<Types[N] extends JobType<infer P> ? z.output<P> : never>) => Promise<void>
}

/** The jobs that transactions schedule. Each type needs its handler: a missing one does not compile, nor one of an unknown type. */
export function onRequest<Types extends Record<string, JobType>>(types: Types, handlers: Handlers<Types>): Jobs {
  const rows = Object.entries(types).map(([key, { name, payload }]): [string, Job] => {
    const handle = handlers[key] as (request: JobRequest) => Promise<void>
    return [name, { run: (request) => handle({ ...request, payload: payload.parse(request.payload) }) }]
  })
  return Object.fromEntries(rows)
}
