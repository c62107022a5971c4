import { randomUUIDv7 } from 'node:crypto'
import { context } from './context.ts'

export type Later = { payload: Record<string, unknown>; at: Date; key: string; schoolId?: string; correlationId?: string }
type Query = (sql: string, values: unknown[], name: string) => Promise<unknown>

/** Puts jobs into the service's queue, in the same transaction as what they are about. */
export async function addJobs(
  query: Query,
  service: string,
  { job, requests, schools }: { job: string; requests: Later[]; schools: string[] },
) {
  const schema = `${service}_jobs`
  const specs = new Map(requests.map((request) => [request.key, jobSpec(request, schools)]))
  if (!specs.size) return
  await query(
    `select from ${schema}.add_jobs(array(select row($1::text, payload, null, run_at, 10, key, 0, null)::${schema}.job_spec
     from jsonb_to_recordset($2) as s (payload json, run_at timestamptz, key text) order by key))`,
    [job, JSON.stringify([...specs.values()])],
    'later',
  )
}

/** Takes jobs out of the queue by their keys. */
export async function removeJobs(query: Query, service: string, keys: string[]) {
  if (keys.length) await query(`select ${service}_jobs.remove_job(key) from unnest($1::text[]) as key order by key`, [keys], 'not-later')
}

function jobSpec({ payload, at, key, schoolId, correlationId }: Later, schools: string[]) {
  const request = { schoolId: schoolId ?? schools[0], correlationId: correlationId ?? context()?.correlationId ?? randomUUIDv7(), payload }
  return { payload: request, run_at: at.toISOString(), key }
}
