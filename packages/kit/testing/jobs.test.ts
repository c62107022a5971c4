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
