import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { openDatabase } from '../database.ts'
import { onRequest } from '../job.ts'
import { openJobs, type Pulse } from '../jobs.ts'
import { openLog } from '../log.ts'
import { runtimeRole } from '../migrations.ts'
import { service } from '../service.ts'
import { ownerAddress, rolePassword } from './stores.ts'

/** A service whose only job takes as long as its payload says, and records which process ran it. */
export const slowService = service({
  name: 'notification',
  migrations: [{ name: '0001-runs', up: 'create table run (pid int not null, ended boolean not null default false);' }],
  open: () => ({}),
  apis: [],
})
export const jobTypes = { slow: { name: 'slow', payload: z.object({ ms: z.int() }) } }
export const quickPulse: Pulse = { beatMs: 150, silenceMs: 1_500 }

export const slowDatabase = (name: string) =>
  openDatabase(slowService.name, { ...ownerAddress(name), user: runtimeRole(slowService.name), password: rolePassword })

/** Runs the jobs in a process of its own, which the test kills. */
if (import.meta.main) {
  const database = slowDatabase(process.argv[2] ?? '')
  const jobs = onRequest(jobTypes, {
    slow: async ({ payload: { ms } }) => {
      await database.pool.query('insert into run values ($1)', [process.pid])
      await sleep(ms)
      await database.pool.query('update run set ended = true where pid = $1', [process.pid])
    },
  })
  openJobs({ service: slowService.name, database, jobs, log: openLog('slow', 'silent') }, quickPulse)
}
