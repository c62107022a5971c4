import { randomUUIDv7 } from 'node:crypto'
import { Logger, parseCronItems, type Runner, run } from 'graphile-worker'
import { withContext } from './context.ts'
import type { OpenDatabase } from './database.ts'
import type { Job, JobAsked } from './house.ts'
import type { Log } from './log.ts'

const concurrency = 2
const pollMs = 1_000
const restartMs = 1_000

export type Jobs = { close(): Promise<void> }

/** Runs a house's schedule from its own jobs' schema, and starts again when the database was away too long for the runner. */
export function openJobs(house: string, database: OpenDatabase, schedule: Record<string, Job>, log: Log): Jobs {
  let closed = false
  let runner: Runner | undefined
  const taskList = Object.fromEntries(
    Object.entries(schedule).map(([name, job]) => [
      name,
      async (payload: unknown) => {
        const asked = { schoolId: '', correlationId: randomUUIDv7(), payload: {}, ...(payload as Partial<JobAsked>) }
        await withContext({ correlationId: asked.correlationId }, () => job.run(asked))
      },
    ]),
  )
  const parsedCronItems = parseCronItems(
    Object.entries(schedule).flatMap(([task, { cron }]) =>
      cron ? [{ task, match: cron, identifier: task, options: { backfillPeriod: 0 } }] : [],
    ),
  )
  const logger = new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') log.warn({ part: 'jobs' }, message)
  })
  const keepRunning = async () => {
    while (!closed) {
      try {
        runner = await run({
          pgPool: database.pool,
          schema: `${house}_jobs`,
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
    },
  }
}
