import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import { context } from './context.ts'
import type { JobRequest, JobType } from './job.ts'

/** When a job runs, by the clock of the service; of requests with the same key only the last one runs. */
export type When = { at: Date; key: string }
export type Later<Payload> = When & { payload: Payload; schoolId?: string; correlationId?: string }

/** The queue of a service, and the schools that a request gets when it names none. */
export type Queue = {
  service: string
  schools: string[]
  now: () => Date
  query: (sql: string, values: unknown[], name: string) => Promise<unknown>
}

/** Puts jobs into the service's queue, in the transaction that schedules them. */
export async function addJobs<P extends z.ZodType>(queue: Queue, job: JobType<P>, requests: Later<z.input<P>>[]): Promise<void> {
  if (!requests.length) return
  const schema = `${queue.service}_jobs`
  // The queue runs by real time, while the clock of the service may be set by hand, as in the demo and in tests.
  const aheadMs = Date.now() - queue.now().getTime()
  const specs = new Map(
    requests.map(({ at, key, payload, ...rest }) => [
      key,
      {
        key,
        run_at: new Date(at.getTime() + aheadMs).toISOString(),
        payload: requestOf(queue, { ...rest, payload: job.payload.parse(payload) }),
      },
    ]),
  )
  await queue.query(
    `select from ${schema}.add_jobs(array(select row($1::text, payload, null, run_at, 10, key, 0, null)::${schema}.job_spec
     from jsonb_to_recordset($2) as s (payload json, run_at timestamptz, key text) order by key))`,
    [job.name, JSON.stringify([...specs.values()])],
    'later',
  )
}

/** Removes jobs from the queue by their keys. */
export async function removeJobs({ service, query }: Queue, keys: string[]): Promise<void> {
  if (keys.length) await query(`select ${service}_jobs.remove_job(key) from unnest($1::text[]) as key order by key`, [keys], 'not-later')
}

function requestOf({ schools }: Queue, { schoolId, correlationId, payload }: Partial<JobRequest>): JobRequest {
  return { schoolId: schoolId ?? schools[0] ?? '', correlationId: correlationId ?? context()?.correlationId ?? randomUUIDv7(), payload }
}
