import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect } from 'chai'
import { openJobs, pulse } from '../jobs.ts'
import { openLog } from '../log.ts'
import { jobTypes, quickPulse, slowDatabase, slowService } from './job-process.ts'
import { dropDatabase, throwAwayDatabase, withOwner } from './stores.ts'
import { until } from './until.ts'

describe('kit: the jobs of two processes', () => {
  const name = `jobs_${randomBytes(6).toString('hex')}`
  const children: ChildProcess[] = []
  const startProcess = () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'job-process.ts'), name], { stdio: ['ignore', 'ignore', 'inherit'] })
    children.push(child)
    return child
  }
  const kill = async (child: ChildProcess) => {
    if (child.signalCode) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }
  const runs = () =>
    withOwner(name, async (owner) => (await owner.query<{ pid: number; ended: boolean }>('select * from notification.run')).rows)
  const schedule = async (ms: number) => {
    const database = slowDatabase(name)
    await database.transaction({ schoolId: randomUUIDv7() }, (tx) => tx.later(jobTypes.slow, { ms }, { at: new Date(), key: 'one' }))
    await database.close()
  }

  before(() => throwAwayDatabase(name, [slowService]))
  afterEach(async () => {
    await Promise.all(children.splice(0).map(kill))
    await withOwner(name, (owner) => owner.query('truncate notification.run; truncate notification_jobs._private_jobs'))
  })
  after(() => dropDatabase(name))

  it('run again, once, in another process within a minute when their own is killed', async () => {
    const first = startProcess()
    await schedule(1_000)
    await until(async () => (await runs()).length === 1)
    const second = startProcess()
    await kill(first)
    await until(async () => (await runs()).some(({ ended }) => ended))
    expect(await runs()).to.deep.equal([
      { pid: first.pid, ended: false },
      { pid: second.pid, ended: true },
    ])
    expect(pulse.silenceMs + 2 * pulse.beatMs, 'the silence, a beat to notice it and a beat to run').to.be.below(60_000)
  })

  it('that are due once a day or a month run once at the start when their time was missed, and others do not', async () => {
    const database = slowDatabase(name)
    const log = openLog('jobs', 'silent')
    const ran: Record<string, number> = {}
    const at = (hoursAgo: number) => new Date(Date.now() - hoursAgo * 3_600_000)
    const [hours, days] = [at(5), at(5 * 24)]
    const crons = {
      nightly: `${hours.getUTCMinutes()} ${hours.getUTCHours()} * * *`,
      monthly: `${days.getUTCMinutes()} ${days.getUTCHours()} ${days.getUTCDate()} * *`,
      hourly: `${hours.getUTCMinutes()} * * * *`,
    }
    const count = async (job: string) => {
      ran[job] = (ran[job] ?? 0) + 1
    }
    const jobs = Object.fromEntries(Object.entries(crons).map(([job, cron]) => [job, { cron, run: () => count(job) }]))
    const known = (value: Date) =>
      withOwner(name, (owner) =>
        owner.query('update notification_jobs._private_known_crontabs set known_since = $1, last_execution = $1', [value]),
      )
    const rows = () =>
      withOwner(name, async (owner) => (await owner.query('select from notification_jobs._private_known_crontabs')).rowCount ?? 0)
    const first = openJobs({ service: 'notification', database, jobs, log }, quickPulse)
    await until(async () => (await rows()) >= 3)
    await first.close()
    expect(ran, 'nothing was missed before the first start').to.deep.equal({})
    await known(at(24 * 24))
    const second = openJobs({ service: 'notification', database, jobs, log }, quickPulse)
    await until(async () => ran.nightly === 1 && ran.monthly === 1)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await second.close()
    await database.close()
    expect(ran).to.deep.equal({ nightly: 1, monthly: 1 })
  })

  it('stay with their process while it lives, however long they take', async () => {
    const first = startProcess()
    await schedule(3 * quickPulse.silenceMs)
    await until(async () => (await runs()).length === 1)
    startProcess()
    await until(async () => (await runs()).some(({ ended }) => ended))
    expect(await runs()).to.deep.equal([{ pid: first.pid, ended: true }])
  })

  it('are an error in the log when no process knows their name', async () => {
    const lines: string[] = []
    const database = slowDatabase(name)
    const log = openLog('slow', 'error', { write: (line) => void lines.push(line) })
    await database.transaction({ schoolId: randomUUIDv7() }, (tx) =>
      tx.later({ ...jobTypes.slow, name: 'slwo' }, { ms: 1 }, { at: new Date(), key: 'misspelt' }),
    )
    const opened = openJobs({ service: slowService.name, database, jobs: {}, log }, quickPulse)
    await until(async () => lines.length > 0)
    await opened.close()
    await database.close()
    expect(JSON.parse(lines[0] ?? '')).to.include({ job: 'slwo' })
  })
})
