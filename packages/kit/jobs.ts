import { randomUUIDv7 } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { Runner, WorkerEvents } from 'graphile-worker'
import { withContext } from './context.ts'
import type { OpenDatabase } from './database.ts'
import type { JobRequest, Jobs } from './job.ts'
import type { Log } from './log.ts'

const concurrency = 2
const pollMs = 1_000
const restartMs = 1_000

/**
 * A runner says every so often that it lives; one that was silent for so long is dead, and its jobs are free again within the sum.
 * Several beats fit into a silence: a busy pool may cost one.
 */
export type Pulse = { beatMs: number; silenceMs: number }
export const pulse: Pulse = { beatMs: 5_000, silenceMs: 40_000 }

export type JobsDeps = { service: string; database: OpenDatabase; jobs: Jobs; log: Log }

/** Runs the jobs of a service from its own queue, and starts again when the database was away too long for the runner. */
export function openJobs({ service, database, jobs, log }: JobsDeps, { beatMs, silenceMs }: Pulse = pulse): { close(): Promise<void> } {
  let closed = false
  let runner: Runner | undefined
  const schema = `${service}_jobs`
  const events: WorkerEvents = new EventEmitter()
  const locks = openLocks({ pool: database.pool, schema, log }, { beatMs, silenceMs })
  const unknown = watchUnknown({ pool: database.pool, schema, log, names: Object.keys(jobs) }, silenceMs)
  events.on('pool:create', ({ workerPool }) => locks.beatFor(workerPool.id))
  const taskList = Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [
      name,
      async (payload: unknown) => {
        const request = { schoolId: '', correlationId: randomUUIDv7(), payload: {}, ...(payload as Partial<JobRequest>) }
        await withContext({ correlationId: request.correlationId }, () => job.run(request))
      },
    ]),
  )
  const keepRunning = async () => {
    // Read only now, when the service already answers for its health.
    const { Logger, parseCronItems, run } = await import('graphile-worker')
    const parsedCronItems = parseCronItems(
      Object.entries(jobs).flatMap(([task, { cron }]) =>
        cron ? [{ task, match: cron, identifier: task, options: { backfillPeriod: 0 } }] : [],
      ),
    )
    const logger = new Logger(() => (level, message) => {
      if (level === 'error' || level === 'warning') log.warn({ part: 'jobs' }, message)
    })
    while (!closed) {
      try {
        runner = await run({
          pgPool: database.pool,
          schema,
          events,
          taskList,
          parsedCronItems,
          concurrency,
          pollInterval: pollMs,
          noHandleSignals: true,
          logger,
        })
        await runner.promise
      } catch (error) {
        if (!closed) log.warn({ error: String(error) }, 'Jobs wait for the store')
      }
      if (!closed) await new Promise((resolve) => setTimeout(resolve, restartMs))
    }
  }
  const running = keepRunning()
  return {
    async close() {
      closed = true
      await runner?.stop().catch(() => {})
      await running
      locks.close()
      unknown.close()
    },
  }
}

type Locks = { beatFor(runner: string): void; close(): void }

/**
 * A job stays locked by its runner, and the runner's library frees it after four hours: it cannot tell the dead from the slow. So a
 * living runner renews the locks of its jobs at each beat, and any other frees those that are renewed no more. After an outage it
 * waits for as long as a silence may be, for the others to come back too. A process that is frozen for longer counts as dead, and
 * then its job may run twice, as any job may.
 */
function openLocks({ pool, schema, log }: { pool: OpenDatabase['pool']; schema: string; log: Log }, { beatMs, silenceMs }: Pulse): Locks {
  let own = ''
  let steadySince = performance.now()
  const beat = async () => {
    await pool.query(`update ${schema}._private_jobs set locked_at = now() where locked_by = $1`, [own])
    if (performance.now() - steadySince < silenceMs) return
    const { rows } = await pool.query<{ locked_by: string }>(
      `select locked_by from ${schema}.jobs where locked_by is not null
       group by locked_by having max(locked_at) < now() - $1 * interval '1 ms'`,
      [silenceMs],
    )
    if (!rows.length) return
    const silent = rows.map((row) => row.locked_by)
    await pool.query(`select ${schema}.force_unlock_workers($1)`, [silent])
    log.warn({ part: 'jobs', silent }, 'A process ended in the middle of its jobs; they run again')
  }
  const missed = () => {
    steadySince = performance.now()
  }
  const timer = setInterval(() => void beat().catch(missed), beatMs).unref()
  return {
    beatFor(runner) {
      own = runner
    },
    close: () => clearInterval(timer),
  }
}

type Watched = { pool: OpenDatabase['pool']; schema: string; log: Log; names: string[] }

/**
 * The runner's library leaves a request for a job that it does not know in the queue for ever, without a word. So one that has been due for
 * some time is an error in the log, once a process for each name: during an upgrade an older process may not know what a newer one asks for.
 */
function watchUnknown({ pool, schema, log, names }: Watched, lateMs: number): { close(): void } {
  const reported = new Set<string>()
  const look = async () => {
    const { rows } = await pool.query<{ name: string }>(
      `select distinct task_identifier as name from ${schema}.jobs
       where task_identifier <> all ($1) and run_at < now() - $2 * interval '1 ms'`,
      [[...names, ...reported], lateMs],
    )
    for (const { name } of rows) {
      reported.add(name)
      log.error({ part: 'jobs', job: name }, 'Nobody runs a job that was asked for: no process of the service knows its name')
    }
  }
  const timer = setInterval(() => void look().catch(() => {}), lateMs).unref()
  return { close: () => clearInterval(timer) }
}
