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
const dayMs = 24 * 3_600_000
/**
 * A machine may be off at the minute of a daily or monthly job, so one that was missed runs when the service starts: one run for all that
 * were missed, by the key. More frequent jobs come again soon anyway.
 */
function missedMsOf(cron: string): number {
  const [minute = '', hour = '', day = ''] = cron.split(' ')
  if (![minute, hour].every((field) => /^\d+$/.test(field))) return 0
  return /^\d+$/.test(day) ? 31 * dayMs : dayMs
}

/**
 * How often a runner reports that it lives, and after how long without a report it counts as dead; its jobs are free again within the sum of
 * the two. Several beats fit into a silence, for a busy pool may delay one.
 */
export type Pulse = { beatMs: number; silenceMs: number }
export const pulse: Pulse = { beatMs: 5_000, silenceMs: 40_000 }

export type JobsDeps = { service: string; database: OpenDatabase; jobs: Jobs; log: Log }

/** Runs the jobs of a service from its queue, and starts the runner again when it gave up because the database was down. */
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
    // Loaded only now, when the health checks already answer.
    const { Logger, parseCronItems, run } = await import('graphile-worker')
    const parsedCronItems = parseCronItems(
      Object.entries(jobs).flatMap(([task, { cron }]) =>
        cron ? [{ task, match: cron, identifier: task, options: { backfillPeriod: missedMsOf(cron), jobKey: task } }] : [],
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
        if (!closed) log.warn({ error: String(error) }, 'Jobs wait for the database')
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
 * A job stays locked by its runner, and the library frees the lock only after four hours, because it cannot tell a dead runner from a slow
 * one. So a living runner renews the locks of its jobs at each beat, and frees those that others no longer renew. After an outage of the
 * database it first waits `silenceMs`, so that the others can renew theirs. A process that is frozen for longer counts as dead, and then its
 * job may run twice, as any job may.
 */
function openLocks({ pool, schema, log }: { pool: OpenDatabase['pool']; schema: string; log: Log }, { beatMs, silenceMs }: Pulse): Locks {
  let own = ''
  let reachableSince = performance.now()
  const beat = async () => {
    await pool.query(`update ${schema}._private_jobs set locked_at = now() where locked_by = $1`, [own])
    if (performance.now() - reachableSince < silenceMs) return
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
  const onFailure = () => {
    reachableSince = performance.now()
  }
  const timer = setInterval(() => void beat().catch(onFailure), beatMs).unref()
  return {
    beatFor(runner) {
      own = runner
    },
    close: () => clearInterval(timer),
  }
}

type QueueWatch = { pool: OpenDatabase['pool']; schema: string; log: Log; names: string[] }

/**
 * The library leaves a request for an unknown job in the queue for ever and logs nothing. So a request that is overdue is logged as an error,
 * once a process for each name. It is not logged at once: during an upgrade an older process may not know a job of a newer one.
 */
function watchUnknown({ pool, schema, log, names }: QueueWatch, lateMs: number): { close(): void } {
  const reported = new Set<string>()
  const check = async () => {
    const { rows } = await pool.query<{ name: string }>(
      `select distinct task_identifier as name from ${schema}.jobs
       where task_identifier <> all ($1) and run_at < now() - $2 * interval '1 ms'`,
      [[...names, ...reported], lateMs],
    )
    for (const { name } of rows) {
      reported.add(name)
      log.error({ part: 'jobs', job: name }, 'A scheduled job is not run: no process of the service knows its name')
    }
  }
  const timer = setInterval(() => void check().catch(() => {}), lateMs).unref()
  return { close: () => clearInterval(timer) }
}
